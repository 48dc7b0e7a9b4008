import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSecretKey, randomBytes } from 'node:crypto';
import { beginRebuild, Database, ensureTenant, eventStoreMigrations, KeyRing, listParked, migrate, type NewEvent, partitionOf, PostgresEventStore, progressOf, Projector, refoldCustomers, resumeProjection, stoppedProjections } from '#event-store';
import { dateOfDay } from '#insight';
import { effectiveEvents, type JourneyEvent, parsePosition } from '#journey';
import { dayOfIn, getCustomer, projections, readModelMigrations } from '#read-model';
import { correctedHistories } from '../../libs/insight/src/testing/histories.js';
import { customerSteps } from '../../libs/read-model/src/customers/customer-state.js';
import { CustomersProjection } from '../../libs/read-model/src/customers/customers-projection.js';
import { TimelineProjection } from '../../libs/read-model/src/timeline/timeline-projection.js';
import { timelineSteps } from '../../libs/read-model/src/timeline/touch-row.js';
import { PAGES } from '../../libs/event-store/src/verify/pages.js';
import { verifyProjection } from '../../libs/event-store/src/verify/verify-projection.js';
import { freshDatabase } from '../support/database.js';
import { caughtUp, eventually, rebuilt, rowsOf } from '../support/read-models.js';

const ZONE = 'Europe/Berlin';
/** What goes wrong at the moment; nothing when empty. */
const fault: { fact?: (event: JourneyEvent) => boolean; row?: (customer: string) => 'throws' | 'not a number' | undefined; close?: string } = {};
const check = (events: readonly JourneyEvent[]) => {
  const bad = events.find((event) => fault.fact?.(event));
  if (bad) throw new TypeError(`The fact "${bad.id}" cannot be read`);
};
const faulty = [
  new CustomersProjection({
    ...customerSteps, addToState: (state, event, ...rest) => { check([event]); customerSteps.addToState(state, event, ...rest); },
    refold: (state, stream, ...rest) => { check(effectiveEvents(stream)); customerSteps.refold(state, stream, ...rest); },
    moveToDay: (state, ...rest) => { if (state.customer === fault.close) throw new Error('The day cannot be closed'); customerSteps.moveToDay(state, ...rest); },
    rowOf: (state, ...rest) => {
      const wrong = fault.row?.(state.customer);
      if (wrong === 'throws') throw new Error('There is no row for this');
      return { ...customerSteps.rowOf(state, ...rest), ...(wrong ? { coverage: Number.NaN } : {}) };
    },
  }),
  new TimelineProjection({
    touchOf: (event) => { check([event]); return timelineSteps.touchOf(event); },
    touchesOf: (stream) => { check(stream); return timelineSteps.touchesOf(stream); },
  }),
];

