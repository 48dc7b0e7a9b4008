import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginRebuild, Database, ensureTenant, eventStoreMigrations, listParked, migrate, type NewEvent, PostgresEventStore, progressOf, Projector } from '#event-store';
import { type JourneyEvent, parsePosition } from '#journey';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { eventually } from '../../../../test/support/read-models.js';
import { correctedHistories } from '../../../insight/src/testing/histories.js';
import { readModelMigrations } from '../index.js';
import { EntitiesProjection } from './entities-projection.js';
import type { EntityTable } from './entity-table.js';
import { entityTableName } from './entity-table.js';
import { foldEntities } from './fold-entities.js';

const idIn = ({ type, data }: JourneyEvent, family: string) => (type.startsWith(`${family}.`) && typeof data[family] === 'string' ? data[family] : null);
const tickets: EntityTable = {
  name: 'test_ticket', version: 1, columns: { changes: 'integer', last: 'text', opened_at: 'timestamptz' }, indexes: ['opened_at'],
  entityOf: (event) => {
    if (event.data['by'] === 'no-one') throw new Error('no one replied');
    return idIn(event, 'ticket');
  },
  rowOf: (facts) => {
    if (facts.some(({ data }) => data['by'] === 'nobody')) throw new Error('nobody replied');
    return { changes: facts.length, last: facts.at(-1)!.type, opened_at: facts.find(({ type }) => type === 'ticket.opened')?.occurredAt ?? null };
  },
};
/** Shown only once they are answered, whatever was told of them before. */
const answers: EntityTable = {
  name: 'test_answer', version: 1, columns: { scores: 'jsonb' }, entityOf: (event) => idIn(event, 'survey'),
  rowOf: (facts) => {
    const scores = facts.filter(({ type }) => type === 'survey.responded').map(({ data }) => data['score']);
    return scores.length > 0 ? { scores } : null;
  },
};
const tables = [tickets, answers];
const projection = new EntitiesProjection(tables);

