import { type FactRef, groupsIn, type JourneyGrouping, momentsAndRenewal, pathsOf, quarterIn, timeToValueOf, visitNow } from '#insight';
import { assertPart } from '../part-unknown.js';
import type { TravelledJourney } from './load.js';
import type { Pinned } from './moment.js';

/** Figures of a journey whose customers and facts can be named. */
export const JOURNEY_FIGURES = ['stage', 'dwell', 'transition', 'touch', 'moment', 'time-to-value', 'renewal', 'path', 'group'] as const;
export type JourneyFigure = (typeof JOURNEY_FIGURES)[number];

export interface ExplainedThing {
  readonly customer: string;
  readonly name: string | null;
  /** Of a touch or moment: how it stands; of a renewal: on which side, and what was decided; of a time: whether it is over. */
  readonly state: string | null;
  readonly days: number | null;
  readonly events: readonly FactRef[];
}

export interface ExplainedJourney {
  readonly figure: JourneyFigure;
  readonly key: string | null;
  readonly n: number;
  readonly items: readonly ExplainedThing[];
  readonly more: number;
}

type Thing = Omit<ExplainedThing, 'name'>;
interface Asked { readonly figure: JourneyFigure; readonly key: string | undefined; readonly start: string; readonly pin: Pinned; readonly by: JourneyGrouping | undefined }

const MOST = 500;

/** The things that a figure counts, with the facts behind each; `key`: which stage, transition (`onboarding>adoption`, `onboarding>` into none), touch (`onboarding/kickoff`), moment, quarter of the start, path (`churned:sale>onboarding`), or group. @throws QueryRefused for a quarter or group that there is not */
export function explainJourney(of: ReadonlyMap<string, TravelledJourney>, names: ReadonlyMap<string, string | null>, asked: Asked): ExplainedJourney {
  const things = THINGS[asked.figure](of, asked);
  const items = things.slice(0, MOST).map(({ customer, ...thing }) => ({ customer, name: names.get(customer) ?? null, ...thing }));
  return { figure: asked.figure, key: asked.key ?? null, n: things.length, items, more: things.length - items.length };
}

const visitsWhere = (of: ReadonlyMap<string, TravelledJourney>, counts: (visit: TravelledJourney['journey']['visits'][number]) => boolean): Thing[] =>
  [...of].flatMap(([customer, { journey: { visits } }]) => visits.filter(counts).map((visit) => ({ customer, state: visit.left ? 'over' : 'goes-on', days: visit.days, events: [visit.entered, ...(visit.left ? [visit.left] : [])] })));

const expectedWhere = (of: ReadonlyMap<string, TravelledJourney>, kind: 'touch' | 'moment', keyOf: (stage: string | null, id: string) => string, key: string | undefined): Thing[] =>
  [...of].flatMap(([customer, { journey: { expectations } }]) => expectations.filter((each) => each.kind === kind && (key === undefined || keyOf(each.stage, each.id) === key))
    .map(({ state, begun, by }) => ({ customer, state, days: null, events: [begun, ...(by ? [by] : [])] })));

const THINGS: Readonly<Record<JourneyFigure, (of: ReadonlyMap<string, TravelledJourney>, asked: Asked) => Thing[]>> = {
  stage: (of, { key }) => [...of].flatMap(([customer, { journey }]) => {
    const now = visitNow(journey);
    return now?.stage === key && now ? [{ customer, state: null, days: now.days, events: [now.entered] }] : [];
  }),
  dwell: (of, { key }) => visitsWhere(of, ({ stage }) => stage === key),
  transition: (of, { key }) => visitsWhere(of, ({ stage, to, left }) => left !== null && `${stage}>${to ?? ''}` === key),
  touch: (of, { key }) => expectedWhere(of, 'touch', (stage, id) => `${stage}/${id}`, key),
  moment: (of, { key }) => expectedWhere(of, 'moment', (_, id) => id, key),
  'time-to-value': (of, { key, start, pin: { until, calendar: { dayOf }, map } }) => partOf(timeToValueOf(map.map, journeysIn(of), { start, until, dayOf }).spells, key, 'quarter', ({ started }) => [quarterIn(started.at, dayOf)])
    .map(({ customer, days, started, reached, ended }) => ({ customer, state: reached ? 'reached' : ended ? 'left-without' : 'waiting', days, events: [started, ...(reached ? [reached] : ended ? [ended] : [])] })),
  renewal: (of, { key, pin }) => {
    const moment = momentsAndRenewal(pin.map.map, journeysIn(of), pin.calendar.dayOf).find((each) => each.moment === key);
    const sides = new Map(moment && [...moment.met.customers.map((customer) => [customer, 'met'] as const), ...moment.missed.customers.map((customer) => [customer, 'missed'] as const)]);
    return [...of].flatMap(([customer, { journey: { decision, expectations } }]) => {
      const side = key === undefined ? 'all' : sides.get(customer);
      if (!decision || side === undefined) return [];
      const settled = key === undefined ? [] : expectations.filter(({ kind, id }) => kind === 'moment' && id === key).flatMap(({ begun, by }) => [begun, ...(by ? [by] : [])]);
      return [{ customer, state: `${side}, ${decision.renewed ? 'renewed' : 'not renewed'}`, days: null, events: [...settled.filter(({ at }) => at < decision.decided.at), decision.decided] }];
    });
  },
  group: (of, { key, by, start, pin: { calendar: { dayOf } } }) => partOf([...of], key, by!, ([, traveller]) => groupsIn(by!, traveller, { start, dayOf })).map(([customer, { journey }]) => (
    { customer, state: visitNow(journey)?.stage ?? null, days: null, events: [...journey.visits.map(({ entered }) => entered), ...(journey.decision ? [journey.decision.decided] : [])] })),
  path: (of, { key }) => {
    const paths = pathsOf(journeysIn(of));
    const on = [...paths.churned.map((path) => ({ ...path, kind: 'churned' })), ...paths.renewed.map((path) => ({ ...path, kind: 'renewed' }))].find(({ kind, stages }) => `${kind}:${stages.join('>')}` === key);
    return (on?.customers ?? []).map((customer) => ({ customer, state: null, days: null, events: of.get(customer)!.journey.visits.map(({ entered }) => entered) }));
  },
};

/** Those of a part; an empty key is the part of those of whom nobody says, no key all of them. */
function partOf<T>(all: readonly T[], key: string | undefined, what: string, partsOf: (item: T) => readonly (string | null)[]): T[] {
  if (key === undefined) return [...all];
  assertPart('key', key, [...new Set(all.flatMap(partsOf))].map((part) => part ?? '').sort(), what);
  return all.filter((item) => partsOf(item).some((part) => (part ?? '') === key));
}

export const journeysIn = (of: ReadonlyMap<string, TravelledJourney>) => new Map([...of].map(([customer, { journey }]) => [customer, journey]));
