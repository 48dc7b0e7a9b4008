import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent } from '#journey';
import { ago, fact, TODAY, utc } from '../../testing/facts.js';
import { correctedHistories } from '../../testing/histories.js';
import { featuresFor } from './features.js';
import { monthEnds } from './origins.js';
import { periodRows, type RowOptions } from './period-rows.js';

const options = (more: Partial<RowOptions> = {}): RowOptions => ({ origins: [TODAY - 200], horizons: [30, 90, 'renewal'], gapDays: 0, knownUntil: TODAY, dayOf: utc, leastDays: 28, ...more });
const start = (more = {}) => fact('subscription.started', 500, { subscription: 'S', recurring: { amount: 100_00, currency: 'EUR' }, interval: 'month', ...more }, { n: 1 });
const ended = (days: number, reason = 'voluntary', more = {}) => fact('subscription.ended', days, { subscription: 'S', reason }, { n: 2, ...more });
const rowsOf = (story: readonly JourneyEvent[], more: Partial<RowOptions> = {}) => [...periodRows(story, options(more))];
const labelsOf = (story: readonly JourneyEvent[], more: Partial<RowOptions> = {}) => rowsOf(story, more).map(({ labels }) => labels.map((label) => label.at(more.knownUntil ?? TODAY)));
/** Everything that a model could see of the rows, day by day. */
function seen(story: readonly JourneyEvent[], origins: readonly number[]) {
  const found = [];
  for (const { day, view } of periodRows(story, options({ origins }))) found.push({ day, ...featuresFor([30, 90]).of(view) });
  return found;
}

describe('Labels of a row', () => {
  it('say for each horizon whether notice was given within it', () => {
    expect(labelsOf([start(), ended(171)])).toEqual([[1, 1, NaN]]);
    expect(labelsOf([start(), ended(170)])).toEqual([[1, 1, NaN]]);
    expect(labelsOf([start(), ended(169)])).toEqual([[0, 1, NaN]]);
    expect(labelsOf([start(), ended(109)])).toEqual([[0, 0, NaN]]);
    expect(labelsOf([start()])).toEqual([[0, 0, NaN]]);
  });

  it('look as far as the next renewal that was known then, and the grace', () => {
    const known = start({ renewsOn: ago(180) });
    expect(labelsOf([known, ended(150)])).toEqual([[0, 1, 1]]);
    expect(labelsOf([known, ended(149)])).toEqual([[0, 1, 0]]);
    expect(labelsOf([known, fact('subscription.terms-set', 190, { subscription: 'S', renewsOn: ago(20) }, { n: 3 }), ended(100)])).toEqual([[0, 0, 0]]);
  });

  it('are missing while the window is open', () => {
    expect(labelsOf([start()], { knownUntil: TODAY - 111 })).toEqual([[0, NaN, NaN]]);
    expect(labelsOf([start()], { knownUntil: TODAY - 171 })).toEqual([[NaN, NaN, NaN]]);
  });

  it('begin after the gap: what comes within it is no lesson', () => {
    expect(labelsOf([start(), ended(191)], { gapDays: 10 })).toEqual([[NaN, NaN, NaN]]);
    expect(labelsOf([start(), ended(190)], { gapDays: 10 })).toEqual([[NaN, NaN, NaN]]);
    expect(labelsOf([start(), ended(189)], { gapDays: 10 })).toEqual([[1, 1, NaN]]);
    expect(labelsOf([start(), ended(160)], { gapDays: 10 })).toEqual([[1, 1, NaN]]);
    expect(labelsOf([start(), ended(159)], { gapDays: 10 })).toEqual([[0, 1, NaN]]);
  });

  it('take competing causes for out of sight: merging always, others when asked', () => {
    expect(labelsOf([start(), ended(190, 'merger')])).toEqual([[NaN, NaN, NaN]]);
    expect(labelsOf([start(), ended(190, 'payment')], { causes: ['voluntary'] })).toEqual([[NaN, NaN, NaN]]);
    expect(labelsOf([start(), ended(190, 'payment')], { causes: ['payment'] })).toEqual([[1, 1, NaN]]);
  });

  it('are of customers at risk only', () => {
    expect(labelsOf([start(), fact('subscription.cancellation-requested', 201, { subscription: 'S', effectiveOn: ago(100) }, { n: 2 })])).toEqual([]);
    expect(labelsOf([start()], { origins: [TODAY - 480] })).toEqual([]);
  });

  const stepsOf = (story: readonly JourneyEvent[]) => rowsOf(story, { origins: [TODAY - 200, TODAY - 160, TODAY - 120, TODAY - 80, TODAY - 40] })[0]!.labels[0]!.steps.map(({ from, value }) => [TODAY - from, value]);
  const late = (days: number) => ({ observedAt: `${ago(days)}T10:00:00.000Z` });

  it('are known as they were known: a departure that is told late is none before', () => {
    expect(stepsOf([start()])).toEqual([[160, 0]]);
    expect(stepsOf([start(), ended(190)])).toEqual([[160, 1]]);
    expect(stepsOf([start(), ended(190, 'other', late(50))])).toEqual([[160, 0], [40, 1]]);
    expect(stepsOf([start({ autoRenew: false, renewsOn: ago(180) })])).toEqual([[160, 0], [120, 1]]);
  });

  it('stand as long as they were believed: a notice that is withdrawn or taken back later was one until then', () => {
    const request = fact('subscription.cancellation-requested', 190, { subscription: 'S', effectiveOn: ago(20) }, { n: 2 });
    expect(stepsOf([start(), request, fact('subscription.cancellation-withdrawn', 100, { subscription: 'S' }, { n: 3 })])).toEqual([[160, 1], [80, 0]]);
    const { source, id } = request;
    expect(stepsOf([start(), request, fact('record.retracted', 100, { events: [{ source, id }], reason: 'wrong customer' }, { n: 3 })])).toEqual([[160, 1], [80, 0]]);
    // Told at 50 days as if it had been given before the row: from then on the row teaches nothing.
    expect(stepsOf([start(), fact('subscription.cancellation-requested', 210, { subscription: 'S', effectiveOn: ago(20) }, { n: 2, ...late(50) })])).toEqual([[160, 0], [40, NaN]]);
  });
});

