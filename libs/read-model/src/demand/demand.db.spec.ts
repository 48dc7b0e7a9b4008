import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NewEvent } from '#event-store';
import { DEMAND_SORTS } from '#insight';
import { findType } from '#journey';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getCompetition } from './get-competition.js';
import { getDemand } from './get-demand.js';
import { getInitiatives } from './get-initiatives.js';
import { getOutcomes } from './get-outcomes.js';
import { getPresence } from './get-presence.js';
import { getPromises } from './get-promises.js';
import { getTraceability } from './get-traceability.js';
import { outcomesInLog, presenceInLog, promisesInLog, registerInLog } from './testing/log-says.js';

interface Told { readonly id: string; readonly type: string; readonly data: Record<string, unknown>; readonly at: number; readonly observed?: number }
const HOUR = 3_600_000;
const DAYS = 400;
const NOW = Date.now() - 60_000;
const FIRST = NOW - DAYS * 24 * HOUR;
const money = fc.integer({ min: 1, max: 50 }).map((amount) => ({ amount: amount * 1_000, currency: 'EUR' }));
const maybe = <T>(name: string, value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined }).map((given) => (given === undefined ? {} : { [name]: given }));
const both = (...parts: fc.Arbitrary<object>[]) => fc.tuple(...parts).map((all) => Object.assign({}, ...all) as Record<string, unknown>);
const feedback = fc.constantFrom('F-1', 'F-2', 'F-3').map((name) => ({ feedback: name }));
const promise = fc.constantFrom('K-1', 'K-2', 'K-3').map((name) => ({ promise: name }));
const outcome = fc.constantFrom('W-1', 'W-2').map((name) => ({ outcome: name }));
const contact = fc.constantFrom('p-1', 'p-2').map((name) => ({ contact: name }));
const department = fc.constant({ department: 'product' });
const dueOn = fc.integer({ min: -300, max: 60 }).map((days) => new Date(NOW + days * 24 * HOUR).toISOString().slice(0, 10));
const plain = fc.oneof(
  fc.tuple(fc.constantFrom('feedback.request-raised', 'feedback.request-raised', 'feedback.customer-told'), feedback),
  fc.tuple(fc.constant('feedback.themed'), both(feedback, fc.array(fc.constantFrom('mobile', 'printing', 'reports'), { minLength: 1, maxLength: 3 }).map((themes) => ({ themes })))),
  fc.tuple(fc.constant('feedback.answered'), both(feedback, department, maybe('to', fc.constant('p-1')))), fc.tuple(fc.constant('feedback.declined'), both(feedback, department)),
  fc.tuple(fc.constant('promise.made'), both(promise, maybe('dueOn', dueOn))), fc.tuple(fc.constantFrom('promise.kept', 'promise.broken'), promise),
  fc.tuple(fc.constant('goal.outcome-claimed'), both(outcome, maybe('value', money))), fc.tuple(fc.constantFrom('goal.outcome-confirmed', 'goal.outcome-rejected'), both(outcome, maybe('value', money))),
  fc.tuple(fc.constant('contact.added'), both(contact, maybe('sponsor', fc.boolean()), fc.constantFrom('payer', 'user').map((role) => ({ role })))), fc.tuple(fc.constant('contact.left'), contact),
  fc.tuple(fc.constantFrom('engagement.call-held', 'engagement.visit-made'), both(fc.boolean().map((twoWay) => ({ twoWay })), maybe('with', fc.constant(['p-1'])))),
  fc.tuple(fc.constant('usage.reported'), fc.integer({ min: 0, max: 2 }).map((active) => ({ active }))), fc.tuple(fc.constant('survey.responded'), fc.constant({ survey: 'V-1' })),
);
const fact = fc.tuple(plain, fc.integer({ min: 0, max: DAYS * 24 })).map(([[type, data], hour]) => ({ type, data: data as Record<string, unknown>, hour }));
const history = fc.tuple(fc.array(fact, { minLength: 1, maxLength: 25 }), fc.array(fc.tuple(fc.nat(24), fc.boolean()), { maxLength: 3 }), fc.integer({ min: 1, max: 90 }));

