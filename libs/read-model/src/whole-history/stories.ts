import { type Database, mergesOf, readStories, readStreamsRows, type StreamLength, streamsIn, type Sql } from '#event-store';
import type { ToldEvent } from '#insight';
import { effectiveEvents, mergeTypes, needsRefold, Roots } from '#journey';
import { storyIn, toldOf } from '../customers/together.js';
import { read } from '../reading.js';

/** What is known of whom: facts up to a position of the log that were observed by a moment. */
export interface Stand {
  readonly tenant: string;
  readonly upTo: number;
  readonly knownAt: string;
}

/** Everything that was known of a customer and of who is merged into it. */
export interface CustomerStory {
  readonly customer: string;
  /** The parent account, or the customer itself: what belongs to one is not independent. */
  readonly cluster: string;
  readonly events: readonly ToldEvent[];
  /** How many customers come before this one, and how many there are. */
  readonly place: number;
  readonly all: number;
}

/** A slice has as many customers as have so many facts together, and is read in a transaction of its own: what is final up to a position stays as it is. */
const FACTS = 5_000;

/** Every `of`th slice, the first of them `part`: who shares the work with others reads only its own. */
export interface Share {
  readonly part: number;
  readonly of: number;
}

/** The stories of all customers of a tenant, in the order of their ids; or those of a share. */
export async function* tenantStories(reader: Database, stand: Stand, { part, of }: Share = { part: 0, of: 1 }): AsyncGenerator<CustomerStory, void, void> {
  const { tenant, upTo, knownAt } = stand;
  const { streams, roots } = await read(reader, tenant, async (sql) => ({ streams: await streamsIn(sql, tenant, 'customer'), roots: await rootsAt(sql, stand) }));
  const lengths = new Map(streams.map(({ id, events }) => [id, events]));
  const customers = [...new Set(streams.map(({ id }) => roots.root(id)))].sort();
  let [place, turn] = [0, 0];
  for (const slice of slicesOf(customers.map((id): StreamLength => ({ id, events: sum(roots.members(id).map((member) => lengths.get(member) ?? 0)) })))) {
    if (turn++ % of !== part) {
      place += slice.length;
      continue;
    }
    const stories = await read(reader, tenant, (sql) => readStories(sql, tenant, slice.flatMap((customer) => roots.members(customer)), upTo));
    for (const customer of slice) {
      const events = toldOf(customer, await storyIn(stories, roots.members(customer))).filter(({ observedAt }) => observedAt <= knownAt);
      if (events.length > 0) yield { customer, cluster: roots.root(parentIn(events) ?? customer), events, place, all: customers.length };
      place += 1;
    }
  }
}

/** Who is merged into whom: as it was known then, by facts up to the position. */
async function rootsAt(sql: Sql, { tenant, upTo, knownAt }: Stand) {
  const ever = [...new Set((await mergesOf(sql, tenant)).facts.map(({ stream }) => stream.id))];
  const facts = ever.length === 0 ? [] : await readStreamsRows(sql, tenant, 'customer', ever, upTo, mergeTypes);
  return Roots.of(facts.filter(({ observedAt }) => observedAt <= knownAt));
}

function* slicesOf(customers: readonly StreamLength[]): Generator<string[]> {
  let slice: string[] = [];
  let facts = 0;
  for (const { id, events } of customers) {
    slice.push(id);
    facts += events;
    if (facts < FACTS) continue;
    yield slice;
    [slice, facts] = [[], 0];
  }
  if (slice.length > 0) yield slice;
}

/** Said last of the customer itself, or else of who is merged into it. */
function parentIn(events: readonly ToldEvent[]): string | null {
  const isParent = ({ type }: ToldEvent) => type === 'customer.parent-changed';
  if (!events.some(isParent)) return null;
  const said = (effectiveEvents(events.filter((event) => isParent(event) || needsRefold(event))) as ToldEvent[]).filter(isParent);
  const last = said.findLast(({ absorbed }) => !absorbed) ?? said.at(-1);
  return typeof last?.data['parent'] === 'string' ? last.data['parent'] : null;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
