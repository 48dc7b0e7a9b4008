import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { effectiveEvents, journeyMapsAfter, type JourneyEvent, type JourneyMap } from '#journey';
import { dateOfDay } from '../day.js';
import { usualRevenuePolicy } from '../revenue/policy.js';
import { subscriptionHistory } from '../revenue/subscription-history.js';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { journeyOf } from './customer-journey.js';
import { stagesOf, stuckIn, transitionsOf } from './stages.js';
import { standingOf } from './standing.js';
import { timeToValueOf } from './time-to-value.js';

const until = `${ago(0)}T23:59:59.999Z`;
const first = journeyMapsAfter([])[0].map;
const S = { subscription: 'S-1' };
const paid = (amount: number) => ({ ...S, recurring: { amount, currency: 'EUR' }, interval: 'month' });
const travelled = (events: readonly JourneyEvent[], map: JourneyMap = first) => journeyOf(map, effectiveEvents(events), { until, dayOf: utc });
const way = (events: readonly JourneyEvent[]) => travelled(events).visits.map(({ stage, days }) => [stage, days]);

const story = [
  fact('sale.opportunity-opened', 400, { opportunity: 'O-1' }), fact('sale.won', 360, { opportunity: 'O-1' }), fact('deployment.started', 355, { deployment: 'D-1' }), fact('subscription.started', 350, paid(1_000)),
  fact('deployment.went-live', 300, { deployment: 'D-1' }), fact('goal.outcome-confirmed', 200, { outcome: 'W-1' }), fact('renewal.opened', 100, { renewal: 'R-1', subscription: 'S-1', dueOn: ago(0) }),
  fact('renewal.renewed', 40, { renewal: 'R-1', subscription: 'S-1', renewsOn: ago(-300) }),
];

