import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Database, type EventStore, eventStoreMigrations, migrate, PostgresEventStore, Projector, beginRebuild, ensureTenant } from '#event-store';
import { type ChurnModel, dateOfDay, type FactSheet, firstScorecard, foldEvents, healthAt, only, overrideIn, priorChurnModel, profileOf, riskAt, scoreHealth, withOverride, worstMeasures } from '#insight';
import { effectiveEvents, type EventRef, type JourneyEvent, parsePosition } from '#journey';
import { dayOfIn, projections, readModelMigrations } from '#read-model';
import { modelOf } from '../../libs/read-model/src/testing/models.js';
import { correctedHistories } from '../../libs/insight/src/testing/histories.js';
import { freshDatabase } from '../support/database.js';
import { caughtUp, rebuilt, type Rows, rowsOf } from '../support/read-models.js';

const ZONE = 'Europe/Berlin';
const EVER = '9999-12-31T00:00:00.000Z';
/** So many customers of a tenant are held against a fold in memory; all of them against rebuilt rows. */
const FOLDED = 8;

/** Two workers, so that facts of one customer come to the partition of another's owner, and batches that are smaller and larger than what is settled, moved to a day or refolded in one go (200 and 20 customers). */
describe.each([[7], [1_000]])('Live read models, rebuilt ones and a fold in memory agree, when two workers read %i facts at a time', (batchSize) => {
  let worker: Database;
  let store: PostgresEventStore;
  let projectors: Projector[];
  let drop: () => Promise<void>;
  let runs = 0;
  const warnings: unknown[] = [];

  beforeAll(async () => {
    const fresh = await freshDatabase(async (url) => { await migrate(url, [...eventStoreMigrations, ...readModelMigrations]); });
    drop = fresh.drop;
    worker = new Database(fresh.url, 'touchline_worker', 16);
    store = new PostgresEventStore(worker);
    projectors = ['one', 'other'].map((owner) => new Projector({ store, worker, projections: projections(), owner, batchSize, warn: (message, error) => warnings.push([message, error]) }));
    for (const projector of projectors) await projector.start();
  });

  afterAll(async () => {
    await Promise.all(projectors.map((projector) => projector.stop()));
    await store.close();
    await worker.close();
    await drop();
  });

  it.each([
    ['a few customers with long histories', { customers: 3, length: 30, sizes: [3, 40], numRuns: 4 }],
    ['more customers than are refolded in one go', { customers: 25, length: 10, sizes: [3, 40, 250], numRuns: 2 }],
    ['more customers than are settled in one go', { customers: 400, length: 2, sizes: [400], numRuns: 1 }],
  ])('over any history: late, backdated, taken back, amended, told twice, in any order of arrival, of customers that are merged, parted and given parents; %s', async (_title, { customers, length, sizes, numRuns }) => {
    const shuffled = correctedHistories(length).chain((history) => fc.shuffledSubarray(history, { minLength: history.length, maxLength: history.length }));
    const several = (count: number) => fc.array(shuffled, { minLength: count, maxLength: count });
    await fc.assert(fc.asyncProperty(several(customers), several(2), fc.array(change(customers), { maxLength: 40 }), fc.constantFrom(...sizes), async (many, few, changes, size) => {
      const run = ++runs;
      const told = [[`r${run}many`, many, changes], [`r${run}few`, few, changes.map(withinTwo)]] as const;
      const tenants = told.map(([tenant]) => tenant);
      for (const tenant of tenants) await ensureTenant(worker, tenant, ZONE);
      const closed = await Promise.all(told.map(([tenant, histories, moves]) => tell(store, tenant, mixed(interleaved(histories), moves), size)));
      await caughtUp(worker, store);
      const live = await rowsOf(worker, tenants);
      for (const [index, [tenant, histories]] of told.entries()) {
        const log = (await store.readAll(null, 1_000_000, { tenant, categories: ['customer'] })).events;
        expect(live.customers.filter((row) => row['tenant'] === tenant && Number(row['day']) > closed[index]!)).toHaveLength(histories.length);
        const model = inForce((await store.readAll(null, 1_000, { tenant, categories: ['churnmodel'] })).events);
        const step = Math.ceil(histories.length / FOLDED);
        for (let customer = histories.length - 1; customer >= 0; customer -= step) agreesWithFold(log, { tenant, id: idOf(customer), model }, live);
      }
      const begun = new Map<string, number>();
      for (const projection of projections()) begun.set(projection.name, await beginRebuild(worker, projection));
      await rebuilt(worker, store, begun);
      expect(await rowsOf(worker, tenants)).toEqual(live);
    }), { numRuns, endOnFailure: true });
    expect(warnings).toEqual([]);
  }, 120_000);
});

