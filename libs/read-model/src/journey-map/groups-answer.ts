import { type Figure, type JourneyGroup, type JourneyGrouping, journeyGroups, type QuarterOfStart, valueByQuarter } from '#insight';
import type { Arr } from './answer.js';
import type { TravelledJourney } from './load.js';
import { needs } from './missing.js';
import type { Pinned } from './moment.js';

/** One group; without an outcome there is no median, and without a decision no rate. */
export interface GroupAnswer extends Omit<JourneyGroup, 'customers' | 'compared'> {
  readonly customers: number;
  readonly arr: Arr;
  /** Its rate of renewal less that of the others; null with fewer than 30 on either side. */
  readonly difference: Figure | null;
  readonly verdict: JourneyGroup['compared']['verdict'];
}

export interface GroupsAnswer { readonly by: JourneyGrouping; readonly n: number; readonly items: readonly GroupAnswer[]; readonly missing: string | null }

export interface TrendAnswer { readonly items: readonly QuarterOfStart[]; readonly missing: string | null }

const NEEDED: Readonly<Record<Exclude<JourneyGrouping, 'cohort'>, readonly string[]>> = {
  segment: ['customer.registered', 'customer.profile-changed'], owner: ['customer.owner-assigned', 'customer.registered'], product: ['subscription.started'],
};

type Of = ReadonlyMap<string, TravelledJourney>;

/** Customers told apart; where nobody says by what, it is not measured. `begins`: the facts that a start needs. */
export function groupsAnswer(of: Of, { map: { map }, until, calendar: { dayOf } }: Pinned, { by, start, limit, begins, sumOf }: { readonly by: JourneyGrouping; readonly start: string; readonly limit: number; readonly begins: readonly string[]; readonly sumOf: (amounts: readonly Arr[]) => Arr }): GroupsAnswer {
  const groups = journeyGroups(map, of, by, { start, until, dayOf });
  if (groups.every(({ group }) => group === null)) return { by, n: 0, items: [], missing: needs(by === 'cohort' ? begins : NEEDED[by], by === 'cohort' ? '' : ` that name${by === 'segment' ? ' the segment' : by === 'owner' ? ' the owner' : ' the product'}`) };
  const items = groups.slice(0, limit).map(({ customers, compared, ...group }): GroupAnswer => ({ ...group, customers: customers.length, arr: sumOf(customers.map((customer) => of.get(customer)!.standing.arr)), ...compared }));
  return { by, n: groups.length, items, missing: null };
}

/** Without a single outcome nothing tells how long it takes. */
export function trendAnswer(of: Of, { map: { map }, until, calendar: { dayOf } }: Pinned, { start, missing }: { readonly start: string; readonly missing: string | null }): TrendAnswer {
  return { items: missing === null ? valueByQuarter(map, of, { start, until, dayOf }) : [], missing };
}