describe('A customer on its journey', () => {
  it('goes from the sale over value to the renewal, each stage with its days and the facts that bound it', () => {
    expect(way(story)).toEqual([['sale', 40], ['onboarding', 60], ['adoption', 100], ['value', 100], ['renewal', 60], ['expansion', 40]]);
    const [sale] = travelled(story).visits;
    expect(sale).toMatchObject({ entered: { id: story[0]!.id, type: 'sale.opportunity-opened' }, left: { id: story[1]!.id }, to: 'onboarding', enteredOn: TODAY - 400 });
    expect(travelled(story).visits.at(-1)).toMatchObject({ left: null, to: null, until: TODAY });
  });

  it('leaves once no subscription runs, and no earlier; comes back with the next one', () => {
    const two = [...story.slice(0, 5), fact('subscription.started', 250, { ...paid(500), subscription: 'S-2' }), fact('subscription.ended', 150, { ...S, reason: 'voluntary' })];
    expect(way(two).at(-1)).toEqual(['adoption', 300]);
    const gone = [...two, fact('subscription.ended', 120, { subscription: 'S-2', reason: 'voluntary' })];
    expect(way(gone).slice(-2)).toEqual([['adoption', 180], ['left', 120]]);
    expect(travelled(gone)).toMatchObject({ ended: { how: 'churned' }, decision: { renewed: false } });
    expect(way([...gone, fact('subscription.started', 20, { ...paid(500), subscription: 'S-3' })]).slice(-2)).toEqual([['left', 100], ['onboarding', 20]]);
  });

  it('grows with a larger amount, not with a smaller one, and is not lost with a sale beside', () => {
    const running = [...story.slice(0, 6), fact('sale.opportunity-opened', 150, { opportunity: 'O-2' }), fact('sale.lost', 140, { opportunity: 'O-2' })];
    expect(way([...running, fact('subscription.changed', 50, paid(900))]).at(-1)).toEqual(['value', 200]);
    expect(way([...running, fact('subscription.changed', 50, paid(1_000))]).at(-1)).toEqual(['value', 200]);
    expect(way([...running, fact('subscription.changed', 50, paid(1_100))]).at(-1)).toEqual(['expansion', 50]);
    // Against what the renewal brought, not against what was paid before it.
    expect(way([...story.slice(0, 7), fact('renewal.renewed', 60, { renewal: 'R-1', ...paid(2_000) }), fact('goal.outcome-confirmed', 55, { outcome: 'W-2' }), fact('renewal.opened', 52, { renewal: 'R-2', ...S, dueOn: ago(0) }), fact('subscription.changed', 50, paid(1_500))]).at(-1)).toEqual(['renewal', 52]);
    expect(travelled([story[0]!, fact('sale.lost', 380, { opportunity: 'O-1' })]).ended?.how).toBe('lost');
  });

  it('is not closed with who is merged into it, nor do its subscriptions end with it', () => {
    const merged = [...effectiveEvents([...story.slice(0, 5), fact('subscription.started', 250, { ...paid(500), subscription: 'S-2' })]), { ...fact('customer.closed', 90, { reason: 'merger' }), absorbed: true }, fact('subscription.ended', 80, { subscription: 'S-2', reason: 'other' })];
    expect(journeyOf(first, merged, { until, dayOf: utc }).ended).toBeNull();
  });

  it('has not left with a renewal that lapsed while the subscription runs; once closed, nothing of before runs any more', () => {
    const lapsed = [...story.slice(0, 7), fact('renewal.lapsed', 30, { renewal: 'R-1', ...S })];
    expect(travelled(lapsed)).toMatchObject({ ended: null, decision: { renewed: false, decided: { type: 'renewal.lapsed' } } });
    expect(way([...lapsed, fact('subscription.ended', 10, { ...S, reason: 'voluntary' })]).slice(-2)).toEqual([['renewal', 90], ['left', 10]]);
    // Who comes back with one subscription leaves with it.
    const back = [...story.slice(0, 5), fact('customer.closed', 90, { reason: 'other' }), fact('subscription.started', 60, { ...paid(500), subscription: 'S-2' }), fact('subscription.ended', 20, { subscription: 'S-2', reason: 'other' })];
    expect(way(back).slice(-3)).toEqual([['left', 30], ['onboarding', 40], ['left', 20]]);
  });

  it('meets what is expected in time, misses it by coming late or never, and is owed nothing in a stage that it left', () => {
    const states = (events: readonly JourneyEvent[]) => new Map(travelled(events).expectations.map(({ id, state, by, dueOn }) => [id, [state, by?.type ?? null, TODAY - dueOn]]));
    const inUse = states([...story.slice(0, 5), fact('engagement.call-held', 265, { twoWay: true }), fact('outage.customer-affected', 80, { outage: 'X-1' }), fact('outage.customer-notified', 80, { outage: 'X-2' })]);
    expect([...inUse]).toEqual([
      ['kickoff', ['met', 'deployment.started', 346]], ['goes-live', ['met', 'deployment.went-live', 270]], ['talk-in-use', ['missed', 'engagement.call-held', 270]], ['first-review', ['missed', null, 180]],
      ['first-value', ['waiting', null, -65]], ['reviewed-in-use', ['missed', null, 120]], ['told-of-outage', ['missed', null, 79]],
    ]);
    expect(states([...story.slice(0, 5), fact('goal.outcome-confirmed', 290, { outcome: 'W-1' })]).get('first-review')).toEqual(['not-due', null, 180]);
    expect(states([...story.slice(0, 5), fact('outage.customer-affected', 80, { outage: 'X-1' }), fact('outage.customer-notified', 79, { outage: 'X-1' })]).get('told-of-outage')).toEqual(['met', 'outage.customer-notified', 79]);
  });

  it('owes what is due today until tonight, and a moment of truth also after its stage was left', () => {
    const stateOf = (id: string, ...events: JourneyEvent[]) => travelled([fact('subscription.started', 300, paid(1_000)), ...events]).expectations.find((each) => each.id === id)!;
    const live = (days: number) => fact('deployment.went-live', days, { deployment: 'D-1' });
    // A talk is due 30 days after going live: the last of them is no miss yet, whether the day is today or the stage is left on it.
    expect([stateOf('talk-in-use', live(30)), stateOf('talk-in-use', live(31))].map(({ state }) => state)).toEqual(['waiting', 'missed']);
    const outcome = fact('goal.outcome-confirmed', 100, { outcome: 'W-1' });
    expect([stateOf('talk-in-use', live(130), outcome), stateOf('talk-in-use', live(131), outcome)].map(({ state }) => state)).toEqual(['not-due', 'missed']);
    expect(stateOf('reviewed-in-use', live(130), outcome, fact('engagement.visit-made', 20, { twoWay: true }))).toMatchObject({ state: 'met', by: { type: 'engagement.visit-made' } });
  });

  it('hears a payer only by somebody who is one then', () => {
    const call = (contact: string) => fact('engagement.call-held', 90, { twoWay: true, with: [contact] });
    const heard = (...more: JourneyEvent[]) => travelled([...story.slice(0, 7), ...more]).expectations.find(({ id }) => id === 'payer-heard')!.state;
    const people = [fact('contact.added', 350, { contact: 'p-1', role: 'user' }), fact('contact.added', 350, { contact: 'p-2', role: 'both' })];
    expect([heard(...people, call('p-1')), heard(...people, call('p-2')), heard(...people, fact('contact.role-changed', 95, { contact: 'p-1', role: 'payer' }), call('p-1')), heard(...people, fact('contact.role-changed', 60, { contact: 'p-1', role: 'payer' }), call('p-1'))])
      .toEqual(['missed', 'met', 'met', 'missed']);
    // What the fact says of a role counts only of somebody who is not known.
    const said = (contact: string) => fact('engagement.call-held', 90, { twoWay: true, with: [contact], role: 'payer' });
    expect([heard(...people, said('p-1')), heard(...people, said('p-9'))]).toEqual(['missed', 'met']);
  });

  it('takes fields at their word, also those inside others, and leaves for no stage where the map says so', () => {
    const map: JourneyMap = {
      ...first, moments: [], stages: [{ stage: 'asked', label: 'Asked', enter: [{ type: 'survey.responded', where: { field: 'instrument.kind', is: ['nps'] } }], leave: [{ type: 'survey.expired' }] }],
    };
    const answer = (kind: string, days: number) => fact('survey.responded', days, { survey: 'V-1', instrument: { kind, min: 0, max: 10 }, score: 9 });
    expect(travelled([answer('csat', 50), answer('nps', 40), fact('survey.expired', 10, { survey: 'V-2' })], map).visits).toMatchObject([{ stage: 'asked', days: 30, to: null, left: { type: 'survey.expired' } }]);
  });

  it('tells what it pays and what has stalled, as of the moment', () => {
    const late = [...story.slice(0, 2), fact('subscription.started', 350, paid(1_000)), fact('deployment.started', 100, { deployment: 'D-1', plannedGoLive: ago(60) }), fact('subscription.changed', 10, paid(2_000))];
    const standing = (day: number) => standingOf(effectiveEvents(late), { until: `${ago(day)}T23:59:59.999Z`, dayOf: utc });
    expect(standing(0)).toMatchObject({ arr: [{ amount: 24_000 }], stalled: [{ since: TODAY - 46, said: false, facts: [{ type: 'deployment.started' }] }] });
    expect([standing(20).arr[0]!.amount, standing(47).stalled]).toEqual([12_000, []]);
  });
});

