import { describe, expect, it } from '@jest/globals';
import { effectiveEvents, journeyMapsAfter, type JourneyEvent } from '#journey';
import { ago, fact, utc } from '../testing/facts.js';
import { journeyOf } from './customer-journey.js';
import { momentsAndRenewal } from './moments-and-renewal.js';
import { pathsOf } from './paths.js';

const until = `${ago(0)}T23:59:59.999Z`;
const map = journeyMapsAfter([])[0].map;
const base = () => [fact('sale.won', 400, { opportunity: 'O-1' }), fact('subscription.started', 400, { subscription: 'S-1' })];
const live = (days: number) => fact('deployment.went-live', days, { deployment: 'D-1' });
const decided = (decision: 'yes' | 'no', days = 50) => fact('renewal.decided', days, { renewal: 'R-1', decision });
/** Goes live is due within 90 days of the sale: on time 350 days ago, late 250 days ago. */
const customers = (count: number, make: () => JourneyEvent[]) => Array.from({ length: count }, make);
const journeys = (...stories: JourneyEvent[][]) => new Map(stories.map((events, place) => [`c-${place}`, journeyOf(map, effectiveEvents(events), { until, dayOf: utc })]));
const goesLive = (...stories: JourneyEvent[][]) => momentsAndRenewal(map, journeys(...stories), utc).find(({ moment }) => moment === 'goes-live')!;

describe('Moments and renewal', () => {
  it('tells rates with their intervals and the difference of both', () => {
    const { met, missed, difference, verdict } = goesLive(
      ...customers(56, () => [...base(), live(350), decided('yes')]), ...customers(14, () => [...base(), live(350), decided('no')]),
      ...customers(48, () => [...base(), live(250), decided('yes')]), ...customers(32, () => [...base(), live(250), decided('no')]),
    );
    // R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, example (a): 56 of 70 and 48 of 80; Wilson's score intervals without correction, method 10.
    expect([met.rate.n, met.renewed, missed.rate.n, missed.renewed]).toEqual([70, 56, 80, 48]);
    expect([difference!.value, difference!.low, difference!.high].map((each) => each!.toFixed(4))).toEqual(['0.2000', '0.0524', '0.3339']);
    expect(verdict).toBe('renew-more-often');
  });

  it('compares nothing with fewer than 30 on either side', () => {
    const some = (late: number) => goesLive(...customers(40, () => [...base(), live(350), decided('yes')]), ...customers(late, () => [...base(), live(250), decided('no')]));
    expect([some(29), some(30)].map(({ difference, verdict, missed }) => [difference === null, verdict, missed.rate.n])).toEqual([[true, 'too-few', 29], [false, 'renew-more-often', 30]]);
  });

  it('counts only what was settled before the customer decided', () => {
    const sides = (...stories: JourneyEvent[][]) => stories.map((events) => { const { met, missed } = goesLive(events); return [met.rate.n, missed.rate.n]; });
    expect(sides(
      [...base(), live(350), decided('yes', 360)], // live after the decision
      [...base(), decided('no', 320)], // undone, but there was time when it was decided
      [...base(), live(250), decided('yes', 260)], // due before the decision, and not there
      [...base(), live(350)], // no decision
      [...base(), live(350), fact('subscription.cancellation-requested', 360, { subscription: 'S-1' }), fact('subscription.ended', 100, { subscription: 'S-1', reason: 'voluntary' })], // notice came first
      [...base(), live(350), fact('subscription.ended', 100, { subscription: 'S-1', reason: 'voluntary' })],
    )).toEqual([[0, 0], [0, 0], [0, 1], [0, 0], [0, 0], [1, 0]]);
  });

  it('takes the last word of a renewal, with the moment of the first', () => {
    const [journey] = journeys([...base(), decided('yes', 60), fact('renewal.lapsed', 10, { renewal: 'R-1', subscription: 'S-1' })]).values();
    expect(journey!.decision).toMatchObject({ renewed: false, decided: { type: 'renewal.decided' } });
    // Who renewed and left all the same has decided again.
    const [left] = journeys([...base(), fact('renewal.renewed', 60, { renewal: 'R-1', subscription: 'S-1' }), fact('subscription.ended', 10, { subscription: 'S-1', reason: 'voluntary' })]).values();
    expect(left!.decision).toMatchObject({ renewed: false, decided: { type: 'subscription.ended' } });
  });
});

describe('Paths', () => {
  it('are those before leaving, and before the last decision, most common first', () => {
    const left = (...more: JourneyEvent[]) => [...base(), ...more, fact('subscription.ended', 20, { subscription: 'S-1', reason: 'voluntary' })];
    const paths = pathsOf(journeys(left(), left(live(300)), left(live(310)), [...base(), live(300), decided('yes', 50), fact('goal.outcome-confirmed', 40, { outcome: 'W-1' })], [fact('sale.opportunity-opened', 30, { opportunity: 'O-1' }), fact('sale.lost', 20, { opportunity: 'O-1' })]));
    expect(paths).toEqual({ churned: [{ stages: ['onboarding', 'adoption'], customers: ['c-1', 'c-2'] }, { stages: ['onboarding'], customers: ['c-0'] }], renewed: [{ stages: ['onboarding', 'adoption'], customers: ['c-3'] }] });
  });
});
