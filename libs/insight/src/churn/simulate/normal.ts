import type { Random } from '../proof/random.js';

/** A number from the standard normal distribution (Box, Muller, 1958). */
export const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