describe('Time to value', () => {
  const spells = (...stories: JourneyEvent[][]) => timeToValueOf(first, new Map(stories.map((events, place) => [`c-${place}`, travelled(events)])), { start: 'signature', until, dayOf: utc });
  it('is to the first outcome, or so far, or until the customer has gone; never from a value that came before', () => {
    const value = spells(story, story.slice(0, 5), [...story.slice(0, 5), fact('subscription.ended', 150, { ...S, reason: 'other' })], [fact('goal.outcome-confirmed', 500, { outcome: 'W-0' }), ...story]);
    expect(value.spells.map(({ days, reached, ended }) => [days, reached?.type ?? null, ended?.type ?? null])).toEqual([[160, 'goal.outcome-confirmed', null], [360, null, null], [210, null, 'subscription.ended']]);
    expect(value.before).toEqual(['c-3']);
    // Of three one gets there while all three are watched: two thirds last.
    expect([value.curve.map(({ time, lasts }) => [time, Math.round(lasts * 1_000)]), value.median.value]).toEqual([[[160, 667], [210, 667], [360, 667]], null]);
  });
});

const some = fc.constantFrom<[string, Record<string, unknown>]>(
  ['sale.opportunity-opened', { opportunity: 'O-1' }], ['sale.won', { opportunity: 'O-1' }], ['sale.lost', { opportunity: 'O-1' }], ['subscription.started', paid(1_000)], ['subscription.changed', paid(1_500)], ['subscription.ended', { ...S, reason: 'other' }],
  ['deployment.started', { deployment: 'D-1' }], ['deployment.went-live', { deployment: 'D-1' }], ['goal.outcome-confirmed', { outcome: 'W-1' }], ['renewal.opened', { renewal: 'R-1', ...S, dueOn: ago(0) }], ['renewal.renewed', { renewal: 'R-1', ...S, renewsOn: ago(0) }],
  ['renewal.lapsed', { renewal: 'R-1', ...S }], ['engagement.business-review-held', { twoWay: true }], ['outage.customer-affected', { outage: 'X-1' }], ['outage.customer-notified', { outage: 'X-1' }], ['customer.closed', { reason: 'other' }],
);
const history = fc.array(fc.tuple(some, fc.nat(700)), { maxLength: 25 }).map((drawn) => drawn.map(([[type, data], days], place) => fact(type, days, data, { n: place + 1, at: place % 24 })));

