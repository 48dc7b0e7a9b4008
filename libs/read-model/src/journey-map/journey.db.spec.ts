import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NewEvent } from '#event-store';
import { findType, JOURNEY_MAP, type JourneyMap } from '#journey';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getCustomerJourney } from './get-customer-journey.js';
import { getJourney } from './get-journey.js';
import { getJourneyMap } from './maps-of.js';
import { movesInLog, renewalsInLog, stagesInLog, trendInLog, valueInLog } from './testing/log-says.js';

const DAY = 86_400_000;
const NOW = Date.now() - 120_000;
const on = (...types: string[]) => types.map((type) => ({ type }));
/** `MOVES` in the SQL says the same. */
const map: JourneyMap = {
  stages: [
    { stage: 'onboarding', label: 'Onboarding', enter: on('sale.won'), after: ['left'] }, { stage: 'adoption', label: 'Adoption', enter: on('deployment.went-live', 'renewal.renewed'), after: ['onboarding', 'renewal'] },
    { stage: 'renewal', label: 'Renewal', enter: on('renewal.opened'), after: ['adoption'] }, { stage: 'left', label: 'Left', enter: on('customer.closed'), ends: 'churned' },
  ],
  moments: [{ moment: 'live', label: 'Live', stage: 'onboarding', met: on('deployment.went-live'), withinDays: 60 }],
  timeToValue: { starts: [{ start: 'signature', label: 'Signature', on: on('sale.won') }], value: on('goal.outcome-confirmed') },
};
const DATA: Readonly<Record<string, Record<string, unknown>>> = {
  'sale.won': { opportunity: 'O-1' }, 'deployment.went-live': { deployment: 'D-1' }, 'renewal.opened': { renewal: 'R-1', subscription: 'S-1', dueOn: '2026-01-01' }, 'renewal.renewed': { renewal: 'R-1', subscription: 'S-1', renewsOn: '2027-01-01' },
  'renewal.lapsed': { renewal: 'R-1' }, 'customer.closed': { reason: 'other' }, 'goal.outcome-confirmed': { outcome: 'W-1' }, 'usage.feature-adopted': { feature: 'f' },
};
const types = ['sale.won', 'sale.won', 'sale.won', 'deployment.went-live', 'deployment.went-live', 'renewal.opened', 'renewal.renewed', 'renewal.renewed', 'renewal.lapsed', 'customer.closed', 'goal.outcome-confirmed', 'goal.outcome-confirmed', 'goal.outcome-confirmed', 'goal.outcome-confirmed', 'usage.feature-adopted'];
const history = fc.tuple(fc.uniqueArray(fc.tuple(fc.constantFrom(...types), fc.nat(400 * 1_440)), { minLength: 2, maxLength: 12, selector: ([, minute]) => minute }), fc.array(fc.tuple(fc.nat(11), fc.boolean()), { maxLength: 2 }));