describe('A fact that cannot be handled holds back its customer only', () => {
  let worker: Database;
  let reader: Database;
  let store: PostgresEventStore;
  let projector: Projector;
  let drop: () => Promise<void>;
  let told = 0;
  const warnings: string[] = [];
  const parkedOf = async (tenant: string) => (await listParked(worker, { tenant })).filter(({ live }) => live);
  const retry = async (tenant: string) => {
    const parked = await listParked(worker, { tenant });
    for (const projection of faulty) await refoldCustomers(worker, projection, parked.filter(({ projection: name }) => name === projection.name));
  };

  beforeAll(async () => {
    const fresh = await freshDatabase(async (url) => { await migrate(url, [...eventStoreMigrations, ...readModelMigrations]); });
    drop = fresh.drop;
    worker = new Database(fresh.url, 'touchline_worker', 16);
    reader = new Database(fresh.url, 'touchline_reader', 2);
    store = new PostgresEventStore(worker);
    projector = new Projector({ store, worker, projections: faulty, owner: 'test', batchSize: 7, warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`) });
    await projector.start();
  });
  beforeEach(() => { for (const key of Object.keys(fault)) delete fault[key as keyof typeof fault]; });
  afterAll(async () => {
    await projector.stop();
    await store.close();
    await Promise.all([worker.close(), reader.close()]);
    await drop();
  });

  const append = async (tenant: string, customer: string, events: readonly NewEvent[]) => {
    for (const event of events) await store.append([{ stream: { tenant, category: 'customer', id: customer }, expected: 'any', events: [event] }]);
  };
  const fact = (type: string, data: Record<string, unknown>): NewEvent => {
    told += 1;
    return { source: 'test', id: `f${told}`, type, version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data, bodyHash: String(told) };
  };
  const closeDay = (tenant: string, ahead: number) => {
    const day = dateOfDay(dayOfIn(ZONE)(new Date().toISOString()) + ahead);
    return store.append([{ stream: { tenant, category: 'clock', id: 'days' }, expected: 'any', events: [{ ...fact('clock.day-closed', { day }), id: `${tenant}/${day}` }] }]);
  };

  /** Builds both read models anew, which must not know of any trouble, and wants the same rows, to the last byte. */
  const equalsRebuilt = async (tenants: readonly string[]) => {
    const live = await rowsOf(worker, tenants);
    const begun = new Map<string, number>();
    for (const projection of faulty) begun.set(projection.name, await beginRebuild(worker, projection));
    await rebuilt(worker, store, begun);
    expect(JSON.stringify(await rowsOf(worker, tenants))).toBe(JSON.stringify(live));
  };

  it('and when it can be handled again, a retry gives the rows of a history in which nothing was ever wrong', async () => {
    let runs = 0;
    await fc.assert(fc.asyncProperty(fc.array(correctedHistories(15), { minLength: 3, maxLength: 3 }), fc.nat(), async (histories, pick) => {
      const tenant = `p${++runs}`;
      await ensureTenant(worker, tenant, ZONE);
      const bad = histories[0]![pick % histories[0]!.length]!;
      fault.fact = ({ stream, id, source }) => stream.tenant === tenant && stream.id === 'c0' && id === bad.id && source === bad.source;
      const half = (event: readonly JourneyEvent[], second: boolean) => event.slice(...(second ? [Math.ceil(event.length / 2)] : [0, Math.ceil(event.length / 2)]));
      // Ids are one tenant's: the customers' facts must not meet.
      const tell = (second: boolean) => Promise.all(histories.map((history, n) => append(tenant, `c${n}`, half(history, second).map((event) => ({
        ...event, source: `${event.source}`, id: n === 0 ? event.id : `${event.id}-${n}`, bodyHash: event.id })))));
      await tell(false);
      await closeDay(tenant, 0);
      await tell(true);
      await caughtUp(worker, store);

      const stream = await store.readStream({ tenant, category: 'customer', id: 'c0' });
      const from = stream.findIndex(({ id }) => id === bad.id);
      const parked = await parkedOf(tenant);
      const timeline = parked.find(({ projection }) => projection === 'timeline')!;
      expect(parked.every(({ customer }) => customer === 'c0')).toBe(true);
      expect(timeline).toMatchObject({ type: bad.type, position: stream[from]!.position, error: `The fact "${bad.id}" cannot be read`, partition: partitionOf(tenant, 'c0') });
      expect(timeline.events.map(({ position }) => position)).toEqual(stream.slice(from).map(({ position }) => position));
      const held = await rowsOf(worker, [tenant]);
      expect(held.timeline.filter(({ customer }) => customer === 'c0')).toHaveLength(from);
      expect(held.customers.filter(({ customer, held: isHeld }) => customer !== 'c0' && isHeld)).toEqual([]);
      for (const { customer, position } of parked.filter(({ projection }) => projection === 'customers')) {
        const row = held.customers.find((each) => each['customer'] === customer);
        if (row) expect(row).toMatchObject({ held: true });
        if (row) expect(Number(row['position'])).toBeLessThan(parsePosition(position).n);
      }

      await retry(tenant);
      expect((await parkedOf(tenant)).find(({ projection }) => projection === 'timeline')).toMatchObject({ since: timeline.since, position: timeline.position });
      delete fault.fact;
      // More is told while they are tried again: what arrives meanwhile must be neither lost nor applied twice.
      await Promise.all([retry(tenant), append(tenant, 'c0', Array.from({ length: 8 }, () => fact('ticket.opened', { ticket: `T${told}` })))]);
      expect(await parkedOf(tenant)).toEqual([]);
      await caughtUp(worker, store);
      await equalsRebuilt([tenant]);
    }), { numRuns: 5, endOnFailure: true });
    expect(warnings).toEqual([]);
  }, 120_000);

  it('whatever step of the computation fails: the fact, its correction, the row, a figure that is no number, the close of a day', async () => {
    const tenant = 'steps';
    await ensureTenant(worker, tenant, ZONE);
    const customers = ['good', 'throws', 'nan', 'close', 'corrected'];
    for (const customer of customers) await append(tenant, customer, [fact('customer.registered', { name: customer }), fact('ticket.opened', { ticket: 'T1' })]);
    await caughtUp(worker, store);
    const wrong = fact('ticket.opened', { ticket: 'T2' });
    Object.assign(fault, {
      close: 'close', fact: ({ id }: JourneyEvent) => id === wrong.id,
      row: (customer: string) => (customer === 'throws' ? 'throws' : customer === 'nan' ? 'not a number' : undefined),
    });
    for (const customer of customers) await append(tenant, customer, [customer === 'corrected' ? wrong : fact('ticket.escalated', { ticket: 'T1' })]);
    await caughtUp(worker, store);
    await append(tenant, 'corrected', [fact('record.retracted', { events: [{ source: 'test', id: wrong.id }], reason: 'never happened' })]);
    await closeDay(tenant, 0);
    await caughtUp(worker, store);
    const parked = await parkedOf(tenant);
    expect(parked.map(({ projection, customer, type }) => `${projection} ${customer} ${type}`).sort()).toEqual([
      'customers close clock.day-closed', 'customers corrected ticket.opened', 'customers nan customer.registered', 'customers throws customer.registered', 'timeline corrected ticket.opened']);
    const model = { reader, worker, keys: new KeyRing(reader, createSecretKey(randomBytes(32))), now: () => new Date() };
    for (const customer of customers) expect(await getCustomer(model, { tenant, customer })).toMatchObject({ held: customer !== 'good' });

    delete fault.close;
    delete fault.row;
    await retry(tenant);
    // The fact that was taken back is not looked at any more by who folds; the story still wants to tell it.
    expect((await parkedOf(tenant)).map(({ projection, customer }) => `${projection} ${customer}`)).toEqual(['timeline corrected']);
    delete fault.fact;
    await retry(tenant);
    await equalsRebuilt([tenant]);
  }, 60_000);

  it('and goes with its customer into a merge and out of it again', async () => {
    const tenant = 'merges';
    await ensureTenant(worker, tenant, ZONE);
    const bad = fact('ticket.opened', { ticket: 'T2' });
    fault.fact = ({ id }) => id === bad.id;
    await append(tenant, 'b', [fact('customer.registered', { name: 'B' })]);
    await append(tenant, 'a', [fact('customer.registered', { name: 'A' }), bad, fact('ticket.closed', { ticket: 'T2' })]);
    await append(tenant, 'b', [fact('ticket.opened', { ticket: 'T3' })]);
    await caughtUp(worker, store);
    const heldNow = async () => (await parkedOf(tenant)).map(({ projection, customer, waiting }) => `${projection} ${customer} ${waiting}`).sort();
    const unlikeTheLog = async () => {
      const differences = [];
      for (const projection of faulty) {
        const live = (await progressOf(worker)).find((each) => each.name === projection.name && each.live)!.generation;
        for await (const found of verifyProjection(worker, { projection, generation: live }, PAGES)) differences.push(...found.differences.filter((each) => each.tenant === tenant));
      }
      return differences;
    };
    const heldRows = async () => (await rowsOf(worker, [tenant])).customers.filter(({ held }) => held).map(({ customer }) => customer);
    expect([await heldNow(), await heldRows()]).toEqual([['customers a 2', 'timeline a 2'], ['a']]);
    await append(tenant, 'a', [fact('customer.merged', { into: 'b' })]);
    await append(tenant, 'b', [fact('ticket.closed', { ticket: 'T3' })]);
    await caughtUp(worker, store);
    // The bad fact, what came after it of both, and the merge. The story of each is told by itself.
    expect([await heldNow(), await heldRows()]).toEqual([['customers b 5', 'timeline a 3'], ['b']]);
    const { customers } = await rowsOf(worker, [tenant]);
    expect(customers).toMatchObject([{ customer: 'a', status: 'merged', merged_into: 'b' }, { customer: 'b', profile: { name: 'B' } }]);
    expect(await unlikeTheLog()).toEqual([]);
    await retry(tenant);
    expect(await heldNow()).toEqual(['customers b 5', 'timeline a 3']);
    await append(tenant, 'a', [fact('customer.unmerged', {})]);
    await caughtUp(worker, store);
    expect([await heldNow(), await heldRows()]).toEqual([['customers a 4', 'timeline a 4'], ['a']]);
    expect((await rowsOf(worker, [tenant])).customers).toMatchObject([{ customer: 'a', status: 'prospect' }, { customer: 'b', profile: { name: 'B' } }]);
    await append(tenant, 'a', [fact('customer.merged', { into: 'b' })]);
    await caughtUp(worker, store);
    expect(await heldNow()).toEqual(['customers b 7', 'timeline a 5']);
    delete fault.fact;
    await retry(tenant);
    expect(await heldNow()).toEqual([]);
    // Who stands for another without a fact of their own has a row too.
    await append(tenant, 'z', [fact('customer.registered', { name: 'Z' }), fact('customer.merged', { into: 'silent' })]);
    await caughtUp(worker, store);
    expect((await rowsOf(worker, [tenant])).customers).toMatchObject([{ customer: 'a' }, { customer: 'b' }, { customer: 'silent', profile: { name: 'Z' } }, { customer: 'z' }]);
    expect(await unlikeTheLog()).toEqual([]);
    await equalsRebuilt([tenant]);
  }, 60_000);

  it('until too many are held for one cause: then the projection stops, says so, and goes on when it is told to', async () => {
    const tenant = 'many';
    await ensureTenant(worker, tenant, ZONE);
    fault.fact = ({ stream, type }) => stream.tenant === tenant && type === 'ticket.reopened';
    const stopped = async () => (await progressOf(worker)).find(({ name, live }) => name === 'timeline' && live)!.stopped;
    for (let n = 0; n < 10; n++) await append(tenant, `c${n}`, [fact('ticket.reopened', { ticket: 'T1' })]);
    await caughtUp(worker, store);
    expect(await stopped()).toBeNull();
    await append(tenant, 'c10', [fact('ticket.reopened', { ticket: 'T1' })]);
    await eventually(async () => (await stopped()) !== null && (await stoppedProjections(worker)).length >= 2);
    expect(await stopped()).toMatchObject({ cause: 'TypeError: The fact … cannot be read', customers: 11 });
    await append(tenant, 'fine', [fact('ticket.opened', { ticket: 'T1' })]);
    await eventually(async () => warnings.some((warning) => warning.includes('touchline projections resume timeline')));
    await new Promise((wake) => setTimeout(wake, 1_500));
    expect((await rowsOf(worker, [tenant])).timeline.filter(({ customer }) => customer === 'fine')).toEqual([]);

    // Resumed as it is: who is held stays so and counts no more.
    for (const { name } of projections()) await resumeProjection(worker, name);
    await append(tenant, 'c11', [fact('ticket.reopened', { ticket: 'T1' })]);
    await caughtUp(worker, store);
    expect(await stopped()).toBeNull();
    expect((await rowsOf(worker, [tenant])).timeline.filter(({ customer }) => customer === 'fine')).toHaveLength(1);
    expect(new Set((await parkedOf(tenant)).map(({ customer }) => customer)).size).toBe(12);
    delete fault.fact;
    await retry(tenant);
    expect(await parkedOf(tenant)).toEqual([]);
    await equalsRebuilt([tenant]);
  }, 60_000);
});
