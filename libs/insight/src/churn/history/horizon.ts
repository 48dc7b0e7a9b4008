/** How far ahead it is looked: so many days, or to the next renewal and 30 days of grace beyond. */
export type Horizon = 30 | 90 | 180 | 'renewal';

export const HORIZONS: readonly Horizon[] = [30, 90, 180, 'renewal'];
