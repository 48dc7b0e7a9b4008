/** The chance of still being a customer at the end of a day. */
export interface Survival {
  readonly day: number;
  readonly stays: number;
}

/**
 * The survival curve through chances of having left by a day: with the same hazard on every day between two of them (piecewise exponential). The chances must not fall with time.
 * @returns a point for today, for every 30 days, and for each of the days given
 */
export function survivalOf(day: number, chances: readonly { readonly until: number; readonly probability: number }[]): Survival[] {
  const knots: Survival[] = [{ day, stays: 1 }, ...[...chances].sort((a, b) => a.until - b.until).map(({ until, probability }) => ({ day: until, stays: 1 - probability }))];
  const last = knots[knots.length - 1]!.day;
  const days = new Set([...knots.map((knot) => knot.day), ...Array.from({ length: Math.floor((last - day) / 30) + 1 }, (_, month) => day + 30 * month)]);
  return [...days].sort((a, b) => a - b).map((at) => ({ day: at, stays: staysAt(knots, at) }));
}

function staysAt(knots: readonly Survival[], day: number): number {
  const next = knots.findIndex((knot) => knot.day >= day);
  const to = knots[next]!;
  if (to.day === day) return to.stays;
  const from = knots[next - 1]!;
  if (to.stays === 0) return from.stays;
  return from.stays * (to.stays / from.stays) ** ((day - from.day) / (to.day - from.day));
}
