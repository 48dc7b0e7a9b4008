import { readEpoch, readStreamsRows, type Sql, streamsIn } from '#event-store';
import { type CustomerJourney, journeyOf, type JourneyStanding, STANDING_FAMILIES, STANDING_TRAITS, standingOf, type ToldEvent } from '#insight';
import { effectiveEvents, eventTypes, familyOf, type JourneyEvent, type JourneyMap, type Position, typesOfMap } from '#journey';
import { rootsKnown, toldOf } from '../customers/together.js';
import { namesOf } from '../demand/accounts-then.js';
import { groupBy } from '../group-by.js';
import { computable } from '../health/held.js';
import { lastPosition } from '../health/health-answer.js';
import { breather } from '../whole-history/breathing.js';
import type { Pinned } from './moment.js';

export interface TravelledJourney {
  readonly journey: CustomerJourney;
  readonly standing: JourneyStanding;
}

/** The journeys of all customers of whom one of the facts that were read had happened. */
export interface AllJourneys {
  readonly of: ReadonlyMap<string, TravelledJourney>;
  /** As they are called today. */
  readonly names: ReadonlyMap<string, string | null>;
  /** Customers of whom anything had happened, and those with a fact that could not be read: told is what comes before it. */
  readonly customers: number;
  readonly held: number;
  /** Of the newest fact that counted. */
  readonly position: Position;
}

const SLICE = 400;
const ALWAYS = eventTypes.map(({ type }) => type).filter((type) => STANDING_FAMILIES.includes(familyOf(type)) || ['customer.closed', ...STANDING_TRAITS, 'contact.added', 'contact.role-changed', 'contact.left', 'record.retracted', 'record.amended'].includes(type));

/** The facts that have to be read for a map and a start of the time to value (undefined: for none), and no others: most of a log is use and tickets. */
export function factsOf(map: JourneyMap, start?: string): string[] {
  const asked = { ...map, timeToValue: { ...map.timeToValue, starts: map.timeToValue.starts.filter((each) => each.start === start) } };
  return [...new Set([...ALWAYS, ...typesOfMap(asked)])];
}

/** From the log, so that what was told a moment ago counts, and any map can be laid over all of the past. */
export async function loadJourneys(sql: Sql, tenant: string, pin: Pinned, start: string): Promise<AllJourneys> {
  const roots = await rootsKnown(sql, tenant, pin.known);
  const types = factsOf(pin.map.map, start);
  const breathe = breather();
  const customers = [...new Set((await streamsIn(sql, tenant, 'customer')).map(({ id }) => roots.root(id)))].sort();
  const there = new Set((await streamsBy(sql, tenant, pin)).map((id) => roots.root(id)));
  const of = new Map<string, TravelledJourney>();
  let [held, last]: [number, JourneyEvent[]] = [0, []];
  for (let place = 0; place < customers.length; place += SLICE) {
    const slice = customers.slice(place, place + SLICE);
    const rows = groupBy(await readStreamsRows(sql, tenant, 'customer', slice.flatMap((customer) => roots.members(customer)), Number.MAX_SAFE_INTEGER, types), ({ stream }) => roots.root(stream.id));
    for (const customer of slice) {
      const stored = rows.get(customer);
      if (!stored) continue;
      const { travelled, counted, bad } = travelledBy(toldOf(customer, stored), pin);
      if (bad) held += 1;
      if (counted.length > 0) there.add(customer);
      if (travelled) of.set(customer, travelled);
      last = counted.length > 0 ? [counted.reduce(later, last[0] ?? counted[0]!)] : last;
      await breathe();
    }
  }
  return { of, names: await namesOf(sql, tenant), customers: there.size, held, position: lastPosition(last, await readEpoch(sql)) };
}

/** Streams of customers with a fact that had happened and was known by the moment; stream by stream, by the index. */
async function streamsBy(sql: Sql, tenant: string, { until, known }: Pinned): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from stream cross join lateral (select from log where log.tenant = $1 and category = 'customer' and log.stream = stream.id and occurred_at <= $2 and ($3::timestamptz is null or observed_at <= $3) limit 1) as fact
     where stream.tenant = $1 and stream.category = 'customer'`, [tenant, until, known ?? null]);
  return rows.map(({ id }) => id);
}

/** The journey that a customer's stored facts come to; null where none of them counts. */
export function travelledBy(story: readonly ToldEvent[], { until, known, map, calendar: { dayOf } }: Pinned): { travelled: TravelledJourney | null; counted: readonly ToldEvent[]; bad: ToldEvent | undefined } {
  const [knownBy, end] = [known === undefined ? Infinity : Date.parse(known), Date.parse(until)];
  const { value, bad } = computable(story.filter(({ observedAt }) => Date.parse(observedAt) <= knownBy), effectiveEvents);
  const counted = (value as ToldEvent[]).filter(({ occurredAt }) => Date.parse(occurredAt) <= end);
  const onTheWay = typesOfMap(map.map);
  if (counted.every(({ type }) => STANDING_TRAITS.includes(type) && !onTheWay.includes(type))) return { travelled: null, counted, bad };
  return { travelled: { journey: journeyOf(map.map, counted, { until, dayOf }), standing: standingOf(counted, { until, dayOf }) }, counted, bad };
}

/** Positions of one log in its present life: the number decides. */
const later = (one: JourneyEvent, other: JourneyEvent): JourneyEvent => (Number(other.position.split('.')[1]) > Number(one.position.split('.')[1]) ? other : one);
