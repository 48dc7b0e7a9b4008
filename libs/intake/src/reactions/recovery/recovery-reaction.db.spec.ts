import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ensureTenant, type EventStore, pendingOf, Reactor } from '#event-store';
import { addWorkingTime, type JourneyEvent, recoveriesIn, WORKING_HOURS, type WorkingCalendar } from '#journey';
import { event, openIntake, receivedAt, tenant } from '../../testing/open-intake.js';
import { validateData } from '../../record-events/validate-data.js';
import { recoveryReaction } from './recovery-reaction.js';

const HOUR_MS = 3_600_000;
const csat = { kind: 'csat', min: 1, max: 5, name: 'after-ticket' };
const contact = { system: 'crm', id: 'P-1' };
/** So that clocks run whenever the test does. */
const week = Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, [['00:00', '24:00']]]));
const calendar = { timeZone: 'Europe/Berlin', week, holidays: [] } as unknown as WorkingCalendar;

let house: Awaited<ReturnType<typeof openIntake>>;
let clock: number;
let told = 0;
let customer: string;
const warnings: string[] = [];
const running: Reactor[] = [];

beforeAll(async () => {
  house = await openIntake();
  await ensureTenant(house.worker, tenant, 'Europe/Berlin');
  await house.store.append([{ stream: { tenant, ...WORKING_HOURS }, expected: 'none', events: [{
    source: 'touchline:recovery', id: 'hours', type: 'workinghours.set', version: 1, occurredAt: receivedAt.toISOString(), actor: { kind: 'person', id: 'anna' }, data: { week, holidays: [], reason: 'Day and night' }, bodyHash: 'x',
  }] }]);
});
beforeEach(() => { clock = Date.now(); customer = `c${++told}`; warnings.length = 0; });
afterEach(async () => { await Promise.all(running.splice(0).map((reactor) => reactor.stop())); });
afterAll(() => house.close());

const at = (hours = 0): string => new Date(clock + hours * HOUR_MS).toISOString();
const say = async (type: string, data: object, changes: object = {}) => (await house.record([event(type, { ...data }, { customer, time: at(), ...changes })]))[0]!;
const answer = (score: number, data: object = {}, changes: object = {}) => say('survey.responded', { survey: 'V-1', instrument: csat, score, contact, ticket: 'T-1', ...data }, changes);
const check = ({ type, data }: { type: string; data: object }) => { const problem = validateData(type, 1, data as Record<string, unknown>, '/data', 5); if (problem) throw new Error(problem.detail); };
const start = async (store: EventStore = house.store): Promise<Reactor> => {
  const reactor = new Reactor({ worker: house.worker, store, reactions: [recoveryReaction], check, warn: (message, error) => warnings.push(`${message}: ${(error as Error).message}`), now: () => new Date(clock) });
  running.push(reactor);
  await reactor.start();
  await reactor.look();
  return reactor;
};
const recoveryFacts = async (of = customer): Promise<JourneyEvent[]> => (await house.stream(of)).filter(({ type }) => type.startsWith('recovery.'));
const types = async (of = customer) => (await recoveryFacts(of)).map(({ type }) => type.slice('recovery.'.length));
/** A fact about the customer's only recovery, so many hours from now. */
const step = async (name: string, data: object, hours: number, of = customer) => house.store.append([{ stream: { tenant, category: 'customer', id: of }, expected: 'any', events: [{
  source: 'test', id: `${of}-${name}`, type: `recovery.${name}`, version: 1, occurredAt: at(hours), actor: { kind: 'person', id: 'mara' }, data: { recovery: (await recoveryFacts(of))[0]!.data['recovery'], ...data }, bodyHash: name,
}] }]);
const dead = () => {
  let died = false;
  return new Proxy(house.store, {
    get: (target, name) => (name !== 'append' ? Reflect.get(target, name).bind(target) : async (appends: Parameters<EventStore['append']>[0]) => {
      const verdicts = await target.append(appends);
      if (!died) { died = true; throw new Error('pulled the plug'); }
      return verdicts;
    }),
  }) as EventStore;
};