describe('The journey of all customers', () => {
  let house: Awaited<ReturnType<typeof openReadModel>>;
  let told = 0;
  const inLog = <Row>(text: string, ...more: unknown[]) => house.worker.statements((sql) => sql.query<Row & Record<string, unknown>>(text, [tenant, ...more]));
  const event = (type: string, at: number, data: Record<string, unknown> = DATA[type]!): NewEvent => (
    { source: 'test', id: `h${told += 1}`, type, version: findType(type)!.version, occurredAt: new Date(at).toISOString(), actor: { kind: 'person', id: 'mara' }, data, bodyHash: String(told) });
  const append = async (stream: { category: string; id: string }, events: readonly NewEvent[]) => {
    const [verdict] = await house.store.append([{ stream: { tenant, ...stream }, expected: 'any', events: [...events] }]);
    if (verdict!.status !== 'appended') throw new Error(verdict!.status);
    return verdict!.positions.at(-1)!;
  };
  const tell = (customer: string, ...events: NewEvent[]) => append({ category: 'customer', id: customer }, events);

  beforeAll(async () => {
    house = await openReadModel();
    let position = await append(JOURNEY_MAP, [event('journeymap.set', NOW, { ...map, reason: 'a test' })]);
    let place = 0;
    for (const [facts, corrections] of fc.sample(history, { numRuns: 90, seed: 11 })) {
      place += 1;
      const events = facts.map(([type, minute]) => event(type, NOW - minute * 60_000 - place * 100));
      const fixes = [...new Map(corrections.map(([index, isGone]) => [index % events.length, isGone]))].map(([index, isGone]) => {
        const { source, id, data, occurredAt } = events[index]!;
        return isGone ? event('record.retracted', NOW, { events: [{ source, id }], reason: 'slip' }) : event('record.amended', NOW, { event: { source, id }, data, time: new Date(Date.parse(occurredAt) - 9 * 3_600_000 - 7).toISOString(), reason: 'slip' });
      });
      position = await tell(`c${place}`, ...events, ...fixes);
    }
    for (const [from, into] of [['c1', 'c2'], ['c3', 'c2'], ['c5', 'c6'], ['c9', 'c10']] as const) position = await tell(from, event('customer.merged', NOW, { into }));
    await house.visible(position);
  }, 120_000);
  afterAll(() => house.close());

  const asInLog = async (asOf?: string) => {
    const answer = await getJourney(house.model(), { tenant, asOf, explain: 'renewal', key: 'live' });
    const stages = await inLog<{ stage: string }>(stagesInLog, answer.asOf);
    expect(answer.stages.flatMap(({ stage, customers, visits, dwell }) => (visits === 0 ? [] : [{ stage, now: customers, visits, left: dwell?.left ?? null, median: dwell?.median.value ?? null }])).sort((a, b) => (a.stage < b.stage ? -1 : 1)))
      .toEqual(stages.map((row) => (row.stage === 'left' ? { ...row, left: null, median: null } : row)).sort((a, b) => (a.stage < b.stage ? -1 : 1)));
    const moves = await inLog(movesInLog, answer.asOf);
    expect(answer.transitions.map(({ from, to, n }) => `${from} ${to} ${n}`).sort()).toEqual(moves.map(({ here, there, n }) => `${here} ${there} ${n}`).sort());
    const [value] = await inLog<{ n: number; reached: number; median: number | null; least: number }>(valueInLog, answer.asOf);
    const { n, reached, median, curve } = answer.timeToValue;
    expect({ n, reached, median: median.value }).toEqual({ n: value!.n, reached: value!.reached, median: value!.median });
    expect(curve.findLast((point) => point.reached > 0)!.without).toBeCloseTo(value!.least, 4);
    expect(answer.trend.items.map(({ quarter, n: started, reached: got }) => ({ quarter, n: started, reached: got }))).toEqual(await inLog(trendInLog, answer.asOf));
    const sides = await inLog<{ customer: string; renewed: boolean; side: string | null }>(renewalsInLog, answer.asOf);
    const ours = new Map(answer.explained!.items.map(({ customer, state }) => [customer, state]));
    expect(sides.map(({ customer }) => [customer, ours.get(customer) ?? null])).toEqual(sides.map(({ customer, renewed, side }) => [customer, side && `${side}, ${renewed ? 'renewed' : 'not renewed'}`]));
    return { answer, sides };
  };

  it('is what plain SQL over the log comes to: now and as it was, with late facts, corrections and merges', async () => {
    const { answer, sides } = await asInLog();
    // Enough of everything, or the comparison says nothing.
    expect([answer.stages.every(({ visits }) => visits > 12), answer.transitions.length > 6, answer.timeToValue.median.value !== null, new Set(sides.map(({ side, renewed }) => `${side} ${renewed}`)).size]).toEqual([true, true, true, 6]);
    await asInLog(new Date(NOW - 150 * DAY).toISOString());
  }, 60_000);

  it('sums over customers: each counted in the stage that its own journey says', async () => {
    const model = house.model();
    const { stages, customers } = await getJourney(model, { tenant });
    for (const { stage, customers: now } of stages) {
      const { explained } = await getJourney(model, { tenant, explain: 'stage', key: stage });
      expect([stage, explained!.n]).toEqual([stage, now]);
      const first = explained!.items[0]!;
      expect((await getCustomerJourney(model, { tenant, customer: first.customer })).now).toMatchObject({ stage, days: first.days });
    }
    expect(stages.reduce((sum, { customers: now }) => sum + now!, 0)).toBe(customers.inStage);
    expect(await getCustomerJourney(model, { tenant, customer: 'c1' })).toMatchObject({ customer: 'c2', askedAs: 'c1' });
  }, 60_000);

  it('knows at a moment what was known then: no later fact, no later merge, no later map', async () => {
    const before = new Date().toISOString();
    await new Promise((wake) => setTimeout(wake, 20));
    const answer = await getJourney(house.model(), { tenant, knownAt: before, asOf: before });
    // Of whom nothing was known then: with what had happened before, and with what had not.
    await tell('c-late', event('sale.won', NOW - 300 * DAY));
    await tell('c-new', event('ticket.opened', Date.now(), { ticket: 'T-1', channel: 'mail' }));
    await tell('c20', event('customer.closed', NOW - 300 * DAY));
    await tell('c30', event('customer.merged', NOW, { into: 'c31' }));
    await append(JOURNEY_MAP, [event('journeymap.set', NOW, { ...map, stages: map.stages.slice(0, 2), moments: [], reason: 'Smaller' })]);
    const again = await getJourney(house.model(), { tenant, knownAt: before, asOf: before });
    expect(again).toEqual(answer);
    // Of 90 four are merged into others; now one more is, and two are new. As of a year and a half ago nothing had happened to anybody.
    const counted = async (asOf?: string) => (await getJourney(house.model(), { tenant, asOf })).customers.n;
    expect([answer.customers.n, await counted(), await counted(new Date(NOW - 550 * DAY).toISOString())]).toEqual([86, 87, 0]);
    expect(await counted(before)).toBe(86);
    expect((await getJourney(house.model(), { tenant })).map).toMatchObject({ version: 2, decided: { reason: 'Smaller' } });
    expect(await getJourneyMap(house.model(), { tenant, version: 1 })).toMatchObject({ version: 1, inForce: false, versions: [{ version: 0 }, { version: 1 }, { version: 2 }] });
    await expect(getJourneyMap(house.model(), { tenant, version: 3 })).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'version' });
  }, 60_000);
});
