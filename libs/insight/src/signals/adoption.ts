import type { UsageWeek } from '../sheet/usage-week.js';
import { figure, plural } from '../words.js';
import { refs, type Signal } from './signal.js';

const noUsage = { missing: 'no usage has been reported' };

/** Active users per hundred licences: per product its latest week with both figures, none older than four weeks before the last. */
export const licenceUse: Signal = ({ usageWeeks, subscriptions, sheet, day }) => {
  if (!usageWeeks.length) return noUsage;
  const seats = subscriptions.filter(({ state }) => state === 'active').reduce((sum, { seats = 0 }) => sum + seats, 0);
  const recent = usageWeeks.filter(({ week }) => week > sheet.usage.lastWeek! - 5);
  const { active, licensed, used, to } = licences(recent, seats);
  if (licensed === 0) return { missing: 'no report names both active users and licences' };
  const value = (100 * active) / licensed;
  return {
    value, refs: refs(...used), age: Math.max(0, day - to), since: lowSince(usageWeeks, value, seats) ?? to,
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

/** The first day of the unbroken run of weeks that were as low as now, give or take five in a hundred. */
function lowSince(weeks: readonly UsageWeek[], value: number, seats: number): number | undefined {
  let since: number | undefined;
  for (const week of [...weeks].reverse()) {
    const { active, licensed, to } = licences([week], seats);
    if (licensed === 0) continue;
    if ((100 * active) / licensed > value + 5) break;
    since = to;
  }
  return since;
}

/** Features used in the last four weeks with reports, per hundred ever used or adopted in the weeks that are kept. */
export const depth: Signal = ({ usageWeeks, sheet, day }) => {
  const named = usageWeeks.flatMap(({ week, products }) => [...products.values()].filter(({ features }) => features.length).map((use) => ({ week, ...use })));
  const last = named[named.length - 1];
  if (!last) return { missing: 'no usage report names features' };
  const recent = named.filter(({ week }) => week > last.week - 4);
  const used = new Set(recent.flatMap(({ features }) => features));
  const ever = new Set([...named.flatMap(({ features }) => features), ...Object.keys(sheet.usage.adopted).map((key) => key.slice(1))]);
  const to = Math.max(...recent.map((use) => use.to));
  return {
    value: (100 * used.size) / ever.size, refs: refs(...recent.flatMap((use) => use.refs)), age: Math.max(0, day - to), since: to,
    what: () => `use of ${used.size} of ${plural(ever.size, 'known feature')} in four weeks`,
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
  const recent = points.filter(({ week }) => week > last - 4);
  const before = points.filter(({ week }) => week <= last - 4 && week > last - 16);
  if (!recent.length || before.length < 2) return { missing: 'there are too few earlier reports to compare with' };
  const usual = mean(before.map(({ sum }) => sum));
  if (usual === 0) return { missing: 'there was no earlier use to compare with' };
  const value = 100 * (mean(recent.map(({ sum }) => sum)) / usual - 1);
  const to = recent[recent.length - 1]!.to;
  return {
    value, refs: refs(...recent.flatMap((point) => point.refs)), age: Math.max(0, day - to), since: recent[0]!.to,
    what: () => (Math.abs(value) < 0.5 ? 'usage at its usual level' : `usage ${Math.round(Math.abs(value))} % ${value < 0 ? 'below' : 'above'} its usual level`),
  };
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
