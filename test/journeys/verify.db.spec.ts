import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database, ensureTenant, eventStoreMigrations, migrate, type NewEvent, partitionOf, PostgresEventStore, Projector, type Verify } from '#event-store';
import { dateOfDay } from '#insight';
import { dayOfIn, projections, readModelMigrations } from '#read-model';
import { idBytes } from '../../libs/event-store/src/postgres/id-bytes.js';
import { customerSteps } from '../../libs/read-model/src/customers/customer-state.js';
import { CustomersProjection } from '../../libs/read-model/src/customers/customers-projection.js';
import { TimelineProjection } from '../../libs/read-model/src/timeline/timeline-projection.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { caughtUp, eventually } from '../support/read-models.js';
import { verified } from '../support/verified.js';

const ZONE = 'Europe/Berlin';
const CUSTOMERS = 45;

describe('Verify folds the log and holds everything stored against it', () => {
  let fresh: TestDatabase;
  let worker: Database;
  let store: PostgresEventStore;
  let admin: pg.Client;
  let told = 0;
  const broken = { on: true };

  const fact = (type: string, data: Record<string, unknown>): NewEvent => {
    told += 1;
    return { source: 'test', id: `f${told}`, type, version: 1, occurredAt: new Date(Date.now() - 40 * 86_400_000 + told).toISOString(), actor: { kind: 'system', id: 'test' }, data, bodyHash: String(told) };
  };
  const append = (tenant: string, customer: string, ...events: NewEvent[]) => store.append([{ stream: { tenant, category: 'customer', id: customer }, expected: 'any', events }]);
  const closeDay = (tenant: string, ahead: number) => {
    const day = dateOfDay(dayOfIn(ZONE)(new Date().toISOString()) + ahead);
    return store.append([{ stream: { tenant, category: 'clock', id: 'days' }, expected: 'any', events: [{ ...fact('clock.day-closed', { day }), id: `${tenant}/${day}` }] }]);
  };
  const follow = (steps = customerSteps) => new Projector({ store, worker, projections: [new CustomersProjection(steps), ...projections().filter(({ name }) => name !== 'customers')], owner: `w${told}`, batchSize: 200 });

  beforeAll(async () => {
    fresh = await freshDatabase(async (url) => { await migrate(url, [...eventStoreMigrations, ...readModelMigrations]); });
    worker = new Database(fresh.url, 'touchline_worker', 16);
    store = new PostgresEventStore(worker);
    admin = new pg.Client(fresh.adminUrl);
    await admin.connect();
    await admin.query('set search_path = touchline, touchline_read');
    for (const tenant of ['acme', 'umbra']) await ensureTenant(worker, tenant, ZONE);
    // c3 is held by its second fact and stands still on the day that was open then; days go on.
    const check = (id: string) => { if (broken.on && id === 'bad') throw new Error('This fact cannot be read'); };
    const projector = follow({
      ...customerSteps,
      addToState: (state, event, ...rest) => { check(event.id); customerSteps.addToState(state, event, ...rest); },
      refold: (state, stream, ...rest) => { for (const { id } of stream) check(id); customerSteps.refold(state, stream, ...rest); },
    });
    await projector.start();
    for (let customer = 1; customer <= CUSTOMERS; customer++) {
      await append(customer % 9 === 0 ? 'umbra' : 'acme', `c${customer}`, fact('customer.registered', { name: `Customer ${customer}` }), fact('ticket.opened', { ticket: `T${customer}` }), fact('ticket.resolved', { ticket: `T${customer}` }));
    }
    await closeDay('acme', -1);
    await closeDay('acme', 0);
    await append('acme', 'c3', { ...fact('ticket.opened', { ticket: 'Bad' }), id: 'bad' }, fact('ticket.opened', { ticket: 'Behind' }));
    await caughtUp(worker, store);
    for (const ahead of [1, 2]) await closeDay('acme', ahead);
    await append('acme', 'c5', fact('ticket.opened', { ticket: 'Afterwards' }));
    await caughtUp(worker, store);
    await projector.stop();
  }, 60_000);
  afterAll(async () => {
    await admin.end();
    await store.close();
    await worker.close();
    await fresh.drop();
  });

  /** The report while something is broken on purpose. */
  const while_ = async (statement: string, mend: string, options: Partial<Verify> = {}) => {
    expect((await admin.query(statement)).rowCount).toBeGreaterThan(0);
    const report = await verified(worker, options);
    await admin.query(mend);
    return report;
  };

  it('finds nothing where nothing is wrong, counts what it saw, and leaves nothing behind', async () => {
    const report = await verified(worker);
    expect(report).toMatchObject({ equal: true, flaws: [], differences: [], log: { events: CUSTOMERS * 3 + 7, ids: CUSTOMERS * 3 + 7, streams: CUSTOMERS + 1, flaws: 0 } });
    expect(report.projections).toEqual([
      { projection: 'customers', generation: 1, live: true, customers: CUSTOMERS, different: 0, held: 1, waiting: 0 },
      { projection: 'timeline', generation: 1, live: true, customers: CUSTOMERS, different: 0, held: 0, waiting: 0 },
      { projection: 'entities', generation: 1, live: true, customers: CUSTOMERS, different: 0, held: 0, waiting: 0 },
    ]);
    const { rows } = await admin.query(`select tablename from pg_tables where schemaname = 'touchline_read' order by 1`);
    expect(rows.map(({ tablename }) => tablename)).toEqual(expect.arrayContaining(['customer_1', 'customer_closed_day_1', 'timeline_1']));
    expect(rows.filter(({ tablename }) => /_\d{10}$/.test(tablename))).toEqual([]);
  });

  const row = { projection: 'customers', generation: 1, tenant: 'acme', customer: 'c1' };
  const lineOf = (customer: string) => `from timeline_1 where customer = '${customer}'`;
  it.each([
    ['a value of a row', `update customer_1 set name = 'Other', arr = 5 where customer = 'c1'`, `update customer_1 set name = 'Customer 1', arr = null where customer = 'c1'`,
      { ...row, table: 'touchline_read.customer_1', columns: ['arr', 'name'], stored: { name: 'Other', arr: 5 }, folded: { name: 'Customer 1', arr: null }, failure: null }],
    ['a partition of a row', `update customer_1 set partition = partition + 1 where customer = 'c1'`, `update customer_1 set partition = partition - 1 where customer = 'c1'`,
      { ...row, columns: ['partition'], folded: { partition: partitionOf('acme', 'c1') } }],
    ['a row that is missing', `with gone as (delete ${lineOf('c2')} returning *) select gone.* into saved from gone`, `insert into timeline_1 select * from saved; drop table saved`,
      { projection: 'timeline', customer: 'c2', columns: [], stored: null, folded: {} }],
    ['a row too many', `insert into timeline_1 select tenant, customer, 1000000, occurred_at, family, type, standing ${lineOf('c1')} limit 1`, `delete from timeline_1 where position = 1000000`,
      { projection: 'timeline', customer: 'c1', row: { position: '1000000' }, columns: [], stored: {}, folded: null }],
    ['a row of nobody', `insert into timeline_1 select tenant, 'ghost', position, occurred_at, family, type, standing ${lineOf('c1')} limit 1`, `delete from timeline_1 where customer = 'ghost'`,
      { projection: 'timeline', customer: 'ghost', columns: [], stored: {}, folded: null }],
    ['a value of a thing that facts speak of', `update ticket_1 set ever_resolved = not ever_resolved where customer = 'c1'`, `update ticket_1 set ever_resolved = not ever_resolved where customer = 'c1'`, { projection: 'entities', customer: 'c1' }],
    ['who is said to be held', `update customer_1 set held = true where customer = 'c1'`, `update customer_1 set held = false where customer = 'c1'`, { ...row, columns: ['held'], stored: { held: true }, folded: { held: false } }],
    ['who is held and does not say so', `update customer_1 set held = false where customer = 'c3'`, `update customer_1 set held = true where customer = 'c3'`, { ...row, customer: 'c3', columns: ['held'], stored: { held: false } }],
    ['a value of a customer who is held', `update customer_1 set name = 'Other' where customer = 'c3'`, `update customer_1 set name = 'Customer 3' where customer = 'c3'`,
      { ...row, customer: 'c3', columns: ['name'], stored: { name: 'Other' }, folded: { name: 'Customer 3' } }],
    ['who waits for a fact that is not there', `update customer_1 set stale_from = 1000000 where customer = 'c1'`, `update customer_1 set stale_from = null where customer = 'c1'`,
      { ...row, columns: ['stale_from'], stored: { stale_from: '1000000' } }],
    ['a day that is closed too early', `update customer_closed_day_1 set day = day + 1 where tenant = 'acme' and partition = 2`, `update customer_closed_day_1 set day = day - 1 where tenant = 'acme' and partition = 2`,
      { projection: 'customers', tenant: 'acme', customer: null, row: { partition: 2 }, columns: ['day'] }],
    ['a checkpoint that was set back', `update projection_partition set position = 0 where name = 'timeline' and partition = ${partitionOf('acme', 'c1')}`,
      `update projection_partition as p set position = (select max(position) from projection_partition where name = 'customers') where name = 'timeline'`, { projection: 'timeline', customer: 'c1', columns: [], folded: null }],
  ])('finds %s', async (_title, statement, mend, wanted) => {
    const report = await while_(statement, mend);
    expect(report.equal).toBe(false);
    expect(report.log.flaws).toBe(0);
    expect(report.differences).toEqual(expect.arrayContaining([expect.objectContaining(wanted)]));
    const others = report.projections.filter(({ projection }) => projection !== wanted.projection);
    expect(others.map(({ different }) => different)).toEqual([0, 0]);
  }, 60_000);

  const [F1, NEVER] = ['f1', 'never'].map((id) => idBytes('acme', { source: 'test', id }));
  const event = (customer: string, revision: number) => `where stream = '${customer}' and revision = ${revision}`;
  it.each([
    ['an event without an id', `delete from event_id where id = '${F1}'`, `insert into event_id values ('${F1}', '1', 1)`, 'ids', 'The event at position 1 (test/f1) has no id row: sent again it would be stored twice.'],
    ['an id without an event', `insert into event_id values ('${NEVER}', 'x', 1)`, `delete from event_id where id = '${NEVER}'`, 'ids', `The id acme\\000test\\000never is taken by position 1, where no such event stands: it could never be sent.`],
    ['an id that names another position', `update event_id set position = 2 where id = '${F1}'`, `update event_id set position = 1 where id = '${F1}'`, 'ids', 'The event at position 1 (test/f1) has an id row that says position 2.'],
    ['a stream that is said to be longer', `update stream set revision = revision + 1 where id = 'c2'`, `update stream set revision = revision - 1 where id = 'c2'`, 'streams', 'The stream customer/c2 has 3 events and says that its last revision is 3.'],
    ['a revision that is missing', `update log set revision = 7 ${event('c2', 1)}`, `update log set revision = 1 ${event('c2', 7)}`, 'streams', 'The revisions of the stream customer/c2 are not 0, 1, 2 and so on.'],
    ['positions out of the order of revisions', `update log set revision = 9 ${event('c2', 0)}; update log set revision = 0 ${event('c2', 1)}; update log set revision = 1 ${event('c2', 9)}`,
      `update log set revision = 9 ${event('c2', 0)}; update log set revision = 0 ${event('c2', 1)}; update log set revision = 1 ${event('c2', 9)}`, 'streams', 'The positions of the stream customer/c2 do not rise with its revisions.'],
    ['a stream without a row', `delete from stream where id = 'c2'`, `insert into stream values ('acme', 'customer', 'c2', 2)`, 'ids', expect.stringMatching(/^The event at position \d+ belongs to the stream customer\/c2, of which there is no row\.$/)],
    ['a checkpoint beyond the end', `update projection_partition set position = position + 1000 where name = 'timeline' and partition = 4`, `update projection_partition set position = position - 1000 where name = 'timeline' and partition = 4`,
      'checkpoints', expect.stringMatching(/^Partition 4 of generation 1 of timeline says that it stands at \d+, beyond the end of the log\.$/)],
    ['who is held by a fact that is not there', `update parked set position = 2 where customer = 'c3'`, `update parked set position = (select position from log where id = 'bad') where customer = 'c3'`, 'parked', expect.stringMatching(/^The customer c3 is held /)],
  ])('finds %s', async (_title, statement, mend, check, says) => {
    const several = statement.includes(';');
    if (several) await admin.query(statement);
    const report = several ? await verified(worker) : await while_(statement, mend);
    if (several) await admin.query(mend);
    expect(report.equal).toBe(false);
    expect(report.flaws).toEqual(expect.arrayContaining([expect.objectContaining({ check, says })]));
    expect(new Set(report.flaws.map((flaw) => flaw.check))).toEqual(new Set([check]));
  }, 60_000);

  const small = { positions: 20, ids: 20, streams: 10, customers: 10 };
  it('counts all in pages of any size what it counts in one', async () => {
    const { seconds, ...whole } = await verified(worker);
    expect(await verified(worker, { pages: small })).toMatchObject(whole);
  });

  // The last in the order of each loop: positions, ids, streams, customers, and rows of whom there is no stream.
  const LAST = CUSTOMERS * 3 + 7;
  it.each([
    ['events', `with gone as (delete from event_id where position = ${LAST} returning *) select * into saved from gone`, `insert into event_id select * from saved; drop table saved`, { flaws: [{ check: 'ids', says: expect.stringContaining(`position ${LAST} `) }] }],
    ['ids', `insert into event_id values ('\\xff', 'x', 1)`, `delete from event_id where id = '\\xff'`, { flaws: [{ check: 'ids', says: expect.stringContaining('could never be sent') }] }],
    ['streams', `update stream set revision = revision + 1 where tenant = 'umbra' and id = 'c9'`, `update stream set revision = revision - 1 where tenant = 'umbra' and id = 'c9'`, { flaws: [{ check: 'streams', says: expect.stringContaining('customer/c9') }] }],
    ['customers', `update customer_1 set name = 'Other' where customer = 'c9'`, `update customer_1 set name = 'Customer 9' where customer = 'c9'`, { differences: [{ customer: 'c9', columns: ['name'] }] }],
    ['rows of nobody', `insert into timeline_1 select tenant, 'ghost-' || place, position, occurred_at, family, type, standing from timeline_1, generate_series(1, 12) as place where customer = 'c1' and type = 'customer.registered'`,
      `delete from timeline_1 where customer like 'ghost-%'`, { differences: Array.from({ length: 12 }, () => ({ projection: 'timeline', customer: expect.stringMatching(/^ghost-/) })) }],
  ])('finds a difference on the last of many pages of %s', async (_title, statement, mend, wanted) => {
    expect(await while_(statement, mend, { pages: small })).toMatchObject({ equal: false, ...wanted });
  }, 60_000);

  it('says the same of a customer whom it cannot fold', async () => {
    const failing = new CustomersProjection({ ...customerSteps, refold: (state, ...rest) => { if (state.customer === 'c4') throw new Error('Not this one'); customerSteps.refold(state, ...rest); } });
    const report = await verified(worker, { projections: [failing] });
    expect(report.projections).toMatchObject([{ different: 1 }]);
    expect(report.differences).toMatchObject([{ customer: 'c4', columns: [], failure: 'Not this one' }]);
  });

  it('finds nothing while a worker follows an import, late facts and the close of days', async () => {
    broken.on = false;
    const projector = follow();
    await projector.start();
    let telling = true;
    const teller = (async () => {
      for (let n = 0; telling; n++) {
        await append('acme', `d${n % 300}`, ...Array.from({ length: 3 }, (_, index) => fact('ticket.opened', { ticket: `D${n}-${index}` })));
        if (n % 100 === 0) await closeDay('acme', 3 + n / 100);
        await new Promise((wake) => setTimeout(wake, 25));
      }
    })();
    const seen = [];
    const began = told;
    for (let round = 0; round < 2; round++) seen.push(await verified(worker));
    expect(told - began).toBeGreaterThan(100);
    telling = false;
    await teller;
    expect(seen.map(({ flaws, differences }) => ({ flaws, differences }))).toEqual(seen.map(() => ({ flaws: [], differences: [] })));
    await caughtUp(worker, store);
    expect(await verified(worker)).toMatchObject({ equal: true, projections: [{ different: 0, waiting: 0 }, { different: 0, waiting: 0 }, { different: 0, waiting: 0 }] });
    await projector.stop();
  }, 120_000);

  it('tells rows that wait to be computed anew apart from such that differ', async () => {
    await admin.query(`update customer_1 set stale_from = (select position from log where stream = 'c1' limit 1), score = 7 where customer = 'c1'`);
    expect(await verified(worker)).toMatchObject({ equal: true, projections: [{ different: 0, waiting: 1 }, { waiting: 0 }, { waiting: 0 }] });
    const projector = follow();
    await projector.start();
    await append('acme', 'c2', fact('ticket.opened', { ticket: 'Wake up' }));
    await eventually(async () => (await verified(worker)).projections.every(({ waiting }) => waiting === 0));
    expect(await verified(worker)).toMatchObject({ equal: true });
    await projector.stop();
  }, 60_000);

  it('cannot be done where no worker has run', async () => {
    await expect(verified(worker, { projections: [...projections(), { ...new TimelineProjection(), name: 'other' } as unknown as TimelineProjection] })).rejects.toMatchObject({ name: 'CannotVerify' });
  });
});
