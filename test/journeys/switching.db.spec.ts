import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSecretKey, randomBytes } from 'node:crypto';
import { beginRebuild, compareAndKeep, Database, dropOthers, ensureTenant, eventStoreMigrations, KeyRing, liveGeneration, migrate, otherGeneration, PostgresEventStore, progressOf, Projector, switchTo } from '#event-store';
import { comparePositions, type Position } from '#journey';
import { getCustomer, projections, readModelMigrations, type ReadModelOptions, untilVisible } from '#read-model';
import { customerTable } from '../../libs/read-model/src/customers/table.js';
import { freshDatabase } from '../support/database.js';
import { caughtUp, eventually } from '../support/read-models.js';

const tenant = 'acme';
const CUSTOMERS = 20;

describe('A read model is built anew beside the one that is read', () => {
  let worker: Database;
  let store: PostgresEventStore;
  let model: ReadModelOptions;
  let close: () => Promise<void>;
  let told = 0;
  const warnings: unknown[] = [];
  const [customers] = projections();

  beforeAll(async () => {
    const fresh = await freshDatabase(async (url) => { await migrate(url, [...eventStoreMigrations, ...readModelMigrations]); });
    worker = new Database(fresh.url, 'touchline_worker', 20);
    const reader = new Database(fresh.url, 'touchline_reader', 8);
    store = new PostgresEventStore(worker);
    const projectors = ['a', 'b'].map((owner) => new Projector({ store, worker, projections: projections(), owner, batchSize: 20, warn: (message, error) => warnings.push([message, error]) }));
    await ensureTenant(worker, tenant, 'Europe/Berlin');
    await Promise.all(projectors.map((projector) => projector.start()));
    model = { reader, worker, keys: new KeyRing(reader, createSecretKey(randomBytes(32))), now: () => new Date() };
    close = async () => {
      await Promise.all(projectors.map((projector) => projector.stop()));
      await store.close();
      await Promise.all([worker.close(), reader.close()]);
      await fresh.drop();
    };
    for (let n = 0; n < CUSTOMERS; n++) await rename(n);
    await caughtUp(worker, store);
  });
  afterAll(() => close());

  /** The customer's name tells how often it was told: what a reader sees can be checked against what was acknowledged. */
  async function rename(n: number): Promise<{ name: string; position: Position }> {
    const number = ++told;
    const name = String(number).padStart(6, '0');
    const [verdict] = await store.append([{
      stream: { tenant, category: 'customer', id: `c${n}` }, expected: 'any',
      events: [{ source: 'test', id: `e${number}`, type: 'customer.registered', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data: { name }, bodyHash: name }],
    }]);
    if (verdict!.status !== 'appended') throw new Error(verdict!.status);
    return { name, position: verdict!.positions[0]! };
  }

  /** Readers and writers at work until told to stop: everyone waits for their own fact and wants to see it, and nobody goes back in time. */
  function traffic() {
    const run = { on: true, answers: 0, wrong: [] as string[] };
    const reader = async (n: number) => {
      let seen = { name: '', position: '1.0' as Position };
      while (run.on) {
        const { name, position } = await rename(n);
        await untilVisible(worker, tenant, position, 10_000);
        for (let look = 0; look < 3; look++) {
          const answer = await getCustomer(model, { tenant, customer: `c${n}` });
          run.answers += 1;
          if (answer.name !== name) run.wrong.push(`c${n} is ${answer.name}, not ${name}`);
          if (comparePositions(answer.position as Position, seen.position) < 0) run.wrong.push(`c${n} went back from ${seen.position} to ${answer.position}`);
          seen = { name, position: answer.position as Position };
        }
      }
    };
    const readers = Promise.all([0, 1, 2, 3].map(reader));
    return { run, stop: async () => { run.on = false; await readers; } };
  }

  const live = () => worker.transaction((sql) => liveGeneration(sql, 'customers'));
  const progress = async (generation: number) => (await progressOf(worker)).find((each) => each.name === 'customers' && each.generation === generation);

  it('takes over by itself when nothing differs; is undone, done again and dropped; every reader gets the right answer throughout', async () => {
    const { run, stop } = traffic();
    try {
      const first = await live();
      const next = await beginRebuild(worker, customers!);
      expect(await beginRebuild(worker, customers!)).toBe(next);
      await eventually(async () => await live() === next);
      expect((await progress(next))!.comparison).toMatchObject({ live: first, other: next, customers: CUSTOMERS, different: 0, moving: 0 });
      expect(await progress(first)).toMatchObject({ state: 'kept' });

      // The kept one follows on, so going back costs nobody a fact.
      const { previous } = await otherGeneration(worker, 'customers');
      await eventually(async () => (await switchTo(worker, 'customers', previous!)).switched);
      expect(await live()).toBe(first);
      const answers = run.answers;
      await eventually(async () => run.answers > answers + 30);
      await eventually(async () => (await switchTo(worker, 'customers', next)).switched);
      expect(await dropOthers(worker, customers!)).toEqual([first]);
      await eventually(async () => run.answers > answers + 100);
      expect(await progress(first)).toBeUndefined();
    } finally {
      await stop();
    }
    expect(run.wrong).toEqual([]);
    expect(run.answers).toBeGreaterThan(100);
    expect(warnings).toEqual([]);
  }, 60_000);

  it('waits for a person when rows differ, and says whose and how', async () => {
    const before = await live();
    await caughtUp(worker, store);
    await worker.transaction((sql) => sql.query(`update ${customerTable(before)} set name = 'wrong' where customer = 'c7'`));
    const { run, stop } = traffic();
    const next = await beginRebuild(worker, customers!);
    await eventually(async () => ((await progress(next))?.comparison?.different ?? 0) > 0);
    expect((await progress(next))!.comparison).toMatchObject({
      different: 1, examples: [{ tenant, customer: 'c7', columns: ['name'], live: { name: 'wrong' }, other: { name: '000008' } }] });
    await new Promise((wake) => setTimeout(wake, 1_500));
    expect(await live()).toBe(before);
    await eventually(async () => (await switchTo(worker, 'customers', next)).switched);
    await stop();
    expect((await getCustomer(model, { tenant, customer: 'c7' })).name).toBe('000008');
    expect(run.wrong).toEqual([]);
    expect(await compareAndKeep(worker, customers!, before)).toMatchObject({ different: 1 });
  }, 60_000);

  it('does not take over while one of its partitions is behind', async () => {
    const { live: now, other } = await otherGeneration(worker, 'customers');
    await caughtUp(worker, store);
    await worker.transaction((sql) => sql.query(`update projection_partition set position = position + 1000 where name = 'customers' and generation = $1 and partition = 3`, [now]));
    expect(await switchTo(worker, 'customers', other!)).toEqual({ generation: other, switched: false, behind: [3] });
    expect(await live()).toBe(now);
  });
});