describe('Any journey', () => {
  it('does not depend on the order in which its facts are given', () => {
    fc.assert(fc.property(history, fc.infiniteStream(fc.nat()), (events, order) => {
      const mixed = events.map((event) => ({ event, by: order.next().value as number })).sort((a, b) => a.by - b.by).map(({ event }) => event);
      expect(travelled(mixed)).toEqual(travelled(events));
    }), { numRuns: 200 });
  });

  it('has visits one after the other, and moves that sum to the visits that are over', () => {
    fc.assert(fc.property(fc.array(history, { maxLength: 6 }), (histories) => {
      const journeys = new Map(histories.map((events, place) => [`c-${place}`, travelled(events)]));
      for (const { visits } of journeys.values()) visits.slice(1).forEach((visit, place) => expect([visit.enteredOn, visit.stage]).toEqual([visits[place]!.until, visits[place]!.to]));
      const moves = transitionsOf(first, journeys);
      const stages = stagesOf(first, journeys);
      for (const { stage, visits, now } of stages) expect(moves.filter(({ from }) => from === stage).reduce((sum, { n }) => sum + n, 0)).toBe(visits - now.length);
      for (const { customer, visit, limit } of stuckIn(stages, journeys)) expect([visit.days > limit.days, stages.find(({ stage }) => stage === visit.stage)!.now.includes(customer)]).toEqual([true, true]);
    }), { numRuns: 100 });
  });

  it('as of a moment is what it would be without what came later', () => {
    fc.assert(fc.property(history, fc.nat(700), (events, days) => {
      const moment = `${ago(days)}T23:59:59.999Z`;
      expect(journeyOf(first, effectiveEvents(events), { until: moment, dayOf: utc })).toEqual(journeyOf(first, effectiveEvents(events.filter(({ occurredAt }) => occurredAt <= moment)), { until: moment, dayOf: utc }));
    }), { numRuns: 100 });
  });

  it('has left exactly where revenue sees no subscription run any more, at any moment', () => {
    const bought = fc.constantFrom<[string, Record<string, unknown>]>(['subscription.started', paid(1_000)], ['subscription.changed', paid(1_500)], ['subscription.ended', { reason: 'other' }], ['renewal.opened', { renewal: 'R', dueOn: ago(0) }], ['renewal.renewed', { renewal: 'R', renewsOn: ago(0) }], ['renewal.lapsed', { renewal: 'R' }], ['customer.closed', { reason: 'other' }]);
    const drawn = fc.array(fc.tuple(bought, fc.constantFrom('S-1', 'S-2'), fc.nat(600)), { maxLength: 15 });
    fc.assert(fc.property(drawn, fc.nat(600), (some, days) => {
      const begun = ['S-1', 'S-2'].map((subscription, place) => fact('subscription.started', 700 - place, { ...paid(1_000), subscription }, { n: place + 1 }));
      const events = [...begun, ...some.map(([[type, data], subscription, ago], place) => fact(type, ago, type === 'customer.closed' ? data : { ...data, subscription }, { n: place + 3, at: place }))];
      const moment = { until: `${ago(days)}T23:59:59.999Z`, dayOf: utc };
      const history = subscriptionHistory(events, { customer: 'c1', policy: usualRevenuePolicy, calendar: { dayOf: utc, startOf: (day) => `${dateOfDay(day)}T00:00:00.000Z` }, until: moment.until });
      const running = [...new Map(history.map((state) => [state.id, state])).values()].filter(({ state, closed }) => state === 'active' && !closed);
      expect(journeyOf(first, effectiveEvents(events), moment).ended?.how ?? null).toBe(running.length === 0 ? 'churned' : null);
    }), { numRuns: 200 });
  });
});
