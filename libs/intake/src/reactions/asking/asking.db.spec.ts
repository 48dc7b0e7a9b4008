import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore, ensureTenant, pendingOf, type Reaction, Reactor } from '#event-store';
import type { JourneyEvent } from '#journey';
import { openIntake, tenant } from '../../testing/open-intake.js';
import { askingAfterFacts } from './ask-after-fact.js';
import { askingByCalendar } from './ask-by-calendar.js';
import { askingEnds } from './expire.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
let house: Awaited<ReturnType<typeof openIntake>>;
let clock: number;
let start: number;
let told = 0;
const running: Reactor[] = [];
const warnings: string[] = [];

beforeEach(async () => {
  house = await openIntake();
  await ensureTenant(house.worker, tenant, 'Europe/Berlin');
  start = clock = Date.now() - 5 * DAY;
  warnings.length = 0;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((reactor) => reactor.stop()));
  await house.close();
});

async function reactor(reactions: readonly Reaction[] = [askingAfterFacts, askingByCalendar, askingEnds], store: EventStore = house.store): Promise<Reactor> {
  const made = new Reactor({ worker: house.worker, store, reactions, check: () => undefined, warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`), now: () => new Date(clock) });
  running.push(made);
  await made.start();
  await made.look();
  return made;
}

/** `at`: days after the start. */
const tell = async (at: number, type: string, data: Record<string, unknown>, customer = 'nordlicht') => {
  const [verdict] = await house.record([{ id: `t-${++told}`, source: 'crm', type, customer, data, time: new Date(start + at * DAY).toISOString() }]);
  if (verdict!.status !== 'appended') throw new Error(JSON.stringify(verdict));
};
const setting = async (category: string, id: string, type: string, data: Record<string, unknown>) => {
  const n = ++told;
  const [verdict] = await house.store.append([{ stream: { tenant, category, id }, expected: 'any', events: [{ source: 'touchline:asking', id: `s-${n}`, type, version: 1, occurredAt: new Date(clock).toISOString(), actor: { kind: 'person', id: 'mara' }, data, bodyHash: String(n) }] }]);
  expect(verdict!.status).toBe('appended');
};
const program = (id: string, more: object = {}) => setting('surveyprogram', id, 'surveyprogram.set', { program: id, instrument: 'csat', trigger: 'ticket-resolved', whom: 'ticket-contact', channel: 'mail', ...more });
const added = (contact: string, more: object = {}, customer?: string) => tell(-30, 'contact.added', { contact, name: contact, role: 'user', email: `${contact}@nordlicht.example`, ...more }, customer);
const solved = async (at: number, ticket: string, contact = 'ann') => {
  await tell(at - 0.01, 'ticket.opened', { ticket, contact });
  await tell(at, 'ticket.resolved', { ticket });
};
const surveys = async (customer = 'nordlicht'): Promise<JourneyEvent[]> => (await house.stream(customer)).filter(({ type }) => type.startsWith('survey.'));
const said = async (customer?: string) => (await surveys(customer)).map(({ type, data }) => [type.slice(7), data['reason'] ?? data['contact']]);
const goTo = async (days: number, ...reactors: Reactor[]) => {
  clock = start + days * DAY;
  await Promise.all(reactors.map((each) => each.look()));
};

describe('A ticket that was solved', () => {
  it('asks who opened it when the delay is over, and says what made it ask', async () => {
    const asking = await reactor();
    await program('after', { delayMinutes: 24 * 60, expiresAfterDays: 10 });
    await added('ann');
    await solved(1, 'T1');
    await goTo(1.9, asking);
    expect(await said()).toEqual([]);
    await goTo(2, asking);
    await goTo(2.5, asking);
    const [event, ...others] = await surveys();
    expect(others).toEqual([]);
    const resolved = (await house.stream('nordlicht')).find(({ type }) => type === 'ticket.resolved')!;
    expect(event).toMatchObject({ type: 'survey.requested', source: 'touchline:asking', data: {
      contact: 'ann', ticket: 'T1', program: 'after', channel: 'mail', because: { source: 'crm', id: resolved.id }, instrument: { id: 'csat', version: 1, bar: 4 }, until: new Date(start + 12 * DAY).toISOString(),
    } });
    expect([await house.worker.statements((sql) => pendingOf(sql, tenant, 'asking')), warnings]).toEqual([[], []]);
  });

  it('asks nobody when it was reopened meanwhile, and asks when it is solved for good', async () => {
    const asking = await reactor();
    await program('after', { delayMinutes: 24 * 60 });
    await added('ann');
    await solved(0.5, 'T1');
    await goTo(1, asking);
    await tell(1, 'ticket.reopened', { ticket: 'T1' });
    await goTo(1.6, asking);
    await tell(2, 'ticket.resolved', { ticket: 'T1' });
    await goTo(3, asking);
    expect(await said()).toEqual([['suppressed', 'ticket-reopened'], ['requested', 'ann']]);
  });

  it('asks once where two programs, four tickets and two processes want to ask at the same moment', async () => {
    const decided = new Set<string>();
    /** Nobody writes before all have decided on what they read. */
    const together: Reaction = { ...askingAfterFacts, act: async (item, work) => {
      const outcome = await askingAfterFacts.act(item, work);
      decided.add(item.subject);
      for (let n = 0; decided.size < 4 && n < 300; n++) await new Promise((wake) => setTimeout(wake, 10));
      return outcome;
    } };
    const two = [await reactor([together]), await reactor([together])];
    await program('after');
    await program('also', { whom: 'users', instrument: 'ces' });
    await added('ann');
    for (const ticket of ['T1', 'T2', 'T3', 'T4']) await solved(1, ticket);
    await goTo(1.1, ...two);
    expect(decided.size).toBe(4);
    expect((await said()).map(String).sort()).toEqual(['requested,ann', ...Array(7).fill('suppressed,asked-lately')]);
    expect(warnings).toEqual([]);
  });

  it('asks once in a merged customer too, whichever of them the ticket was told of', async () => {
    const asking = await reactor();
    await program('after');
    await added('ann');
    await tell(-1, 'customer.registered', { name: 'Other' }, 'other');
    await tell(0, 'customer.merged', { into: 'nordlicht' }, 'other');
    await tell(0.5, 'ticket.opened', { ticket: 'T9', contact: 'ann' }, 'other');
    await tell(0.6, 'ticket.resolved', { ticket: 'T9' }, 'other');
    await solved(1, 'T1');
    await goTo(1.1, asking);
    expect([await said(), await said('other')]).toEqual([[['requested', 'ann'], ['suppressed', 'asked-lately']], []]);
  });

  it('asks nobody of a year of history, of what was taken back, or for a program that is stopped', async () => {
    const asking = await reactor();
    await program('stopped');
    await setting('surveyprogram', 'stopped', 'surveyprogram.stopped', { program: 'stopped' });
    await program('after', { delayMinutes: 60 });
    await added('ann');
    for (let week = 52; week > 1; week--) await solved(-7 * week, `old-${week}`);
    await solved(1, 'T1');
    await house.record([{ id: 'r', source: 'crm', type: 'record.retracted', customer: 'nordlicht', data: { events: [{ source: 'crm', id: `t-${told}` }], reason: 'wrong' } }]);
    await goTo(3, asking);
    expect(await said()).toEqual([]);
  });

  it('is not asked about by a program that was set when the moment had passed', async () => {
    const asking = await reactor();
    await program('slow', { delayMinutes: 3 * 24 * 60 });
    await added('ann');
    await solved(1, 'T1');
    await goTo(2, asking);
    await program('at-once', { instrument: 'ces' });
    await goTo(4, asking);
    expect((await surveys()).map(({ data }) => data['program'])).toEqual(['slow']);
  });

  it('says who was erased, and asks by the version of the question that was published last', async () => {
    const asking = await reactor();
    await program('after');
    await setting('instrument', 'csat', 'instrument.published', { id: 'csat', version: 2, name: 'New', kind: 'csat', min: 1, max: 7, question: 'Well?', worst: 'no', best: 'yes', bar: 5, excellentFrom: 7, asksLostTime: false, commentPrompt: 'Why?', subject: 'support' });
    await added('ann');
    await added('bob');
    await house.intake.erasures.destroy(tenant, 'bob', { reason: 'other' }, { kind: 'system', id: 'x' });
    await solved(1, 'T1');
    await solved(1, 'T2', 'bob');
    await goTo(1.1, asking);
    expect((await surveys()).map(({ data }) => [data['contact'], data['reason'], (data['instrument'] as { version: number; max: number }).version, (data['instrument'] as { max: number }).max]))
      .toEqual([['ann', undefined, 2, 7], ['bob', 'erased', 2, 7]]);
  });

  it('that was put on the agenda is decided once, though the process died after it was written', async () => {
    let died = false;
    const dying: EventStore = new Proxy(house.store, { get: (target, name) => (name !== 'append' ? Reflect.get(target, name).bind(target) : async (appends: Parameters<EventStore['append']>[0]) => {
      const verdicts = await target.append(appends);
      if (!died) { died = true; throw new Error('pulled the plug'); }
      return verdicts;
    }) });
    const asking = await reactor([askingAfterFacts], dying);
    await program('after');
    await added('ann');
    await solved(1, 'T1');
    await goTo(1.1, asking);
    expect(warnings).toHaveLength(1);
    await goTo(1.2, asking);
    expect([died, await said()]).toEqual([true, [['requested', 'ann']]]);
  });
});

describe('A program that goes by the calendar', () => {
  it('asks people who were there long before it, once, and in the morning of the day when it is their turn again; across the change to summer time too', async () => {
    start = clock = Date.parse('2027-02-20T15:30:00Z');
    const asking = await reactor();
    for (const customer of ['c1', 'c2', 'c3']) await house.store.append([{ stream: { tenant, category: 'customer', id: customer }, expected: 'none', events: [{
      source: 'old', id: `old-${customer}`, type: 'contact.added', version: 1, occurredAt: '2025-01-01T00:00:00.000Z', actor: { kind: 'system', id: 'old' }, data: { contact: `p-${customer}`, name: 'x', role: 'payer', email: 'y' }, bodyHash: customer }] }]);
    await program('quarterly', { trigger: 'cadence', whom: 'payers', days: 40, instrument: 'nps' });
    const asked = async () => (await Promise.all(['c1', 'c2', 'c3'].map((each) => said(each)))).flat().length;
    await asking.look();
    const atOnce = await asked();
    for (let minute = 0; minute < 20; minute++) await goTo(minute * MINUTE / DAY, asking);
    // Not all of them at the same moment.
    expect([atOnce < 3, await asked()]).toEqual([true, 3]);
    expect([await said('c1'), await said('c2'), await said('c3')]).toEqual(['c1', 'c2', 'c3'].map((each) => [['requested', `p-${each}`]]));
    for (let day = 1; day < 90; day++) await goTo(day, asking);
    const times = (await surveys('c2')).map(({ type, occurredAt }) => [type, occurredAt.slice(0, 10)]);
    expect(times).toEqual([['survey.requested', '2027-02-20'], ['survey.requested', '2027-04-01'], ['survey.requested', '2027-05-11']]);
    // At nine in Berlin, in winter and in summer; each part of the customers at its own minute.
    const next = async () => (await house.worker.statements((sql) => pendingOf(sql, tenant, 'asking-by-calendar')))[0]!.at;
    expect(await next()).toBe('2027-05-21T07:00:00.000Z');
    await program('winter', { trigger: 'cadence', whom: 'payers', days: 40, instrument: 'nps' });
    await program('winter', { trigger: 'cadence', whom: 'payers', days: 50, instrument: 'nps' });
    await setting('surveyprogram', 'quarterly', 'surveyprogram.stopped', { program: 'quarterly' });
    start = Date.parse('2027-11-01T15:30:00Z');
    await goTo(0, asking);
    expect(await next()).toBe('2027-11-02T08:00:00.000Z');
    // One round of those that stand: of what was stopped, or set anew, nothing goes on.
    const pending = (await house.worker.statements((sql) => pendingOf(sql, tenant, 'asking-by-calendar'))).map(({ subject }) => subject);
    expect([pending.length, pending.every((subject) => subject.startsWith('winter/'))]).toEqual([20, true]);
  });

  it('asks who is known at two customers at both, under two numbers', async () => {
    const asking = await reactor();
    await added('ann');
    await added('ann', {}, 'other');
    await program('quarterly', { trigger: 'cadence', whom: 'everybody', days: 90, instrument: 'nps' });
    await goTo(1, asking);
    const [one, two, ...more] = [...await surveys(), ...await surveys('other')];
    expect([one!.data['contact'], two!.data['contact'], more]).toEqual(['ann', 'ann', []]);
    expect(one!.data['survey']).not.toBe(two!.data['survey']);
  });
});

describe('A question', () => {
  const sent = (survey: string) => tell(1, 'survey.sent', { survey, instrument: { kind: 'csat', min: 1, max: 5 }, contact: 'ann', program: 'after', until: new Date(start + 10 * DAY).toISOString() });

  it('ends unanswered when its time is over; one that was answered does not', async () => {
    const asking = await reactor();
    await sent('V1');
    await sent('V2');
    await tell(2, 'survey.responded', { survey: 'V2', instrument: { kind: 'csat', min: 1, max: 5 }, score: 3, contact: 'ann' });
    await goTo(9.9, asking);
    expect((await said()).filter(([type]) => type === 'expired')).toEqual([]);
    await goTo(10 + MINUTE / DAY, asking);
    expect((await surveys()).filter(({ type }) => type === 'survey.expired').map(({ data }) => data)).toEqual([{ survey: 'V1' }]);
  });
});
