import pg from 'pg';
import { Database, ensureTenant, eventStoreMigrations, generateMasterKey, KeyRing, migrate, type NewEvent, parseMasterKey, PostgresEventStore, Projector, seal } from '#event-store';
import { dayCounter } from '#insight';
import type { Position } from '#journey';
import { freshDatabase } from '../../../../test/support/database.js';
import { projections } from '../projections/projections.js';
import { FrozenOrder1763920000000 } from '../migrations/1763920000000-frozen-order.js';
import { RiskAnnouncements1764400000101 } from '../migrations/1764400000101-risk-announcements.js';
import { HealthAnnouncements1764500000201 } from '../migrations/1764500000201-health-announcements.js';
import { ConditionsTold1764600000501 } from '../migrations/1764600000501-conditions-told.js';
import { Staff1764600000502 } from '../migrations/1764600000502-staff.js';
import { ReportSchedule1764700000951 } from '../migrations/1764700000951-report-schedule.js';
import { ToldIsRead1764600000601 } from '../migrations/1764600000601-told-is-read.js';
import type { ReadModelOptions } from '../reading.js';
import { untilVisible } from '../visible.js';

export const tenant = 'acme';
const TIME_ZONE = 'Europe/Berlin';

/** Its today, which is a day ahead of that of UTC for an hour or two of each day. */
export const todayThere = (): number => dayCounter(TIME_ZONE)(new Date().toISOString());

type Fact = [type: string, data: Record<string, unknown>];

/** Facts that bring a customer onto today's list. */
export const TROUBLE: Fact[] = [
  ['subscription.started', { subscription: 'S1', recurring: { amount: 1_000, currency: 'EUR' }, interval: 'month', seats: 10 }], ['subscription.cancellation-requested', { subscription: 'S1' }],
  ['usage.reported', { from: '2026-01-05', to: '2026-01-11', licensed: 10, active: 1, features: ['a'] }],
  ['ticket.opened', { ticket: 'T1' }], ['ticket.escalated', { ticket: 'T1' }], ['ticket.reopened', { ticket: 'T1' }],
  ['invoice.issued', { invoice: 'I1', amount: { amount: 1, currency: 'EUR' }, dueOn: '2026-01-01' }], ['invoice.overdue', { invoice: 'I1' }],
  ['promise.made', { promise: 'P1', dueOn: '2026-01-01' }], ['promise.broken', { promise: 'P1' }], ['goal.set', { goal: 'G1', whose: 'customer' }], ['goal.missed', { goal: 'G1' }],
];

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const nps = { kind: 'nps', scale: '0-10' };

/** Facts from which enough is known for a score, which a ceiling holds down. */
export const SCORED: Fact[] = [
  ...TROUBLE, ['usage.reported', { from: daysAgo(8), to: daysAgo(2), licensed: 10, active: 5, features: ['a', 'b'] }],
  ['survey.responded', { survey: 'V1', contact: 'p1', role: 'payer', score: 3, ...nps }], ['survey.responded', { survey: 'V2', contact: 'u1', role: 'user', score: 8, ...nps }],
  ['engagement.call-held', { with: ['p1'], twoWay: true }],
];

/** The way out on a database of its own, with a worker that follows. `readers`: connections that queries share. */
export async function openReadModel({ readers = 4 } = {}) {
  const fresh = await freshDatabase(async (url) => void await migrate(url, [...eventStoreMigrations, FrozenOrder1763920000000, RiskAnnouncements1764400000101, HealthAnnouncements1764500000201, ConditionsTold1764600000501, Staff1764600000502, ToldIsRead1764600000601, ReportSchedule1764700000951]));
  const worker = new Database(fresh.url, 'touchline_worker', 16);
  const reader = new Database(fresh.url, 'touchline_reader', readers);
  const masterKey = parseMasterKey(generateMasterKey());
  const store = new PostgresEventStore(worker);
  let projector = new Projector({ store, worker, projections: projections(), owner: 'test' });
  const sealer = new KeyRing(worker, masterKey);
  await ensureTenant(worker, tenant, TIME_ZONE);
  await projector.start();
  let told = 0;

  /** Facts of one customer, visible when it resolves. */
  const tell = (customer: string, ...facts: Fact[]): Promise<Position> => tellIn(tenant, customer, ...facts);

  /** The same of another tenant. */
  const tellIn = async (of: string, customer: string, ...facts: Fact[]): Promise<Position> => {
    const events = facts.map(([type, data]): NewEvent => {
      told += 1;
      return { source: 'test', id: `f${told}`, type, version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data, bodyHash: String(told) };
    });
    const [verdict] = await store.append([{ stream: { tenant: of, category: 'customer', id: customer }, expected: 'any', events }]);
    if (verdict!.status !== 'appended') throw new Error(verdict!.status);
    const position = verdict!.positions.at(-1)!;
    await untilVisible(worker, of, position, 10_000);
    return position;
  };

  return {
    worker, reader, store, tell, tellIn,
    /** Statements as who owns the schema. */
    owner: async (text: string): Promise<void> => {
      const client = new pg.Client(fresh.adminUrl);
      await client.connect();
      await client.query(text).finally(() => client.end());
    },
    /** Waits until people read what a position holds. */
    visible: (position: Position): Promise<void> => untilVisible(worker, tenant, position, 10_000),
    /** One fact, visible when it resolves. @returns its id; the source is `test` */
    told: async (customer: string, type: string, data: Record<string, unknown>): Promise<string> => {
      await tell(customer, [type, data]);
      return `f${told}`;
    },
    /** As a process has it that has just started: nothing is in memory. */
    model: (): ReadModelOptions => ({ reader, worker, keys: new KeyRing(reader, masterKey), now: () => new Date() }),
    sealed: async (contact: string, path: string, value: unknown) => {
      const subject = `contact:${contact}`;
      return seal((await sealer.keysFor(tenant, [subject])).get(subject)!, { tenant, path }, value);
    },
    /** Another worker in the place of the one that follows; in between, what `meanwhile` does. */
    deploy: async (meanwhile: () => Promise<void>): Promise<void> => {
      await projector.stop();
      await meanwhile();
      projector = new Projector({ store, worker, projections: projections(), owner: 'next' });
      await projector.start();
    },
    close: async () => {
      await projector.stop();
      await store.close();
      await Promise.all([worker.close(), reader.close()]);
      await fresh.drop();
    },
  };
}
