const { sqrt } = Math;

/** Of a normal distribution, 95 % lie within so many standard deviations. */
export const Z95 = 1.959963984540054;

export type Interval = readonly [low: number, high: number];

/** 95 % interval of a share of which `events` of `rows` were seen (E. B. Wilson, 1927). From 0 to 1 without rows. */
export function wilson(events: number, rows: number, z = Z95): Interval {
  if (rows === 0) return [0, 1];
  const share = events / rows;
  const middle = share + (z * z) / (2 * rows);
  const half = z * sqrt((share * (1 - share)) / rows + (z * z) / (4 * rows * rows));
  const whole = 1 + (z * z) / rows;
  return [events === 0 ? 0 : (middle - half) / whole, events === rows ? 1 : (middle + half) / whole];
}
