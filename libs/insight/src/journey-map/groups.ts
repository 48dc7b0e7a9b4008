import type { JourneyMap } from '#journey';
import type { DayOf } from '../day.js';
import { type Figure, proportion } from '../experience/figure.js';
import { quarterOfDay } from '../report/quarter.js';
import type { CustomerJourney } from './customer-journey.js';
import { LEAST_IN_GROUP, renewalsCompared, type RenewalsCompared } from './moments-and-renewal.js';
import { visitNow } from './stages.js';
import type { JourneyStanding } from './standing.js';
import { timeToValueOf, type ValueSpell } from './time-to-value.js';
import { kaplanMeier, quantileOf, type SurvivalQuantile } from '../kaplan-meier.js';

/** By what customers can be told apart; `cohort`: the quarter in which the time to value starts. */
export const JOURNEY_GROUPINGS = ['segment', 'product', 'owner', 'cohort'] as const;
export type JourneyGrouping = (typeof JOURNEY_GROUPINGS)[number];

export type Travellers = ReadonlyMap<string, { readonly journey: CustomerJourney; readonly standing: JourneyStanding }>;

/** How long value takes, of some customers. `few`: fewer than 30, so that the median says little. */
export interface ValueFigures {
  readonly n: number;
  readonly reached: number;
  readonly waiting: number;
  readonly leftWithout: number;
  /** In days; Kaplan-Meier. */
  readonly median: SurvivalQuantile;
  readonly few: boolean;
}

export interface JourneyGroup {
  /** Null: nobody says; of cohorts: it has not started. */
  readonly group: string | null;
  readonly customers: readonly string[];
  /** On their way now, and gone. */
  readonly going: number;
  readonly gone: number;
  /** Touches and moments met, of those met or missed; Wilson. */
  readonly met: Figure;
  readonly timeToValue: ValueFigures;
  /** Of those who decided, the share that renewed; that of all who are not in the group; and how the two compare. */
  readonly renewed: Figure;
  readonly others: Figure;
  readonly compared: RenewalsCompared;
}

export interface QuarterOfStart extends ValueFigures { readonly quarter: string }

interface Asked { readonly start: string; readonly until: string; readonly dayOf: DayOf }

/** Largest first; who belongs to several (by product) is in each of them. What sets a group apart from the others is an association and no more. */
export function journeyGroups(map: JourneyMap, all: Travellers, by: JourneyGrouping, asked: Asked): JourneyGroup[] {
  const members = new Map<string | null, string[]>();
  for (const [customer, traveller] of all) for (const group of groupsIn(by, traveller, asked)) members.set(group, [...members.get(group) ?? [], customer]);
  const { spells } = timeToValueOf(map, journeysIn(all), asked);
  return [...members].map(([group, customers]) => {
    const inside = new Set(customers);
    const own = customers.map((customer) => all.get(customer)!.journey);
    const states = own.flatMap(({ expectations }) => expectations.map(({ state }) => state));
    const met = states.filter((state) => state === 'met').length;
    const [ours, theirs] = [decisionsOf(own), decisionsOf([...all].filter(([customer]) => !inside.has(customer)).map(([, { journey }]) => journey))];
    return {
      group, customers, going: own.filter((journey) => visitNow(journey) && journey.ended === null).length, gone: own.filter(({ ended }) => ended !== null).length,
      met: proportion(met, met + states.filter((state) => state === 'missed').length), timeToValue: valueFigures(spells.filter(({ customer }) => inside.has(customer))),
      renewed: proportion(...ours), others: proportion(...theirs), compared: renewalsCompared(ours, theirs),
    };
  }).sort((a, b) => b.customers.length - a.customers.length || ((a.group ?? '\uffff') < (b.group ?? '\uffff') ? -1 : 1));
}

/** The groups of a customer: one, but for products. */
export function groupsIn(by: JourneyGrouping, { journey, standing }: { readonly journey: CustomerJourney; readonly standing: JourneyStanding }, { start, dayOf }: Pick<Asked, 'start' | 'dayOf'>): readonly (string | null)[] {
  if (by === 'product') return standing.products.length === 0 ? [null] : standing.products;
  if (by !== 'cohort') return [standing[by]];
  const started = journey.starts.get(start);
  return [started ? quarterIn(started.at, dayOf) : null];
}

/** Time to value by the quarter of the start, earliest first. Later ones were watched for less long, which Kaplan-Meier allows for; who leaves soon tells nothing of who stays. */
export function valueByQuarter(map: JourneyMap, all: Travellers, asked: Asked): QuarterOfStart[] {
  const quarters = new Map<string, ValueSpell[]>();
  for (const spell of timeToValueOf(map, journeysIn(all), asked).spells) {
    const quarter = quarterIn(spell.started.at, asked.dayOf);
    quarters.set(quarter, [...quarters.get(quarter) ?? [], spell]);
  }
  return [...quarters].map(([quarter, spells]) => ({ quarter, ...valueFigures(spells) })).sort((a, b) => (a.quarter < b.quarter ? -1 : 1));
}

export const quarterIn = (instant: string, dayOf: DayOf): string => quarterOfDay(dayOf(instant)).name;

const journeysIn = (all: Travellers) => new Map([...all].map(([customer, { journey }]) => [customer, journey]));

function decisionsOf(journeys: readonly CustomerJourney[]): readonly [renewed: number, n: number] {
  const decided = journeys.flatMap(({ decision }) => decision ?? []);
  return [decided.filter(({ renewed }) => renewed).length, decided.length];
}

function valueFigures(spells: readonly ValueSpell[]): ValueFigures {
  const [reached, leftWithout] = [spells.filter((spell) => spell.reached).length, spells.filter(({ ended }) => ended).length];
  const curve = kaplanMeier(spells.map(({ days, reached: by }) => ({ time: days, ended: by !== null })));
  return { n: spells.length, reached, leftWithout, waiting: spells.length - reached - leftWithout, median: quantileOf(curve, 0.5), few: spells.length < LEAST_IN_GROUP };
}
