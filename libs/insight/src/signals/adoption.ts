import type { UsageWeek } from '../sheet/usage-week.js';
import { figure, plural } from '../words.js';
import { refs, type Reading, type Signal } from './signal.js';
import { sinceWeek, type WeekValue } from './unbroken.js';

const noUsage = { missing: 'no usage has been reported' };
/** The sheet keeps 60 weeks: with an earlier one in it, nothing has been forgotten yet. */
const KEPT = 59;
const isWhole = (weeks: readonly UsageWeek[]): boolean => weeks[weeks.length - 1]!.week - weeks[0]!.week < KEPT;

/** Active users per hundred licences: per product its latest week with both figures, none older than four weeks before the last. */
export const licenceUse: Signal = ({ usageWeeks, subscriptions, day }) => {
  if (!usageWeeks.length) return noUsage;
  const seats = subscriptions.filter(({ state }) => state === 'active').reduce((sum, { seats = 0 }) => sum + seats, 0);
  const at = (place: number) => licences(usageWeeks.slice(Math.max(0, place - 4), place + 1).filter(({ week }) => week > usageWeeks[place]!.week - 5), seats);
  const { active, licensed, used, to } = at(usageWeeks.length - 1);
  if (licensed === 0) return { missing: 'no report names both active users and licences' };
  return {
    value: (100 * active) / licensed, refs: refs(...used), age: Math.max(0, day - to),
    sinceWhile: sinceLow((100 * active) / licensed, () => usageWeeks.map((_, place) => at(place)).filter(({ licensed: all }) => all > 0).map((sum) => ({ to: sum.to, value: (100 * sum.active) / sum.licensed })), isWhole(usageWeeks)),
    what: () => `use of ${figure(active)} of ${plural(licensed, 'licence')}`,
  };
};

function licences(weeks: readonly UsageWeek[], seats: number) {
  const sum = { active: 0, licensed: 0, to: 0, used: [] as number[] };
  const seen = new Set<string>();
  for (const { products } of [...weeks].reverse()) {
    for (const [product, { active, licensed, refs: used, to }] of products) {
      if (seen.has(product) || active === null || !(licensed ?? seats)) continue;
      seen.add(product);
      sum.active += active;
      // Seats are sold for all products together.
      sum.licensed += licensed ?? (sum.licensed ? 0 : seats);
      sum.to = Math.max(sum.to, to);
      sum.used.push(...used);
    }
  }
  return sum;
}

/** Below the best of before by so many in a hundred is a decline. */
const FALL = 10;

/** When it became low; where it always was, when it fell from what it was at best. */
const sinceLow = (now: number, weeksOf: () => WeekValue[], whole: boolean): Reading['sinceWhile'] => (isBad) => {
  if (!isBad(now)) return undefined;
  const weeks = weeksOf();
  const began = sinceWeek(weeks, false)(isBad);
  if (began !== undefined) return began;
  const best = Math.max(...weeks.map(({ value }) => value!));
  return sinceWeek(weeks, whole)((value) => value < best - FALL) ?? sinceWeek(weeks, whole)(isBad);
};

/** Features used in the last four weeks with reports, per hundred ever used or adopted in the weeks that are kept. */
export const depth: Signal = ({ usageWeeks, sheet, day }) => {
  const named = usageWeeks.flatMap(({ week, products }) => [...products.values()].filter(({ features }) => features.length).map((use) => ({ week, ...use })));
  const last = named[named.length - 1];
  if (!last) return { missing: 'no usage report names features' };
  const adopted = Object.entries(sheet.usage.adopted).map(([key, [, , on]]) => ({ feature: key.slice(1), on }));
  const until = (lastWeek: number, today: number) => {
    const recent = named.filter(({ week }) => week > lastWeek - 4 && week <= lastWeek);
    const used = new Set(recent.flatMap(({ features }) => features));
    const ever = new Set([...named.filter(({ week }) => week <= lastWeek).flatMap(({ features }) => features), ...adopted.filter(({ on }) => on <= today).map(({ feature }) => feature)]);
    return { recent, used: used.size, ever: ever.size, to: Math.max(...recent.map((use) => use.to)) };
  };
  const { recent, used, ever, to } = until(last.week, Infinity);
  const weeks = () => [...new Set(named.map(({ week }) => week))].map((week) => until(week, week === last.week ? Infinity : Math.max(...named.filter((use) => use.week === week).map((use) => use.to))));
  return {
    value: (100 * used) / ever, refs: refs(...recent.flatMap((use) => use.refs)), age: Math.max(0, day - to),
    sinceWhile: (isBad) => (isBad((100 * used) / ever) ? sinceWeek(weeks().map((sum) => ({ to: sum.to, value: (100 * sum.used) / sum.ever })), isWhole(usageWeeks))(isBad) : undefined),
    what: () => `use of ${used} of ${plural(ever, 'known feature')} in four weeks`,
  };
};

/** Percent by which use in the last four weeks differs from the mean of the twelve weeks before: active users, or volume where there are none. */
export const trend: Signal = ({ usageWeeks, sheet, day }) => {
  const last = sheet.usage.lastWeek;
  if (last === undefined) return noUsage;
  const latest = usageWeeks[usageWeeks.length - 1]!;
  const figureName = [...latest.products.values()].some(({ active }) => active !== null) ? 'active' : 'daily';
  const points = usageWeeks.map(({ week, products }) => {
    const figures = [...products.values()].filter((use) => use[figureName] !== null);
    return { week, sum: figures.reduce((sum, use) => sum + use[figureName]!, 0), known: figures.length > 0, refs: figures.flatMap((use) => use.refs), to: Math.max(0, ...figures.map((use) => use.to)) };
  }).filter(({ known }) => known);
  const at = (week: number) => {
    const recent = points.filter((point) => point.week > week - 4 && point.week <= week);
    const before = points.filter((point) => point.week <= week - 4 && point.week > week - 16);
    return { recent, before, usual: mean(before.map(({ sum }) => sum)) };
  };
  const change = ({ recent, before, usual }: ReturnType<typeof at>) => (!recent.length || before.length < 2 || usual === 0 ? null : 100 * (mean(recent.map(({ sum }) => sum)) / usual - 1));
  const { recent, before, usual } = at(last);
  if (!recent.length || before.length < 2) return { missing: 'there are too few earlier reports to compare with' };
  if (usual === 0) return { missing: 'there was no earlier use to compare with' };
  const value = change({ recent, before, usual })!;
  return {
    value, refs: refs(...recent.flatMap((point) => point.refs)), age: Math.max(0, day - recent[recent.length - 1]!.to),
    // Worked out from the last week back, as far as it is looked at.
    sinceWhile: (isBad) => sinceWeek(points.map(({ week, to }) => ({ to, get value() { return change(at(week)); } })), false)(isBad),
    what: () => (Math.abs(value) < 0.5 ? 'usage at its usual level' : `usage ${Math.round(Math.abs(value))} % ${value < 0 ? 'below' : 'above'} its usual level`),
  };
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
