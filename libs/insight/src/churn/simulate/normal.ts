import type { Random } from '../proof/random.js';

const { cos, log, PI, sqrt } = Math;

/** A number from the standard normal distribution (Box, Muller, 1958). */
export const normal = (random: Random): number => sqrt(-2 * log(1 - random.next())) * cos(2 * PI * random.next());