describe('The recovery reaction', () => {
  it('opens one recovery for a low answer, by the rules and in working time, however often it runs', async () => {
    const reactor = await start();
    await say('customer.registered', { name: 'Nordlicht', owner: 'mara' });
    await answer(2, { wantsContact: true, verbatim: 'Three days!' });
    await reactor.look();
    await answer(1, { contact }, { type: 'survey.response-revised' });
    await reactor.look();
    const facts = await recoveryFacts();
    expect(facts.map(({ type }) => type)).toEqual(['recovery.opened', 'recovery.answer-revised']);
    const [responded] = (await house.stream(customer)).filter(({ type }) => type === 'survey.responded');
    expect(facts[0]).toMatchObject({
      source: 'touchline:recovery', actor: { kind: 'system', id: 'touchline:recovery' },
      data: { reasons: ['low-answer', 'wants-contact'], since: responded!.observedAt, owner: 'mara', ticket: 'T-1', answer: { survey: 'V-1', score: 2, kind: 'csat', min: 1, max: 5, bar: 4 }, because: { source: responded!.source, id: responded!.id }, contact: responded!.data['contact'] },
    });
    expect(facts[0]!.data['clocks']).toEqual([['look', 240], ['contact', 480], ['close', 2_400]].map(([name, minutes]) => ({ clock: name, minutes, by: addWorkingTime(responded!.observedAt, Number(minutes), calendar) })));
    expect(JSON.stringify(facts)).not.toContain('Three days');
  });

  it('opens one although it died between the fact and striking the entry out, and although two processes run', async () => {
    const reactor = await start(dead());
    await answer(2);
    await reactor.look();
    expect(warnings).toEqual([expect.stringContaining('pulled the plug')]);
    clock += 10_000;
    const other = await start();
    await Promise.all([reactor.look(), other.look()]);
    expect(await types()).toEqual(['opened']);
    expect(await house.worker.statements((sql) => pendingOf(sql, tenant, 'recovery')).then((pending) => pending.filter((each) => each.customer === customer).map(({ subject }) => subject.split(':')[0]).sort())).toEqual(['close', 'contact', 'look']);
  });

  it('says that a clock ran out when its time has come, once, and not of a step that is done', async () => {
    const reactor = await start();
    await answer(2);
    await reactor.look();
    const [opened] = await recoveryFacts();
    const recovery = opened!.data['recovery'] as string;
    await reactor.look();
    clock += 3.9 * HOUR_MS;
    await reactor.look();
    expect(await types()).toEqual(['opened']);
    clock += 0.2 * HOUR_MS;
    await reactor.look();
    await reactor.look();
    expect((await recoveryFacts()).slice(1)).toMatchObject([{ type: 'recovery.escalated', data: { recovery, clock: 'look', by: (opened!.data['clocks'] as { by: string }[])[0]!.by } }]);
    const { events, revision } = { events: await house.stream(customer), revision: (await house.stream(customer)).at(-1)!.revision };
    expect(recoveriesIn(events).get(recovery)).toMatchObject({ state: 'open', clocks: { look: { doneAt: null, escalatedAt: expect.any(String) } } });
    await house.record([event('recovery.contacted', { recovery, worked: 300, how: 'call', note: 'Sorry' }, { customer, time: new Date().toISOString() })], { ours: { expected: revision } });
    clock += 50 * HOUR_MS;
    await reactor.look();
    expect(await types()).toEqual(['opened', 'escalated', 'contacted', 'escalated']);
    expect((await recoveryFacts()).at(-1)!.data['clock']).toBe('close');
  });

  it('says what the next answer of the same person proves, and opens the recovery again where it does not', async () => {
    const reactor = await start();
    await answer(2, {}, { time: at(-20) });
    await reactor.look();
    const recovery = (await recoveryFacts())[0]!.data['recovery'] as string;
    const stream = { tenant, category: 'customer', id: customer };
    const close = (id: string, hours: number) => house.store.append([{ stream, expected: 'any', events: [{ source: 'test', id: `${customer}-${id}`, type: 'recovery.closed', version: 1, occurredAt: at(hours), actor: { kind: 'person', id: 'mara' }, data: { recovery, worked: 1 }, bodyHash: id }] }]);
    await close('first', 0.02);
    await answer(1, { survey: 'V-2' }, { time: at(0.05) });
    clock += HOUR_MS;
    await reactor.look();
    expect(await types()).toEqual(['opened', 'closed', 'fix-disproved', 'reopened']);
    const reopened = (await recoveryFacts()).at(-1)!;
    expect(reopened.data).toMatchObject({ recovery, reason: 'fix-disproved', minutes: 2_400, by: addWorkingTime(new Date(clock).toISOString(), 2_400, calendar) });
    clock = Date.parse(reopened.data['by'] as string) + 1_000;
    await reactor.look();
    expect((await types()).slice(4)).toEqual(['escalated', 'escalated', 'escalated']);
  });

  it('opens nothing for history, though it is amended today, but for a new answer that is amended', async () => {
    const reactor = await start();
    const old = await say('survey.responded', { survey: 'V-9', instrument: csat, score: 1 }, { time: '2025-01-10T08:00:00Z' });
    const good = await answer(5, { survey: 'V-8' });
    const amend = (verdict: { id?: string; source?: string }, survey: string) => say('record.amended', { event: { source: verdict.source, id: verdict.id }, data: { survey, instrument: csat, score: 2, contact }, reason: 'typed wrong' });
    await amend(old, 'V-9');
    await reactor.look();
    expect(await types()).toEqual([]);
    await amend(good, 'V-8');
    await reactor.look();
    expect((await recoveryFacts()).map(({ data }) => (data['answer'] as { survey: string }).survey)).toEqual(['V-8']);
  });

  it('opens one where somebody took a good answer for a complaint, and none for an answer that was taken back', async () => {
    const reactor = await start();
    const taken = await answer(1, { survey: 'V-7' });
    await say('record.retracted', { events: [{ source: taken.source, id: taken.id }], reason: 'another customer' });
    await answer(5);
    await reactor.look();
    expect(await types()).toEqual([]);
    const stream = { tenant, category: 'customer', id: customer };
    await house.store.append([{ stream, expected: 'any', events: [{ source: 'test', id: `${customer}-mark`, type: 'survey.marked-complaint', version: 1, occurredAt: at(), actor: { kind: 'person', id: 'mara' }, data: { survey: 'V-1' }, bodyHash: 'm' }] }]);
    await reactor.look();
    expect((await recoveryFacts()).map(({ data }) => data['reasons'])).toEqual([['complaint']]);
  });

  it('takes it for the first look that somebody reads the answer, the first time', async () => {
    const reactor = await start();
    await say('survey.response-viewed', { survey: 'V-1', viewer: 'early' });
    await answer(2);
    await reactor.look();
    for (const viewer of ['mara', 'jonas']) await say('survey.response-viewed', { survey: 'V-1', viewer });
    clock += HOUR_MS;
    await reactor.look();
    expect((await recoveryFacts()).slice(1)).toMatchObject([{ type: 'recovery.acknowledged', data: { worked: 0, viewer: 'mara' } }]);
    clock += 6 * HOUR_MS;
    await reactor.look();
    expect(await types()).toEqual(['opened', 'acknowledged']);
  });

  it('takes customers that are one for one: the person who complained there answers here', async () => {
    const reactor = await start();
    const twin = `${customer}-twin`;
    await answer(2, {}, { customer: twin });
    await reactor.look();
    const recovery = (await recoveryFacts(twin))[0]!.data['recovery'];
    await house.store.append([{ stream: { tenant, category: 'customer', id: twin }, expected: 'any', events: [{ source: 'test', id: `${twin}-closed`, type: 'recovery.closed', version: 1, occurredAt: at(0.02), actor: { kind: 'person', id: 'mara' }, data: { recovery, worked: 1 }, bodyHash: 'c' }] }]);
    await say('customer.registered', { name: 'Nordlicht' });
    await say('customer.merged', { into: customer }, { customer: twin });
    await answer(5, { survey: 'V-2' }, { time: at(0.05) });
    clock += HOUR_MS;
    await reactor.look();
    expect([await types(twin), await types()]).toEqual([['opened', 'closed', 'fix-confirmed'], []]);
  });

  it.each(['dies after it', 'hears the answer again as it was revised', 'hears it again as it was amended', 'hears that it was read'])('has one recovery for an answer that opened a merged customer\'s again, also when it %s', async (what) => {
    const reactor = await start();
    const twin = `${customer}-twin`;
    await answer(2, {}, { customer: twin });
    await reactor.look();
    await step('closed', { worked: 1 }, 0.02, twin);
    await say('customer.registered', { name: 'Nordlicht' });
    await say('customer.merged', { into: customer }, { customer: twin });
    await reactor.look();
    await reactor.stop();
    const other = await start(what.startsWith('dies') ? dead() : house.store);
    const bad = await answer(1, { survey: 'V-2' }, { time: at(0.05) });
    clock += HOUR_MS;
    await other.look();
    clock += 10_000;
    await other.look();
    const time = new Date().toISOString();
    if (what.includes('revised')) await answer(1, { survey: 'V-2' }, { type: 'survey.response-revised', time });
    if (what.includes('amended')) await say('record.amended', { event: { source: bad.source, id: bad.id }, data: { survey: 'V-2', instrument: csat, score: 3, contact }, reason: 'typed wrong' }, { time });
    if (what.includes('read')) await say('survey.response-viewed', { survey: 'V-2', viewer: 'mara' }, { time });
    await other.look();
    const more = what.includes('read') ? ['acknowledged'] : what.startsWith('dies') ? [] : ['answer-revised'];
    expect([await types(), await types(twin)]).toEqual([[], ['opened', 'closed', 'fix-disproved', 'reopened', ...more]]);
  });

  it('judges an answer anew that was amended: it disproves what it had confirmed, and is told where it is good', async () => {
    const reactor = await start();
    const first = await answer(2, {}, { time: at(-20) });
    await reactor.look();
    await step('closed', { worked: 1 }, 0.02);
    const good = await answer(5, { survey: 'V-2' }, { time: at(0.05) });
    clock += HOUR_MS;
    await reactor.look();
    const time = new Date().toISOString();
    const amend = (verdict: { id?: string; source?: string }, survey: string, score: number) => say('record.amended', { event: { source: verdict.source, id: verdict.id }, data: { survey, instrument: csat, score, contact }, reason: 'typed wrong' }, { time });
    const amendment = await amend(good, 'V-2', 1);
    await reactor.look();
    expect(await types()).toEqual(['opened', 'closed', 'fix-confirmed', 'fix-disproved', 'reopened']);
    await amend(first, 'V-1', 5);
    await reactor.look();
    expect((await recoveryFacts()).slice(3)).toMatchObject([{ data: { score: 1, because: { id: amendment.id } } }, {}, { type: 'recovery.answer-revised', data: { survey: 'V-1', score: 5 } }]);
  });

  it('withdraws what an answer opened that was taken back: no clock of it runs any more', async () => {
    const reactor = await start();
    const bad = await answer(1);
    await reactor.look();
    const retraction = await say('record.retracted', { events: [{ source: bad.source, id: bad.id }], reason: 'another customer' });
    await reactor.look();
    clock += 300 * HOUR_MS;
    await reactor.look();
    expect(await types()).toEqual(['opened', 'answer-withdrawn']);
    expect((await recoveryFacts())[1]!.data['because']).toEqual({ source: retraction.source, id: retraction.id });
  });

  it('decides again where the story went on meanwhile', async () => {
    let bad: Awaited<ReturnType<typeof answer>>;
    let isSlow = true;
    const slow = new Proxy(house.store, {
      get: (target, name) => (name !== 'append' ? Reflect.get(target, name).bind(target) : async (appends: Parameters<EventStore['append']>[0]) => {
        if (isSlow) await say('record.retracted', { events: [{ source: bad.source, id: bad.id }], reason: 'another customer' });
        isSlow = false;
        return target.append(appends);
      }),
    }) as EventStore;
    const reactor = await start(slow);
    bad = await answer(2);
    await reactor.look();
    await reactor.look();
    expect([isSlow, await types()]).toEqual([false, []]);
  });
});