const idOf = (customer: number) => `c${customer}`;

/** A change of who is one with whom, or belongs to whom: any customer, after any share of what is told. */
interface Change { readonly type: string; readonly customer: number; readonly other: number; readonly after: number }

// Few of them, so that chains come about, and circles, which change nothing.
const change = (customers: number): fc.Arbitrary<Change> => {
  const one = fc.nat(Math.min(customers, 12) - 1);
  return fc.record({ type: fc.constantFrom('customer.merged', 'customer.merged', 'customer.unmerged', 'customer.parent-changed'), customer: one, other: one, after: fc.double({ min: 0, max: 1, noNaN: true }) });
};

const withinTwo = (each: Change): Change => ({ ...each, customer: each.customer % 2, other: each.other % 2 });

function mixed(events: readonly JourneyEvent[], changes: readonly Change[]): JourneyEvent[] {
  const all = [...events];
  for (const [index, { type, customer, other, after }] of changes.entries()) {
    const data = type === 'customer.merged' ? { into: idOf(other) } : type === 'customer.unmerged' ? {} : { parent: idOf(other) };
    const place = Math.floor(after * all.length);
    // At the time of a fact beside it, so that it is late or not like any other.
    all.splice(place, 0, { ...events[Math.min(place, events.length - 1)]!, source: 'merges', id: `change ${index}`, type, version: 1, data, stream: { tenant: '', category: 'customer', id: idOf(customer) } });
  }
  return all;
}

/** Who is merged into whom, worked out once more in the plainest way. */
function mergesOf(log: readonly JourneyEvent[]): Map<string, string> {
  const merges = new Map<string, string>();
  for (const { type, stream, data } of log) {
    if (type === 'customer.unmerged') merges.delete(stream.id);
    if (type !== 'customer.merged') continue;
    const wayOf = (id: string): string[] => [id, ...(merges.has(id) ? wayOf(merges.get(id)!) : [])];
    if (!wayOf(String(data['into'])).includes(stream.id)) merges.set(stream.id, String(data['into']));
  }
  return merges;
}

/** One fact of every customer, then the next of each: the histories of one tenant, under ids that do not meet. */
function interleaved(histories: readonly (readonly JourneyEvent[])[]): JourneyEvent[] {
  const longest = Math.max(...histories.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) => histories.flatMap((history, customer) => history.slice(place, place + 1).map((event) => ofCustomer(event, customer)))).flat();
}

function ofCustomer(event: JourneyEvent, customer: number): JourneyEvent {
  const own = <Ref extends EventRef>(ref: Ref): Ref => ({ ...ref, id: `${idOf(customer)} ${ref.id}` });
  const { event: amended, events: retracted } = event.data as { event?: EventRef; events?: EventRef[] };
  const data = { ...event.data, ...(amended && { event: own(amended) }), ...(retracted && { events: retracted.map(own) }) };
  // The clock has a stream of its own: every door refuses it in a customer's, where it would be a fact that says nothing.
  const type = event.type.startsWith('clock.') ? 'task.done' : event.type;
  return { ...own(event), type, data, stream: { ...event.stream, id: idOf(customer) } };
}

/** Appends in slices; some slices are told again, as a sender does that got no answer; days are closed on the way. @returns the last day closed */
async function tell(store: EventStore, tenant: string, events: readonly JourneyEvent[], size: number): Promise<number> {
  let closed = -Infinity;
  for (let slice = 0; slice * size < events.length; slice++) {
    const appends = events.slice(slice * size, (slice + 1) * size).map((event) => (
      { stream: { ...event.stream, tenant }, expected: 'any' as const, events: [{ ...event, bodyHash: event.id }] }));
    await store.append(appends);
    if (slice % 2 === 0) await store.append(appends);
    await tellOfModels(store, tenant, slice);
    // The clock runs ahead of the facts, so that days close over what is known and over what still comes.
    if (slice !== 0 && slice !== 3) continue;
    closed = dayOfIn(ZONE)(new Date().toISOString()) + slice;
    const day = dateOfDay(closed);
    await store.append([{
      stream: { tenant, category: 'clock', id: 'days' }, expected: 'any',
      events: [{ source: 'touchline:clock', id: day, type: 'clock.day-closed', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'clock' }, data: { day }, bodyHash: day }],
    }]);
  }
  return closed;
}

