import type { Progress } from '#insight';
import { figure } from './figures.js';

/** How far a long computation is, for people. */
export const progressLine = ({ of, done, all }: Progress): string => `${of}: ${figure(done)} of ${figure(all)}`;
