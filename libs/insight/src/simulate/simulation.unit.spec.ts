import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent } from '#journey';
import { only } from '../cards/cards.js';
import type { Card, CardMeasure } from '../cards/card.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { finish } from '../churn/models/steps.js';
import { dayOfDate } from '../day.js';
import { utc } from '../testing/facts.js';
import { departures } from '../testing/departures.js';
import { otherCard } from './testing/other-card.js';
import { mergeTallies } from './merge.js';
import { simulationOf } from './simulation.js';
import { Counting, type SimulationOptions } from './tally.js';

const FROM = dayOfDate('2026-01-01');
const day = (date: string) => dayOfDate(date);

/** One measure, so that a score can be told by heart: good while used within `mild` days, poor from `grave` days of silence on. */
const silenceCard = (id: string, mild: number, grave: number): Card => ({
  id, version: 1, bands: { healthy: 70, watch: 45, margin: 0, leastCoverage: 0 }, measureBands: { good: 0.75, fair: 0.4 },
  groups: [{ id: 'silence', label: 'Silence' }],
  measures: [{ id: 'silence', group: 'silence', signal: 'silence', weight: 100, label: 'Silence', unit: 'days', staleAfter: null,
    curve: { kind: 'steps', boundary: 'belongs to the upper step', steps: [{ upTo: mild, quality: 1 }, { upTo: grave, quality: 0.5 }], above: 0 } } satisfies CardMeasure],
});

let positions = 0;
function story(customer: string, ...facts: [date: string, type: string, data?: Record<string, unknown>][]): [string, JourneyEvent[]] {
  return [customer, facts.map(([date, type, data = {}], revision) => {
    const at = `${date}T09:00:00.000Z`;
    positions += 1;
    return { source: 't', id: `e${positions}`, position: `1.${positions}`, stream: { tenant: 'acme', category: 'customer', id: customer }, revision, type, version: 1, occurredAt: at, observedAt: at, recordedAt: at, witnessed: true, actor: { kind: 'system', id: 't' }, data } as JourneyEvent;
  })];
}
const start = (): [string, string, Record<string, unknown>] => ['2025-06-01', 'subscription.started', { subscription: 'S', recurring: { amount: 100, currency: 'EUR' }, interval: 'month' }];
const use = (date: string): [string, string, Record<string, unknown>] => [date, 'usage.reported', { from: date, to: date, licensed: 10, active: 5 }];
const notice = (date: string): [string, string, Record<string, unknown>] => [date, 'subscription.cancellation-requested', { subscription: 'S', effectiveOn: '2026-12-31' }];

const options = (more: Partial<SimulationOptions> = {}): SimulationOptions => ({
  from: FROM, to: day('2026-06-30'), knownUntil: day('2026-08-31'), dayOf: utc,
  // Watch from day 10 and at-risk from day 30 of silence, as published; 5 and 20 by the draft.
  cards: { published: only(silenceCard('was', 10, 30)), draft: only(silenceCard('is', 5, 20)) }, ...more,
});

function simulate(stories: readonly [string, JourneyEvent[]][], given = options()) {
  const counting = new Counting(given);
  for (const [customer, events] of stories) counting.add(customer, customer, events);
  return finish(simulationOf(mergeTallies([counting.tally()]), given));
}

it('A customer of whom a card makes no number is counted nowhere, and whoever counts is told', () => {
  // No check lets it pass: nothing of nothing is not a number.
  const broken: Card = { ...silenceCard('broken', 5, 20), combine: { kind: 'sum', start: 0, max: 0 } };
  const counting = new Counting(options({ cards: { published: only(silenceCard('was', 10, 30)), draft: only(broken) } }));
  expect(() => counting.add('silent', 'silent', story('silent', start(), use('2026-01-01'))[1])).toThrow(RangeError);
  expect(counting.tally()).toMatchObject({ customers: 0, turns: {}, bands: {}, movers: [] });
});