describe('Figures of demand', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  let told = 0;
  beforeAll(async () => { house = await openReadModel(); });
  afterAll(() => house.close());

  const tell = async (id: string, all: readonly Told[], category = 'customer') => {
    const events = all.map(({ id: name, type, data, at, observed }): NewEvent => ({ source: 'test', id: name, type, version: findType(type)!.version, occurredAt: new Date(at).toISOString(), ...(observed !== undefined && { observedAt: new Date(observed).toISOString() }), actor: { kind: 'person', id: 'mara' }, data, bodyHash: name }));
    const verdicts = await house.store.append(events.map((event) => ({ stream: { tenant, category, id }, expected: 'any' as const, events: [event] })));
    const last = verdicts.at(-1)!;
    if (last.status !== 'appended') throw new Error(last.status);
    return last.positions.at(-1)!;
  };
  const inLog = <Row>(text: string, ...more: unknown[]) => house.worker.statements((sql) => sql.query<Row & Record<string, any>>(text, [tenant, ...more]));
  const euros = (amounts: readonly { amount: number }[]) => amounts.reduce((sum, { amount }) => sum + amount, 0);

  const asInLog = async (asOf: string) => {
    const options = { tenant, asOf, limit: 500 };
    const model = house.model();
    const rows = await inLog<{ theme: string | null }>(registerInLog, asOf);
    expect(rows.length).toBeGreaterThan(3);
    await expect(getDemand(model, { ...options, sort: 'risk' })).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'sort' });
    for (const sort of DEMAND_SORTS.filter((each) => each !== 'risk')) {
      const { total, themes } = await getDemand(model, { ...options, sort });
      const ours = [...themes.items.map(({ theme, ...weight }) => ({ everything: false, theme, ...weight })).sort((a, b) => ((a.theme ?? '\uffff') < (b.theme ?? '\uffff') ? -1 : 1)), { everything: true, theme: null, ...total }];
      expect(ours.map(({ everything, theme, requests, accounts, open, answered, oldestDays, arr }) => ({ everything, theme, requests, accounts, open, answered, oldest: oldestDays, arr: euros(arr) }))).toEqual(rows);
      for (const { requests, list } of themes.items) expect(list.items).toHaveLength(requests);
    }
    const { figures, overdue, broken, head } = await getPromises(model, options).then((answer) => ({ ...answer, head: answer.today }));
    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: head.timeZone }).format(new Date(asOf));
    const [promises] = await inLog(promisesInLog, asOf, day);
    expect({ promises: figures.promises, kept: figures.kept, broken: figures.broken, overdue: figures.overdue, open: figures.open }).toEqual(promises);
    expect([overdue.items.length, broken.items.length]).toEqual([promises!['overdue'], promises!['broken']]);
    const outcomes = await getOutcomes(model, options);
    const [claims] = await inLog(outcomesInLog, asOf);
    const { claimed, confirmed, rejected, open, value } = outcomes.figures;
    expect({ claimed, confirmed, rejected, open, claimedWorth: euros(value.claimed), confirmedWorth: euros(value.confirmed) }).toEqual(claims);
    expect([outcomes.rejected.items.length, outcomes.open.items.length]).toEqual([rejected, open]);
    const presence = await getPresence(model, options);
    const accounts = await inLog<{ customer: string; arr: number; quiet: boolean; sponsor: string; visited: boolean }>(presenceInLog, asOf);
    const listed = ({ accounts: count, arr, items }: typeof presence.quiet) => { expect(items).toHaveLength(count); return { arr: euros(arr), who: items.map(({ customer }) => customer.id).sort() }; };
    const wanted = (which: (row: (typeof accounts)[number]) => boolean) => ({ arr: accounts.filter(which).reduce((sum, { arr }) => sum + arr, 0), who: accounts.filter(which).map(({ customer }) => customer).sort() });
    expect(listed(presence.quiet)).toEqual(wanted(({ quiet }) => quiet));
    for (const [state, list] of [['never', presence.sponsors.never], ['left', presence.sponsors.left], ['not-met', presence.sponsors.notMet]] as const) expect([state, listed(list)]).toEqual([state, wanted(({ sponsor }) => sponsor === state)]);
    expect(presence.sponsors.live).toBe(wanted(({ sponsor }) => sponsor === 'live').who.length);
    expect(listed(presence.neverVisited)).toEqual(wanted(({ visited }) => !visited));
    return { quiet: presence.quiet.accounts, promises: figures.promises };
  };

  it('are those that plain SQL over the log comes to: late facts, corrections and merges, now and as of an earlier day', async () => {
    let position = '';
    let place = 0;
    for (const [facts, corrections, price] of fc.sample(history, { numRuns: 25, seed: 11 })) {
      const customer = `c${place += 1}`;
      const all = [{ type: 'subscription.started', data: { subscription: `${customer}-S`, recurring: { amount: price * 1_000, currency: 'EUR' }, interval: 'month' }, hour: 0 }, ...facts].map(({ type, data, hour }): Told => ({ id: `h${told += 1}`, type, data, at: FIRST + hour * HOUR }));
      const corrected = new Set<string>();
      const fixes = corrections.flatMap(([index, isGone]): Told[] => {
        const target = all[1 + (index % (all.length - 1))]!;
        if (corrected.has(target.id)) return [];
        corrected.add(target.id);
        const event = { source: 'test', id: target.id };
        return [{ id: `h${told += 1}`, type: isGone ? 'record.retracted' : 'record.amended', data: isGone ? { events: [event], reason: 'slip' } : { event, data: target.data, time: new Date(target.at - 30 * 24 * HOUR).toISOString(), reason: 'slip' }, at: NOW }];
      });
      position = await tell(customer, [...all, ...fixes]);
    }
    await house.visible(position);
    const now = new Date().toISOString();
    const [lately, before] = [await asInLog(now), await asInLog(new Date(NOW - 120 * 24 * HOUR).toISOString())];
    expect(before.promises).toBeLessThan(lately.promises);
    // The rows of today and the log folded as of now say the same, but for the risk.
    const [rows, folded] = [await getDemand(house.model(), { tenant }), await getDemand(house.model(), { tenant, asOf: now })];
    const { arrAtRisk, withoutRisk, ...total } = rows.total;
    expect(folded).toMatchObject({ noRisk: expect.any(String), total: { ...total, arrAtRisk: null, withoutRisk: total.accounts }, coverage: { customers: rows.coverage.customers, withArr: rows.coverage.withArr, withRisk: 0 } });
    expect([rows.noRisk, arrAtRisk!.length, withoutRisk]).toEqual([null, 1, 0]);
    for (const [from, into] of [['c1', 'c2'], ['c3', 'c2'], ['c5', 'c6']] as const) position = await tell(from, [{ id: `h${told += 1}`, type: 'customer.merged', data: { into }, at: NOW }]);
    await house.visible(position);
    await asInLog(now);
  }, 60_000);

  it('say of an initiative who asked, has it, was told; a merge takes the request along; and what was not known by then is not counted', async () => {
    const day = 24 * HOUR;
    await tell('i-asks', [{ id: 'r1', type: 'feedback.request-raised', data: { feedback: 'F-90' }, at: NOW - 50 * day, observed: NOW - 50 * day }]);
    await tell('i-other', [{ id: 'r2', type: 'feedback.request-raised', data: { feedback: 'F-91' }, at: NOW - 45 * day }]);
    await tell('I-9', [{ id: 'i1', type: 'initiative.started', data: { initiative: 'I-9', title: 'Nine', requests: [{ customer: 'i-asks', feedback: 'F-90' }] }, at: NOW - 40 * day, observed: NOW - 40 * day }, { id: 'i2', type: 'initiative.delivered', data: { initiative: 'I-9' }, at: NOW - 20 * day, observed: NOW - 10 * day }], 'initiative');
    await house.visible(await tell('i-asks', [{ id: 'm1', type: 'customer.merged', data: { into: 'i-other' }, at: NOW }]));
    const [nine] = (await getInitiatives(house.model(), { tenant })).initiatives.items.filter(({ initiative }) => initiative === 'I-9');
    expect(nine).toMatchObject({ state: 'delivered', asked: 1, have: 1, told: 0, neverHeard: 1, leftOut: ['i-other'] });
    expect(nine!.customers.items.map(({ customer, requests, events }) => [customer.id, requests, events.map(({ id }) => id)])).toEqual([['i-other', ['F-90'], ['r1']]]);
    const then = (asOf: number, knownAt?: number) => getInitiatives(house.model(), { tenant, asOf: new Date(asOf).toISOString(), ...(knownAt !== undefined && { knownAt: new Date(knownAt).toISOString() }) }).then(({ initiatives }) => initiatives.items.map(({ state }) => state));
    expect([await then(NOW - 15 * day), await then(NOW - 15 * day, NOW - 15 * day), await then(NOW - 30 * day), await then(NOW - 41 * day)]).toEqual([['delivered'], ['running'], ['running'], []]);
    const date = (ago: number) => new Date(NOW - ago * day).toISOString().slice(0, 10);
    const trace = await getTraceability(house.model(), { tenant, from: date(42), to: date(38) });
    expect([trace.share.n, trace.share.value, trace.without, trace.initiatives.items[0]!.evidence]).toEqual([1, 1, [], [{ customer: 'i-other', feedback: 'F-90' }]]);
    await expect(getTraceability(house.model(), { tenant, from: date(1), to: date(5) })).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'from' });
  }, 60_000);

  it('are of the customers of then: who they were, what they paid, and whether they were customers at all; and of what was known of that', async () => {
    const day = 24 * HOUR;
    const some = (id: string, ...facts: [type: string, days: number, data: Record<string, unknown>, observed?: number][]) => tell(id, facts.map(([type, days, data, observed], n) => ({ id: `${id}-${n}`, type, data, at: NOW - days * day, observed: NOW - (observed ?? days) * day })));
    const pays = (subscription: string, amount: number) => ({ subscription, recurring: { amount, currency: 'SEK' }, interval: 'month' });
    const asks = (feedback: string, theme: string): [string, number, Record<string, unknown>][] => [['feedback.request-raised', 200, { feedback }], ['feedback.themed', 200, { feedback, themes: [theme] }]];
    await some('t-grows', ['customer.registered', 300, { name: 'Grows', segment: 't-small', owner: 'anna' }], ['subscription.started', 290, pays('T-1', 1_000)], ...asks('F-71', 'then'), ['subscription.changed', 100, pays('T-1', 2_000), 80], ['customer.profile-changed', 90, { segment: 't-large' }], ['customer.owner-assigned', 90, { owner: 'bert' }]);
    await some('t-ends', ['subscription.started', 290, pays('T-2', 500)], ...asks('F-72', 'then'), ['competitor.mentioned', 70, { competitor: 'Then' }], ['subscription.ended', 50, { subscription: 'T-2', reason: 'voluntary' }]);
    await some('t-billed', ['invoice.issued', 150, { invoice: 'T-3', amount: { amount: 5, currency: 'SEK' }, dueOn: '2026-01-01' }]);
    await house.visible(await some('t-new', ['customer.registered', 30, { name: 'New', segment: 't-late' }], ['feedback.request-raised', 20, { feedback: 'F-73' }], ['feedback.themed', 20, { feedback: 'F-73', themes: ['then-too'] }]));
    const at = (days: number) => new Date(NOW - days * day).toISOString();
    const ask = (days: number, more: object = {}) => getDemand(house.model(), { tenant, asOf: at(days), theme: 'then', ...more });
    const seen = async (days: number, more: object = {}) => { const { total, themes } = await ask(days, more); return [total.arr.map(({ amount }) => amount), themes.items[0]?.list.items.map(({ customer: { id, owner } }) => `${id} ${owner}`)]; };
    // A year: 12 x 1,000 and 12 x 500; then 12 x 2,000; then nothing of the one that ended.
    expect([await seen(120), await seen(60), await seen(40)]).toEqual([[[18_000], ['t-ends null', 't-grows anna']], [[30_000], ['t-ends null', 't-grows bert']], [[24_000], ['t-ends null', 't-grows bert']]]);
    expect([await seen(90, { knownAt: at(90) }), await seen(90)].map(([arr]) => arr)).toEqual([[18_000], [30_000]]);
    expect([await seen(120, { segment: 't-small' }), await seen(60, { owner: 'bert' }), await seen(120, { owner: 'bert' })].map(([arr]) => arr)).toEqual([[12_000], [24_000], []]);
    await expect(ask(120, { segment: 't-large' })).rejects.toMatchObject({ code: 'part-unknown', parameter: 'segment', message: expect.stringContaining('t-small') });
    await expect(ask(120, { theme: 'then-too' })).rejects.toMatchObject({ code: 'part-unknown', parameter: 'theme', message: expect.stringMatching(/there are: .*then/) });
    const running = async (days: number) => (await getPromises(house.model(), { tenant, asOf: at(days) })).coverage.customers;
    // Who has left since was quiet, and pressed, while it was a customer.
    const who = async (days: number) => [(await getPresence(house.model(), { tenant, asOf: at(days) })).quiet.items, (await getCompetition(house.model(), { tenant, asOf: at(days) })).accounts.items].map((items) => items.map(({ customer }) => customer.id).includes('t-ends'));
    expect([await who(60), await who(40)]).toEqual([[true, true], [false, false]]);
    // The one that is billed is a customer from then on; the one that ended is none any more.
    expect([await running(140) - await running(160), await running(40) - await running(60)]).toEqual([1, -1]);
  }, 60_000);

  it('take for the last use the last report of somebody active, also where a later one was taken back', async () => {
    const ago = (days: number) => NOW - days * 24 * HOUR;
    const use = (id: string, days: number, active: number): Told => ({ id, type: 'usage.reported', data: { active }, at: ago(days) });
    const begin = (id: string): Told => ({ id, type: 'subscription.started', data: { subscription: id, recurring: { amount: 9_000_000, currency: 'EUR' }, interval: 'month' }, at: ago(300) });
    await tell('u-idle', [begin('u1'), use('u2', 100, 3), use('u3', 5, 0)]);
    await tell('u-adopts', [begin('u4'), use('u5', 100, 3), { id: 'u6', type: 'usage.feature-adopted', data: { feature: 'x' }, at: ago(50) }]);
    await house.visible(await tell('u-back', [begin('u7'), use('u8', 120, 3), use('u9', 4, 3), { id: 'u10', type: 'record.retracted', data: { events: [{ source: 'test', id: 'u9' }], reason: 'slip' }, at: NOW }]));
    const quiet = (await getPresence(house.model(), { tenant })).quiet.items.filter(({ customer }) => customer.id.startsWith('u-'));
    expect(quiet.map(({ customer, usage }) => [customer.id, usage?.days, usage?.event.id])).toEqual([['u-back', 120, 'u8'], ['u-idle', 100, 'u2']]);
    const then = (await getPresence(house.model(), { tenant, asOf: new Date(ago(60)).toISOString(), days: 30 })).quiet.items.filter(({ customer }) => customer.id.startsWith('u-'));
    expect(then.map(({ customer, usage }) => [customer.id, usage?.days])).toEqual([['u-adopts', 40], ['u-back', 60], ['u-idle', 40]]);
  }, 60_000);

  it('are not measured where nothing is told, and say what is missing', async () => {
    const empty = { tenant: 'nobody' };
    expect((await getDemand(house.model(), empty)).notMeasured).toContain('feedback.request-raised');
    expect((await getPromises(house.model(), empty))).toMatchObject({ notMeasured: expect.stringContaining('promise.made'), figures: { keptRate: { n: 0, value: null } } });
    expect((await getCompetition(house.model(), empty)).notMeasured).toEqual([expect.stringContaining('competitor.mentioned'), expect.stringContaining('sale.lost')]);
    expect((await getPresence(house.model(), empty)).notMeasured).toHaveLength(5);
    expect((await getOutcomes(house.model(), empty))).toMatchObject({ notMeasured: expect.stringContaining('goal.set'), theirs: { gap: null } });
  });
});
