import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Database, type EventStore, eventStoreMigrations, migrate, PostgresEventStore, Projector, beginRebuild, ensureTenant } from '#event-store';
import { dateOfDay, effectiveEvents, firstScorecard, foldEvents, healthAt, profileOf } from '#insight';
import { type JourneyEvent, parsePosition } from '#journey';
import { dayOfIn, projections, readModelMigrations } from '#read-model';
import { correctedHistories } from '../../libs/insight/src/testing/histories.js';
import { freshDatabase } from '../support/database.js';
import { caughtUp, rebuilt, type Rows, rowsOf } from '../support/read-models.js';

const ZONE = 'Europe/Berlin';
const EVER = '9999-12-31T00:00:00.000Z';
const HISTORIES = 3;

describe('Live read models, rebuilt ones and a fold in memory agree', () => {
  let worker: Database;
  let store: PostgresEventStore;
  let projector: Projector;
  let drop: () => Promise<void>;
  const warnings: unknown[] = [];

  beforeAll(async () => {
    const fresh = await freshDatabase(async (url) => { await migrate(url, [...eventStoreMigrations, ...readModelMigrations]); });
    drop = fresh.drop;
    worker = new Database(fresh.url, 'touchline_worker', 16);
    store = new PostgresEventStore(worker);
    projector = new Projector({ store, worker, projections: projections(), owner: 'test', batchSize: 7, warn: (message, error) => warnings.push([message, error]) });
    await projector.start();
  });

  afterAll(async () => {
    await projector.stop();
    await store.close();
    await worker.close();
    await drop();
  });

  it('over any history: late, backdated, taken back, amended, told twice, in any order of arrival', async () => {
    let runs = 0;
    const shuffled = correctedHistories(30).chain((history) => fc.shuffledSubarray(history, { minLength: history.length, maxLength: history.length }));
    await fc.assert(fc.asyncProperty(fc.array(shuffled, { minLength: HISTORIES, maxLength: HISTORIES }), fc.integer({ min: 1, max: 9 }), async (histories, size) => {
      const run = ++runs;
      const tenants = histories.map((_, index) => `r${run}x${index}`);
      for (const tenant of tenants) await ensureTenant(worker, tenant, ZONE);
      await Promise.all(histories.map((history, index) => tell(store, tenants[index]!, history, size)));
      await caughtUp(worker, store);
      const live = await rowsOf(worker, tenants);
      for (const tenant of tenants) await agreesWithFold(store, tenant, live);
      const begun = new Map<string, number>();
      for (const projection of projections()) begun.set(projection.name, await beginRebuild(worker, projection));
      await rebuilt(worker, store, begun);
      expect(await rowsOf(worker, tenants)).toEqual(live);
    }), { numRuns: 6 });
    expect(warnings).toEqual([]);
  }, 120_000);
});

/** Appends in slices; some slices are told again, as a sender does that got no answer; days are closed on the way. */
async function tell(store: EventStore, tenant: string, history: readonly JourneyEvent[], size: number): Promise<void> {
  for (let start = 0; start < history.length; start += size) {
    const appends = history.slice(start, start + size).map((event) => (
      { stream: { tenant, category: 'customer', id: 'c1' }, expected: 'any' as const, events: [{ ...event, bodyHash: event.id }] }));
    await store.append(appends);
    if (start % 2 === 0) await store.append(appends);
    // The clock runs ahead of the facts, so that days close over what is known and over what still comes.
    if (start === size || start === 3 * size) {
      const day = dateOfDay(dayOfIn(ZONE)(new Date().toISOString()) + start / size);
      await store.append([{
        stream: { tenant, category: 'clock', id: 'days' }, expected: 'any',
        events: [{ source: 'touchline:clock', id: day, type: 'clock.day-closed', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'clock' }, data: { day }, bodyHash: day }],
      }]);
    }
  }
}

async function agreesWithFold(store: EventStore, tenant: string, live: Rows): Promise<void> {
  const dayOf = dayOfIn(ZONE);
  const stream = await store.readStream({ tenant, category: 'customer', id: 'c1' });
  const [row] = live.customers.filter((candidate) => candidate['tenant'] === tenant);
  const day = Number(row!['day']);
  const health = healthAt(stream, firstScorecard, { asOf: EVER, knownAt: EVER, dayOf: (instant) => (instant === EVER ? day : dayOf(instant)) });
  expect(row).toMatchObject({ score: health.score.score, coverage: health.score.coverage, band: health.band, close_band: health.closedAs, stale: false, held: false });
  expect(row!['health']).toEqual(JSON.parse(JSON.stringify(health.score)));
  expect(row!['profile']).toEqual(JSON.parse(JSON.stringify(profileOf(foldEvents(stream, dayOf), day))));
  const standing = new Map(effectiveEvents(stream).map(({ position, occurredAt }) => [parsePosition(position).n, occurredAt]));
  const timeline = live.timeline.filter((touch) => touch['tenant'] === tenant);
  expect(timeline).toHaveLength(stream.length);
  for (const touch of timeline.filter(({ family }) => family !== 'record')) {
    expect(touch['standing']).toBe(standing.has(Number(touch['position'])));
    if (touch['standing']) expect((touch['occurred_at'] as Date).toISOString()).toBe(standing.get(Number(touch['position'])));
  }
}