describe('A history that was counted by hand', () => {
  const found = simulate([
    // Silent from 1 March on, left on 15 April: at-risk from 31 March as published (15 days before), from 21 March by the draft (25); watch from the 11th (35) and the 6th (40).
    story('leaver', start(), use('2025-12-31'), use('2026-01-20'), use('2026-02-10'), use('2026-03-01'), notice('2026-04-15')),
    // Used the day before: warned of by nobody.
    story('sudden', start(), use('2026-05-01'), notice('2026-05-02')),
    // Silent for 25 days in May: an alarm by the draft alone, and a false one, on the 21st of May.
    story('calm', start(), ...['2025-12-31', '2026-01-15', '2026-02-01', '2026-02-15', '2026-03-01', '2026-03-15', '2026-04-01', '2026-04-15', '2026-05-01', '2026-05-26', '2026-06-08', '2026-06-24'].map(use)),
  ]);

  it('says how early each would have warned', () => {
    const [leaver, sudden] = found.churns;
    expect(leaver).toMatchObject({ customer: 'leaver', on: '2026-04-15', published: { atRisk: { days: 15, isLonger: false }, watch: { days: 35 } }, draft: { atRisk: { days: 25 }, watch: { days: 40 } } });
    expect(sudden).toMatchObject({ customer: 'sudden', on: '2026-05-02', published: { atRisk: { days: null }, watch: { days: null } } });
    expect(found.leads.published.atRisk).toEqual({ warned: 1, median: 15, medianOfAll: 7.5 });
    expect(found.leads.draft.watch).toEqual({ warned: 1, median: 40, medianOfAll: 20 });
  });

  it('counts alarms that came true and those that did not', () => {
    // "sudden" was silent since its start: at-risk before the span begins, and so no alarm of it comes within.
    expect(found.alarms.published).toMatchObject({ right: 1, wrong: 0, open: 0 });
    // The leaver on 9 February and 21 March, both less than 90 days before; the calm one on 21 May.
    expect(found.alarms.draft).toMatchObject({ right: 2, wrong: 1, open: 0 });
    expect(found.alarms.draft.months.map(({ month, right, wrong }) => [month, right, wrong])).toEqual([['2026-01', 0, 0], ['2026-02', 1, 0], ['2026-03', 1, 0], ['2026-04', 0, 0], ['2026-05', 0, 1], ['2026-06', 0, 0]]);
    // Of the 152 days from 2 January to 2 June it can be told.
    expect(found.alarms.draft.wrongIn30Days).toBeCloseTo(30 / 152, 12);
  });

  it('says who is in another band on the last day, and why', () => {
    expect(found.turns).toEqual([{ from: 'healthy', to: 'watch', customers: 1 }, { from: 'at-risk', to: 'at-risk', customers: 2 }]);
    expect(found.months.map(({ on }) => on)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30']);
    expect(found.months[2]).toEqual({ on: '2026-03-31', published: { 'healthy': 0, 'watch': 1, 'at-risk': 2, 'unknown': 0 }, draft: { 'healthy': 0, 'watch': 1, 'at-risk': 2, 'unknown': 0 } });
    expect(found.months[5]).toMatchObject({ published: { healthy: 1, watch: 0 }, draft: { healthy: 0, watch: 1 } });
    expect(found.movers).toEqual([{
      customer: 'calm', name: null, points: -50, published: { score: 100, band: 'healthy' }, draft: { score: 50, band: 'watch' },
      measures: [{ id: 'silence', label: 'Silence', points: -50 }], say: '50 points lower under the draft, watch in place of healthy, by what these cost: silence (50 points more).',
    }]);
  });

  it('ranks those whose next 90 days are over, within each month', () => {
    // All three in January to March, without the leaver in April, without both in May. Notice came within 90 days thrice of each: of 2 May one day too late for January.
    expect(found.ranking).toMatchObject({ rows: 3 + 3 + 3 + 2 + 1, leavers: 6, accounts: 3, unscored: 0 });
  });

  it('cannot tell yet what comes of a late alarm, and counts no departure for a merger', () => {
    const late = simulate([story('late', start(), use('2026-05-20'))], options({ knownUntil: day('2026-07-01') }));
    expect(late.alarms.draft).toMatchObject({ right: 0, wrong: 0, open: 1 });
    const merged = simulate([story('merged', start(), use('2026-04-20'), ['2026-06-01', 'subscription.ended', { subscription: 'S', reason: 'merger' }])]);
    expect([merged.churns, merged.alarms.draft.right, merged.alarms.draft.wrong, merged.turns]).toEqual([[], 0, 0, []]);
  });

  it('says where a warning stood before the span began', () => {
    const [churn] = simulate([story('long', start(), use('2025-11-01'), notice('2026-02-01'))]).churns;
    expect(churn!.draft.atRisk).toEqual({ days: 31, isLonger: true });
  });
});

it('the measures of a mover sum to what it moves by, whatever the cards; what is fine under both is none of them', () => {
  const given = { ...options(), to: day('2026-06-30'), cards: { published: only(firstScorecard), draft: only({ ...otherCard, bands: { ...otherCard.bands, leastCoverage: 0 } }) } };
  const published = only({ ...firstScorecard, bands: { ...firstScorecard.bands, leastCoverage: 0 } });
  const { movers } = simulate(departures({ customers: 30, from: day('2025-07-01'), to: day('2026-06-30'), calm: 0.03, slump: 0.3, seed: 4 }), { ...given, cards: { ...given.cards, published } });
  expect(movers.length).toBeGreaterThan(10);
  for (const { points, measures, published: was, draft: is } of movers) expect([measures.reduce((sum, each) => sum + each.points, 0), is.score - was.score].map((sum) => Math.round(100 * sum) / 100)).toEqual([points, points]);
  const heavier = { ...firstScorecard, bands: { ...firstScorecard.bands, leastCoverage: 0 }, measures: firstScorecard.measures.map((measure) => (measure.id === 'silence' ? { ...measure, weight: 60 } : measure)) };
  const [mover] = simulate([story('quiet', start(), use('2026-05-25'))], options({ cards: { published, draft: only(heavier) } })).movers;
  expect(mover!.measures.map(({ id }) => id)).not.toContain('leaving');
});

describe('Whoever counts whom', () => {
  const given: SimulationOptions = { ...options(), from: day('2026-01-01'), to: day('2026-09-30'), knownUntil: day('2026-12-31'), cards: { published: only(firstScorecard), draft: only(silenceCard('is', 5, 20)) } };
  const stories = departures({ customers: 40, from: day('2025-07-01'), to: day('2026-12-31'), calm: 0.03, slump: 0.3, seed: 3 });
  const whole = JSON.stringify(simulate(stories, given));

  it('it comes to the same, to the last byte', () => {
    expect(JSON.parse(whole)).toMatchObject({ customers: 40, ranking: { figures: [{ name: 'auc' }, { name: 'lift10' }] } });
    expect((JSON.parse(whole) as { churns: unknown[] }).churns.length).toBeGreaterThan(5);
    fc.assert(fc.property(fc.shuffledSubarray(stories, { minLength: stories.length }), fc.array(fc.nat(3), { minLength: 40, maxLength: 40 }), (shuffled, threads) => {
      const countings = [0, 1, 2, 3].map(() => new Counting(given));
      shuffled.forEach(([customer, events], place) => countings[threads[place]!]!.add(customer, customer, events));
      // As they come from threads.
      const tallies = countings.map((counting) => structuredClone(counting.tally()));
      expect(JSON.stringify(finish(simulationOf(mergeTallies(tallies), given)))).toBe(whole);
    }), { numRuns: 8 });
  }, 120_000);
});
