/** The chance of still being a customer at the end of a day. */
export interface Survival {
  readonly day: number;
  readonly stays: number;
}

/** A chance of leaving within so many days. `firm` ones are on the curve as they are; another is bent to where the firm ones around it leave room. */
export interface Chance {
  readonly days: number;
  readonly probability: number;
  readonly firm: boolean;
}

interface Knot {
  readonly days: number;
  readonly stays: number;
}

/**
 * The survival curve through chances of leaving: never rising, with the same hazard on every day between two of them (piecewise exponential).
 * @returns a point for today, for every 30 days, and for each of the days given
 */
export function survivalOf(day: number, chances: readonly Chance[]): Survival[] {
  const firm = knotsOf(chances.filter((chance) => chance.firm));
  const bent = chances.filter((chance) => !chance.firm && chance.days > 0).map(({ days, probability }): Knot => {
    const before = firm.findLast((knot) => knot.days <= days)!;
    const after = firm.find((knot) => knot.days >= days);
    return { days, stays: Math.max(after?.stays ?? 0, Math.min(before.stays, 1 - probability)) };
  });
  const knots = [...firm, ...bent.filter(({ days }) => !firm.some((knot) => knot.days === days))].sort((a, b) => a.days - b.days);
  const until = knots[knots.length - 1]!.days;
  const days = new Set([...knots.map((knot) => knot.days), ...Array.from({ length: Math.floor(until / 30) + 1 }, (_, month) => 30 * month)]);
  return [...days].sort((a, b) => a - b).map((ahead) => ({ day: day + ahead, stays: staysAt(knots, ahead) }));
}

function knotsOf(chances: readonly Chance[]): Knot[] {
  const knots: Knot[] = [{ days: 0, stays: 1 }];
  for (const { days, probability } of [...chances].sort((a, b) => a.days - b.days)) knots.push({ days, stays: Math.min(knots[knots.length - 1]!.stays, 1 - probability) });
  return knots;
}

function staysAt(knots: readonly Knot[], ahead: number): number {
  const next = knots.findIndex(({ days }) => days >= ahead);
  const to = knots[next]!;
  if (to.days === ahead) return to.stays;
  const from = knots[next - 1]!;
  if (to.stays === 0) return from.stays;
  return from.stays * (to.stays / from.stays) ** ((ahead - from.days) / (to.days - from.days));
}
