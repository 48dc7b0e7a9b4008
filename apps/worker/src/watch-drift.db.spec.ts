import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Database, ensureTenant, eventStoreMigrations, migrate, type NewEvent, PostgresEventStore } from '#event-store';
import { findType } from '#journey';
import { outboundMigrations } from '#outbound';
import { readModelMigrations, trainModel } from '#read-model';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { leavers, type ToldFact } from '../../../test/support/leavers.js';
import { DriftWatch } from './watch-drift.js';
import { startWorker } from './worker.js';

let database: TestDatabase;
let worker: Database;
let reader: Database;
let store: PostgresEventStore;
let model: string;
const never = new AbortController().signal;
const tenant = 'acme';

beforeAll(async () => {
  database = await freshDatabase(async (url) => void await migrate(url, [...eventStoreMigrations, ...readModelMigrations, ...outboundMigrations]));
  [worker, reader] = [new Database(database.url, 'touchline_worker', 4), new Database(database.url, 'touchline_reader', 2)];
  store = new PostgresEventStore(worker);
  for (const id of [tenant, 'globex']) await ensureTenant(worker, id, 'UTC');
  await told(leavers());
  const training = trainModel({ reader, now: () => new Date('2026-01-01T12:00:00Z') }, { kind: 'logistic', seed: 1, window: { tenant, from: '2024-06-01', to: '2025-12-31' } }, never);
  let step = await training.next();
  while (!step.done) step = await training.next();
  model = step.value.model.id;
  await decided('trained', '2026-01-01T12:00:00.000Z', { model: step.value.model });
}, 120_000);
afterAll(async () => {
  await store.close();
  await Promise.all([worker.close(), reader.close()]);
  await database.drop();
});

const append = async (category: string, id: string, event: Omit<NewEvent, 'actor' | 'version' | 'bodyHash'>) => {
  const [verdict] = await store.append([{ stream: { tenant, category, id }, expected: 'any', events: [{ ...event, version: findType(event.type)!.version, actor: { kind: 'system', id: 'test' }, bodyHash: event.id }] }]);
  if (verdict!.status !== 'appended') throw new Error(verdict!.status);
};
const told = async (facts: readonly ToldFact[]) => { for (const { source, id, type, time, observedAt, customer, data } of facts) await append('customer', customer, { source, id, type, occurredAt: time, observedAt, data }); };
const decided = (type: string, at: string, data: Record<string, unknown>) => append('churnmodel', model, { source: 'test', id: `${type}/${at}`, type: `churnmodel.${type}`, occurredAt: at, observedAt: at, data });
const closed = (day: string) => append('clock', 'days', { source: 'clock', id: day, type: 'clock.day-closed', occurredAt: `${day}T23:59:59.000Z`, data: { day } });
const watch = () => new DriftWatch({ worker, reader, store });
const measured = async () => (await store.readStream({ tenant, category: 'churnmodel', id: model })).filter(({ type }) => type === 'churnmodel.drift-measured').map(({ data }) => data as any);

it('measures the model in force when a month is closed, once, whoever looks and however often', async () => {
  await closed('2026-01-31');
  expect(await watch().tick(new Date(), never)).toBe(0);
  await decided('promoted', '2026-01-05T12:00:00.000Z', { model });
  const [one, other] = [watch(), watch()];
  expect((await Promise.all([one.tick(new Date(), never), other.tick(new Date(), never)])).sort()).toEqual([0, 1]);
  await closed('2026-02-10');
  expect([await one.tick(new Date(), never), await watch().tick(new Date(), never)]).toEqual([0, 0]);
  const [drift, ...more] = await measured();
  expect(more).toEqual([]);
  expect(drift).toMatchObject({ model, day: '2026-01-31', stability: expect.arrayContaining([expect.objectContaining({ of: 'score 90' }), expect.objectContaining({ of: 'licence-use' })]) });
  expect(drift.calibration.map(({ horizon, foretoldOn }: any) => [horizon, foretoldOn])).toEqual([['30', '2025-12-31'], ['90', '2025-10-31'], ['180', '2025-07-31']]);
  expect(drift.verdict).not.toBe('unknown');
}, 60_000);

it('says that it has drifted when far more leave than it had said', async () => {
  const leave = (place: number): ToldFact => ({ id: `gone/${place}`, source: 'leavers', type: 'subscription.cancellation-requested', time: '2026-02-10T09:00:00.000Z', observedAt: '2026-02-10T09:00:00.000Z', customer: `l-${String(place).padStart(3, '0')}`, data: { subscription: `S-${place}` } });
  await told(Array.from({ length: 30 }, (_, place) => leave(3 * place + 1)));
  await closed('2026-03-31');
  expect(await watch().tick(new Date(), never)).toBe(1);
  const drift = (await measured()).at(-1);
  expect(drift).toMatchObject({ day: '2026-03-31', verdict: 'drifted' });
  expect(drift.calibration.find(({ horizon }: any) => horizon === '90')).toMatchObject({ foretoldOn: '2025-12-31', level: 'more-left' });
}, 60_000);

it('is not begun once the worker is to stop', async () => {
  await closed('2026-04-30');
  const stopped = new AbortController();
  stopped.abort(new Error('stopping'));
  await expect(watch().tick(new Date(), stopped.signal)).rejects.toThrow('stopping');
  expect((await measured()).map(({ day }: any) => day)).not.toContain('2026-04-30');
}, 60_000);

it('is begun by a worker that starts, for the last month that is over', async () => {
  const started = await startWorker({ databaseUrl: database.url, warn: () => undefined });
  const now = new Date();
  const monthEnd = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 0)).toISOString().slice(0, 10);
  try {
    for (const until = Date.now() + 30_000; !(await measured()).some(({ day }) => day === monthEnd); await new Promise((wake) => setTimeout(wake, 100))) {
      if (Date.now() > until) throw new Error('Nothing was measured.');
    }
  } finally {
    await started.stop();
  }
}, 60_000);
