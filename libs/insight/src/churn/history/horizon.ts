/** How far ahead it is looked: so many days, or to the next renewal and 30 days of grace beyond. */
export type Horizon = number | 'renewal';

/** Those that answers are given for. */
export const HORIZONS: readonly Horizon[] = [30, 90, 180, 'renewal'];
