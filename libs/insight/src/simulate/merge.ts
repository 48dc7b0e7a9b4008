import type { Alarms, AlarmsByMonth } from './alarms.js';
import type { Both } from './both-ways.js';
import { Movers } from './movers.js';
import type { Tally } from './tally.js';

/** What several counted, each of its own customers, as if one had counted all of them: whoever counted whom, in whatever order, it comes to the same. */
export function mergeTallies(tallies: readonly Tally[]): Tally {
  const movers = new Movers();
  movers.add(...tallies.flatMap((one) => one.movers));
  return {
    customers: total(tallies.map(({ customers }) => customers)), unscored: total(tallies.map(({ unscored }) => unscored)), movers: movers.all,
    turns: summed(tallies.map(({ turns }) => turns)), bands: byKey(tallies.map(({ bands }) => bands), (counts) => sides(counts, summed)),
    alarms: sides(tallies.map(({ alarms }) => alarms), (months) => byKey(months, (own: readonly Alarms[]) => summed(own))) as Both<AlarmsByMonth>,
    churns: tallies.flatMap(({ churns }) => churns).sort((a, b) => a.day - b.day || compare(a.customer, b.customer)),
    rows: tallies.flatMap(({ rows }) => rows).sort((a, b) => a.day - b.day || compare(a.customer, b.customer)),
  };
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

const sides = <T, Made>(list: readonly Both<T>[], make: (own: readonly T[]) => Made): Both<Made> => ({ published: make(list.map(({ published }) => published)), draft: make(list.map(({ draft }) => draft)) });

/** Keys in their order. */
function byKey<T, Made>(records: readonly Readonly<Record<string, T>>[], make: (own: readonly T[]) => Made): Record<string, Made> {
  const keys = [...new Set(records.flatMap((record) => Object.keys(record)))].sort();
  return Object.fromEntries(keys.map((key) => [key, make(records.flatMap((record) => record[key] ?? []))]));
}

const summed = <Name extends string>(records: readonly Readonly<Record<Name, number>>[]): Record<Name, number> => byKey(records, total) as Record<Name, number>;