describe('Things that facts speak of', () => {
  let fresh: TestDatabase;
  let worker: Database;
  let store: PostgresEventStore;
  const running: Projector[] = [];
  let told = 0;

  beforeAll(async () => {
    fresh = await freshDatabase(async (url) => { await migrate(url, [...eventStoreMigrations, ...readModelMigrations]); });
    worker = new Database(fresh.url, 'touchline_worker', 8);
    store = new PostgresEventStore(worker);
    await ensureTenant(worker, 'acme', 'UTC');
  });
  afterEach(async () => { await Promise.all(running.splice(0).map((projector) => projector.stop())); });
  afterAll(async () => {
    await store.close();
    await worker.close();
    await fresh.drop();
  });

  const newEvent = ({ type, version, occurredAt, observedAt, data, id = `f${++told}` }: Pick<JourneyEvent, 'type' | 'data'> & Partial<JourneyEvent>): NewEvent => ({
    source: 'test', id, type, version: version ?? 1, occurredAt: occurredAt ?? new Date().toISOString(), ...(observedAt && { observedAt }), actor: { kind: 'system', id: 'test' }, data, bodyHash: id,
  });
  const tell = (customer: string, ...events: NewEvent[]) => store.append(events.map((event) => ({ stream: { tenant: 'acme', category: 'customer', id: customer }, expected: 'any', events: [event] })));
  const start = async () => {
    const projector = new Projector({ store, worker, projections: [projection], owner: `w${++told}`, batchSize: 7 });
    running.push(projector);
    await projector.start();
  };
  const caughtUp = () => eventually(async () => {
    const head = parsePosition(await store.head()).n;
    const [live] = (await progressOf(worker)).filter((each) => each.live);
    return live !== undefined && live.position >= head;
  });
  const rows = async (table: EntityTable, customer: string) => {
    const [live] = (await progressOf(worker)).filter((each) => each.live);
    return worker.statements((sql) => sql.query<Record<string, unknown>>(`select * from ${entityTableName(table, live!.generation)} where customer = $1 order by entity`, [customer]));
  };
  const shown = async (table: EntityTable, customer: string) => (await rows(table, customer)).filter((row) => row['shown']).map((row) => [row['entity'], ...Object.keys(table.columns).map((column) => row[column])]);
  const folded = async (customer: string, ...streams: string[]) => {
    const stories = await Promise.all([customer, ...streams].map((id) => store.readStream({ tenant: 'acme', category: 'customer', id })));
    return foldEntities(tables, { tenant: 'acme', customer }, stories.flat());
  };
  /** What is in the tables against the fold of the whole story. */
  const standAsFolded = async (customer: string, ...streams: string[]) => {
    const expected = await folded(customer, ...streams);
    for (const table of tables) {
      const stored = (await rows(table, customer)).map((row) => [row['entity'], row['facts'], row['shown']]);
      expect(stored).toEqual(expected.get(table)!.map((values) => [values[2], values.at(-2), values.at(-1)]).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)));
    }
  };

  it('have the rows that their whole story comes to, however facts, late facts and corrections arrive, and after a rebuild', async () => {
    await start();
    const customers: string[] = [];
    for (const history of fc.sample(correctedHistories(40), 80)) {
      const customer = `c${++told}`;
      customers.push(customer);
      const names = new Map(history.map(({ id }) => [id, `f${++told}`]));
      const renamed = (text: string) => JSON.parse(text, (key, value: unknown) => (key === 'id' && typeof value === 'string' ? names.get(value) ?? value : value)) as Record<string, unknown>;
      await tell(customer, ...history.map((event) => newEvent({ ...event, id: names.get(event.id)!, data: renamed(JSON.stringify(event.data)) })));
    }
    await caughtUp();
    for (const customer of customers) await standAsFolded(customer);
    expect((await Promise.all(customers.map((customer) => rows(tickets, customer)))).flat().length).toBeGreaterThan(20);
    const generation = await beginRebuild(worker, projection);
    await eventually(async () => (await progressOf(worker)).some((each) => each.live && each.generation === generation));
    for (const customer of customers) await standAsFolded(customer);
  }, 60_000);

  it('of customers that are one are one, and apart again afterwards', async () => {
    await start();
    await tell('m1', newEvent({ type: 'ticket.opened', data: { ticket: 'T-1' } }));
    await tell('m2', newEvent({ type: 'ticket.opened', data: { ticket: 'T-1' } }), newEvent({ type: 'ticket.opened', data: { ticket: 'T-2' } }));
    await tell('m2', newEvent({ type: 'customer.merged', data: { into: 'm1' } }));
    await tell('m2', newEvent({ type: 'ticket.resolved', data: { ticket: 'T-2' } }));
    await caughtUp();
    expect([await shown(tickets, 'm1'), await shown(tickets, 'm2')]).toEqual([[['T-1', 2, 'ticket.opened', expect.any(Date)], ['T-2', 2, 'ticket.resolved', expect.any(Date)]], []]);
    await tell('m2', newEvent({ type: 'customer.unmerged', data: {} }));
    await caughtUp();
    await standAsFolded('m1');
    await standAsFolded('m2');
    expect((await shown(tickets, 'm2')).map(([entity]) => entity)).toEqual(['T-1', 'T-2']);
  });

  it('are as corrected, also where the correction came first', async () => {
    await start();
    const opened = newEvent({ type: 'ticket.opened', data: { ticket: 'T-1' } });
    await tell('early', newEvent({ type: 'record.retracted', data: { events: [{ source: 'test', id: opened.id }], reason: 'slip' } }));
    await caughtUp();
    await tell('early', opened, newEvent({ type: 'ticket.opened', data: { ticket: 'T-2' } }));
    await caughtUp();
    expect((await shown(tickets, 'early')).map(([entity]) => entity)).toEqual(['T-2']);
    await standAsFolded('early');
  });

  it('are shown when there is something to show, with what was told before', async () => {
    await start();
    const answered = newEvent({ type: 'survey.responded', version: 2, data: { survey: 'V-1', instrument: { kind: 'nps', min: 0, max: 10 }, score: 3 } });
    await tell('s1', newEvent({ type: 'survey.sent', data: { survey: 'V-1', instrument: { kind: 'nps', min: 0, max: 10 } } }));
    await caughtUp();
    expect([await shown(answers, 's1'), (await rows(answers, 's1')).length]).toEqual([[], 1]);
    await tell('s1', answered);
    await caughtUp();
    expect(await shown(answers, 's1')).toEqual([['V-1', [3]]]);
    await tell('s1', newEvent({ type: 'record.retracted', data: { events: [{ source: 'test', id: answered.id }], reason: 'slip' } }));
    await caughtUp();
    expect(await shown(answers, 's1')).toEqual([]);
  });

  it('stand still, as they were before, from a fact on that cannot be computed', async () => {
    await start();
    await tell('p1', newEvent({ type: 'ticket.opened', data: { ticket: 'T-1' } }));
    await tell('p1', newEvent({ type: 'ticket.replied', data: { ticket: 'T-1', by: 'nobody' } }), newEvent({ type: 'ticket.opened', data: { ticket: 'T-2' } }));
    await tell('p2', newEvent({ type: 'ticket.opened', data: { ticket: 'T-1' } }));
    await tell('p3', newEvent({ type: 'ticket.opened', data: { ticket: 'T-1' } }), newEvent({ type: 'ticket.replied', data: { ticket: 'T-1', by: 'no-one' } }));
    await caughtUp();
    expect((await shown(tickets, 'p3')).map(([entity, changes]) => [entity, changes])).toEqual([['T-1', 1]]);
    expect((await shown(tickets, 'p1')).map(([entity, changes]) => [entity, changes])).toEqual([['T-1', 1]]);
    expect((await shown(tickets, 'p2')).length).toBe(1);
    expect((await listParked(worker, { tenant: 'acme' })).filter(({ live }) => live).map(({ customer, error }) => [customer, error])).toEqual([['p1', 'nobody replied'], ['p3', 'no one replied']]);
  });

  it('are what a rebuild makes of them, and it takes over, where the log has begun a new epoch', async () => {
    await start();
    await tell('e1', newEvent({ type: 'ticket.opened', data: { ticket: 'T-1' } }));
    await caughtUp();
    await store.beginEpoch('promoted');
    await tell('e1', newEvent({ type: 'ticket.replied', data: { ticket: 'T-1' } }));
    await caughtUp();
    await standAsFolded('e1');
    const generation = await beginRebuild(worker, projection);
    await eventually(async () => (await progressOf(worker)).some((each) => each.live && each.generation === generation));
    await standAsFolded('e1');
  }, 60_000);
});