describe('Nothing of the future is in a row', () => {
  const origins = [TODAY - 300, TODAY - 200, TODAY - 100, TODAY - 31];
  const subscribed = correctedHistories().map((events) => [start(), ...events.map((event, place) => ({ ...event, position: `1.${place + 10}` }))] as JourneyEvent[]);

  it('whatever happened, or came to be known, after its day', () => {
    let rows = 0;
    fc.assert(fc.property(subscribed, fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 20 }), (events, delays) => {
      // Facts come to be known later than they happened, so that the past changes behind the rows.
      const told = events.map((event, place) => {
        const delay = delays[place % delays.length]!;
        return { ...event, observedAt: new Date(Math.min(Date.parse(event.occurredAt) + delay * 86_400_000, Date.parse(`${ago(0)}T23:00:00Z`))).toISOString() };
      });
      for (const { day, ...row } of seen(told, origins)) {
        rows += 1;
        const known = told.filter(({ occurredAt, observedAt }) => utc(observedAt) <= day && (utc(occurredAt) <= day));
        const corrections = told.filter(({ type, observedAt }) => type.startsWith('record.') && utc(observedAt) <= day);
        const all = [...new Set([...known, ...corrections])];
        expect([{ day, ...row }]).toEqual(seen(all, [day]));
      }
    }), { numRuns: 150 });
    expect(rows).toBeGreaterThan(100);
  });

  it('so the rows of a day are the same, however the story goes on', () => {
    fc.assert(fc.property(subscribed, (events) => {
      const day = TODAY - 200;
      const until = (last: number) => events.filter(({ observedAt }) => utc(observedAt) <= last);
      const [short] = seen([...until(day)], [day]);
      const [long] = seen(events, [day]);
      if (short && long) expect(long).toEqual(short);
    }), { numRuns: 150 });
  });

  it('takes rows at the ends of months', () => {
    expect(monthEnds(TODAY - 60, TODAY).map((day) => TODAY - day)).toEqual([54, 23]);
    expect(monthEnds(TODAY, TODAY + 7).map((day) => day - TODAY)).toEqual([7]);
  });
});
