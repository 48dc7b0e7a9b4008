import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Database, eventStoreMigrations, migrate, type NewEvent, PostgresEventStore } from '#event-store';
import { effectiveEvents, familyOf, isMergeFact, type JourneyEvent, Roots, segmentIn } from '#journey';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { asksForSegments, type EventFilter, passes } from './event-filter.js';
import { placeEvents } from './place-events.js';
import { streamOf } from './public-event.js';

const CUSTOMERS = ['ash', 'elm', 'fir', 'oak'];
const SEGMENTS = ['small', 'large'];
let fresh: TestDatabase;
let worker: Database;
let reader: Database;
let store: PostgresEventStore;
let tenants = 0;

beforeAll(async () => {
  fresh = await freshDatabase(async (url) => { await migrate(url, eventStoreMigrations); });
  worker = new Database(fresh.url, 'touchline_worker', 4);
  reader = new Database(fresh.url, 'touchline_reader', 4);
  store = new PostgresEventStore(worker);
});
afterAll(async () => {
  await store.close();
  await Promise.all([worker.close(), reader.close()]);
  await fresh.drop();
});

/** Something that happens to a customer. `back` counts facts, to take one back or change it. */
const step = fc.record({
  kind: fc.constantFrom('registered', 'changed', 'changed', 'merged', 'merged', 'unmerged', 'retracted', 'amended', 'ticket', 'ticket', 'ticket', 'insight', 'recovery', 'settings'),
  customer: fc.constantFrom(...CUSTOMERS), other: fc.constantFrom(...CUSTOMERS), segment: fc.constantFrom(...SEGMENTS), back: fc.nat(6), day: fc.integer({ min: 1, max: 28 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const filters = fc.record({
  types: fc.option(fc.subarray(['ticket.*', 'ticket.opened', 'customer.*', 'insight.health-band-changed', 'recovery.*', 'x-own.*'], { minLength: 1 }), { nil: undefined }),
  categories: fc.option(fc.subarray(['journey', 'insight'] as const, { minLength: 1 }), { nil: undefined }),
  segments: fc.option(fc.subarray(SEGMENTS, { minLength: 1 }), { nil: undefined }),
  customers: fc.option(fc.subarray(CUSTOMERS, { minLength: 1, maxLength: 2 }), { nil: undefined }),
}) as fc.Arbitrary<EventFilter>;

async function happen(tenant: string, steps: readonly Step[]): Promise<JourneyEvent[]> {
  for (const [place, { kind: wish, customer, other, segment, back, day }] of steps.entries()) {
    const target = Math.max(0, place - 1 - back);
    const ref = { source: 's', id: String(target) };
    // What is amended reads as its own type wants it.
    const kind = wish === 'amended' && !['registered', 'changed'].includes(steps[target]!.kind) ? 'ticket' : wish;
    const [type, data, category = 'customer'] = ({
      registered: ['customer.registered', { name: 'x', segment }], changed: ['customer.profile-changed', { segment }], merged: ['customer.merged', { into: other }], unmerged: ['customer.unmerged', {}],
      retracted: ['record.retracted', { events: [ref], reason: 'no' }], amended: ['record.amended', { event: ref, data: { segment }, reason: 'no' }], ticket: ['ticket.opened', { ticket: 'T' }],
      insight: ['insight.health-band-changed', {}, 'insight'], recovery: ['recovery.opened', {}], settings: ['scorecard.published', {}, 'scorecard'],
    } as Record<string, [string, Record<string, unknown>, string?]>)[kind]!;
    const event: NewEvent = { source: 's', id: String(place), type, version: 1, occurredAt: `2026-01-${String(day).padStart(2, '0')}T08:00:00.000Z`, actor: { kind: 'system', id: 's' }, data, bodyHash: '' };
    await store.append([{ stream: { tenant, category, id: customer }, expected: 'any', events: [event] }]);
  }
  return (await store.readAll(null, 1_000, { tenant })).events as JourneyEvent[];
}

/** What a filter means, read plainly from all that came before. */
function wanted(filter: EventFilter, all: readonly JourneyEvent[], place: number): boolean {
  const event = all[place]!;
  const category = streamOf(event);
  if (category === null) return false;
  const before = all.slice(0, place + 1);
  const roots = Roots.of(before.filter(({ type }) => isMergeFact(type)));
  const root = roots.root(event.stream.id);
  const members = roots.members(root);
  const segment = () => segmentIn(effectiveEvents(before.filter(({ stream }) => stream.category === 'customer' && members.includes(stream.id))), root);
  return (!filter.types || filter.types.some((type) => type === event.type || type === `${familyOf(event.type)}.*`))
    && (!filter.categories || filter.categories.includes(category))
    && (!filter.segments || filter.segments.includes(segment() ?? ''))
    && (!filter.customers || filter.customers.some((customer) => roots.root(customer) === root));
}

describe('A filter', () => {
  it('lets through what a plain reading of the log lets through, however the log is cut, in any role and again later', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.array(filters, { minLength: 4, maxLength: 4 }), fc.integer({ min: 1, max: 9 }), fc.nat(3), async (steps, wishes, size, gap) => {
      const tenant = `t${(tenants += 1)}`;
      const all = await happen(tenant, steps);
      const plain = wishes.map((filter) => all.filter((_, place) => wanted(filter, all, place)).map(({ id }) => id));
      const through = async (filter: EventFilter, events: readonly JourneyEvent[], database: Database): Promise<string[]> => {
        const found: string[] = [];
        for (let at = 0; at < events.length; at += size) {
          const placed = await database.inTenant(tenant, (sql) => placeEvents(sql, tenant, events.slice(at, at + size), { segments: asksForSegments(filter) }));
          found.push(...placed.filter((each) => passes(filter, each)).map(({ event }) => event.id));
        }
        return found;
      };
      const passed = new Set(all.filter(({ type }) => gap === 0 || familyOf(type) !== 'customer').map(({ id }) => id));
      for (const [index, filter] of wishes.entries()) {
        // A reader that asked the log for some types only sees the same of them, before and after the process has seen the rest.
        expect(await through(filter, all.filter(({ id }) => passed.has(id)), index % 2 ? reader : worker)).toEqual(plain[index]!.filter((id) => passed.has(id)));
        expect(await through(filter, all, worker)).toEqual(plain[index]);
        expect(await through(filter, all.slice(0, gap + 1), worker)).toEqual(plain[index]!.filter((id) => all.slice(0, gap + 1).some((event) => event.id === id)));
      }
    }), { numRuns: 40 });
  });

  it('knows a customer by who it was when the fact was recorded, not by who it is now', async () => {
    const tenant = `t${(tenants += 1)}`;
    const at: Step = { kind: 'ticket', customer: 'elm', other: 'ash', segment: 'small', back: 0, day: 3 };
    const all = await happen(tenant, [at, { ...at, kind: 'registered' }, at, { ...at, kind: 'registered', customer: 'ash', segment: 'large' }, { ...at, kind: 'merged' }, at]);
    const ids = async (filter: EventFilter) =>
      (await worker.statements((sql) => placeEvents(sql, tenant, all, { segments: asksForSegments(filter) }))).filter((each) => passes(filter, each)).map(({ event }) => event.id);
    expect(await ids({ segments: ['small'] })).toEqual(['1', '2']);
    expect(await ids({ segments: ['large'] })).toEqual(['3', '4', '5']);
    expect(await ids({ customers: ['ash'], types: ['ticket.*'] })).toEqual(['5']);
    expect(await ids({ customers: ['elm'], types: ['ticket.*'] })).toEqual(['0', '2', '5']);
  });
});