const MODELS: Readonly<Record<number, readonly [model: string, decision: string]>> = { 1: ['cm-000000000001', 'promoted'], 2: ['cm-000000000002', 'promoted'], 4: ['cm-000000000002', 'retired'] };

/** The model that was promoted last and not retired since. */
function inForce(log: readonly JourneyEvent[]): ChurnModel {
  const last = log.findLast(({ type, stream }, place) => type === 'churnmodel.promoted' && !log.slice(place).some((later) => later.type === 'churnmodel.retired' && later.stream.id === stream.id));
  return last ? log.find(({ type, stream }) => type === 'churnmodel.trained' && stream.id === last.stream.id)!.data['model'] as ChurnModel : priorChurnModel;
}

/** Models come into force on the way; in the end the first one, where there are as many slices. */
async function tellOfModels(store: EventStore, tenant: string, slice: number): Promise<void> {
  const [id, decision] = MODELS[slice] ?? [];
  if (!id) return;
  const fact = (what: string, data: Record<string, unknown>) => ({ source: 'models', id: `${id} ${what}`, type: `churnmodel.${what}`, version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system' as const, id: 'models' }, data, bodyHash: id });
  const trained = decision === 'promoted' ? [fact('trained', { model: modelOf(id, slice + 1) })] : [];
  await store.append([{ stream: { tenant, category: 'churnmodel', id }, expected: 'any', events: [...trained, fact(decision!, { model: id })] }]);
}

function agreesWithFold(log: readonly JourneyEvent[], { tenant, id, model }: { tenant: string; id: string; model: ChurnModel }, live: Rows): void {
  const dayOf = dayOfIn(ZONE);
  const merges = mergesOf(log);
  const rootOf = (of: string): string => (merges.has(of) ? rootOf(merges.get(of)!) : of);
  const stream = log.filter((event) => event.stream.id === id);
  const isIts = (row: Record<string, unknown>) => row['tenant'] === tenant && row['customer'] === id;
  const [row] = live.customers.filter(isIts);
  if (merges.has(id)) expect(row).toMatchObject({ status: 'merged', merged_into: merges.get(id), score: null, profile: { name: null, arr: [] }, parent: null, stale: false, held: false });
  else {
    const story = log.filter((event) => rootOf(event.stream.id) === id).map((event) => (event.stream.id === id ? event : { ...event, absorbed: true }));
    const day = Number(row!['day']);
    const health = healthAt(story, only(firstScorecard), { asOf: EVER, knownAt: EVER, dayOf: (instant) => (instant === EVER ? day : dayOf(instant)) });
    const counts = withOverride({ score: health.score.score, band: health.band }, overrideIn(foldEvents(story, dayOf), firstScorecard, day));
    expect(row).toMatchObject({ ...counts, coverage: health.score.coverage, summary: { computed: { band: health.band } }, close_band: health.closedAs, merged_into: null, stale: false, held: false });
    expect(scoreHealth(row!['sheet'] as FactSheet, firstScorecard, day)).toEqual(health.score);
    expect(row!['summary']).toMatchObject({ dataAge: health.score.dataAge, say: health.band === 'unknown' ? [expect.stringMatching(/^Too little is known/)] : worstMeasures(health.score, 3).map(({ say }) => say) });
    const { standing, chances } = riskAt(model, foldEvents(story, dayOf), day);
    const risk = chances.find(({ horizon }) => horizon === 90)?.probability;
    expect(row).toMatchObject({ risk: risk === undefined ? null : Math.round(10_000 * risk), churn_model: model.id, summary: { standing } });
    expect(row!['profile']).toEqual(JSON.parse(JSON.stringify(profileOf(foldEvents(story, dayOf), day))));
  }
  const standing = new Map(effectiveEvents(stream).map(({ position, occurredAt }) => [parsePosition(position).n, occurredAt]));
  const timeline = live.timeline.filter(isIts);
  expect(timeline).toHaveLength(stream.length);
  for (const touch of timeline.filter(({ family }) => family !== 'record')) {
    expect(touch['standing']).toBe(standing.has(Number(touch['position'])));
    if (touch['standing']) expect((touch['occurred_at'] as Date).toISOString()).toBe(standing.get(Number(touch['position'])));
  }
}
