import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ago, fact } from '../testing/facts.js';
import { outageOf } from './outage.js';
import { livedThrough, outageFiguresOf } from './outage-figures.js';

const at = (hour: number) => `${ago(0)}T${String(hour).padStart(2, '0')}:00:00.000Z`;
const told = (...facts: [hour: number, type: string, data?: Record<string, unknown>][]) => outageOf(facts.map(([hour, type, data]) => fact(`outage.${type}`, 0, { outage: 'X', ...data }, { at: hour })))!;
const hit = (data: Record<string, unknown> = {}): [number, string, Record<string, unknown>] => [7, 'customer-affected', { startedAt: at(6), detectedAt: at(7), service: 'mail', ...data }];

describe('An outage as a customer lived through it', () => {
  const whole = told(hit(), [8, 'customer-notified'], [9, 'eta-given', { eta: at(12) }], [10, 'customer-reported'], [13, 'eta-given', { eta: at(15) }], [14, 'workaround-offered'], [18, 'resolved']);

  it('has its lag, errors, revisions, silence and words per hour, in minutes', () => {
    expect(livedThrough(whole, at(23))).toEqual({
      lasted: { minutes: 720, over: true }, notice: { minutes: 60, over: true }, toldFirst: true, firstEtaError: 360, lastEtaError: 180, revisions: 1,
      longestSilence: 240, updatesPerHour: 4 / 12, workaround: { minutes: 480, over: true },
    });
  });

  it('that nobody told of and that goes on still counts: the lag has lasted so far, and silence is all of it', () => {
    const lived = livedThrough(told(hit(), [9, 'customer-reported']), at(11));
    expect(lived).toMatchObject({ notice: { minutes: 240, over: false }, toldFirst: false, firstEtaError: null, longestSilence: 240, updatesPerHour: 0, workaround: { over: false } });
  });

  it('is told first only by a word before theirs; without a report of theirs, by any', () => {
    expect(livedThrough(told(hit(), [9, 'customer-reported'], [10, 'updated']), at(20)).toldFirst).toBe(false);
    expect(livedThrough(told(hit(), [10, 'updated']), at(20)).toldFirst).toBe(true);
  });

  it('is told by words while it lasts: what is said when it is over tells nobody, and names no end', () => {
    const late = told(hit(), [9, 'eta-given', { eta: at(10) }], [12, 'resolved'], [13, 'eta-given', { eta: at(12) }]);
    expect(livedThrough(late, at(23))).toMatchObject({ lastEtaError: 120, revisions: 0 });
    expect(livedThrough(told(hit(), [9, 'resolved'], [15, 'customer-notified']), at(23))).toMatchObject({ toldFirst: false, notice: { minutes: 120, over: false }, updatesPerHour: 0, longestSilence: 120 });
  });

  it('has figures that go nowhere below nothing', () => {
    const { updatesPerHour, longestSilence, revisions } = outageFiguresOf([whole, told(hit(), [8, 'resolved']), told(hit(), [7, 'eta-given', { eta: at(9) }], [19, 'resolved'])], at(20));
    expect([updatesPerHour.low, longestSilence.low, revisions.low]).toEqual([0, 0, 0]);
  });

  it('begins when it was seen, else when it began, else when we knew of it', () => {
    expect(told([7, 'customer-affected', { startedAt: at(6) }])).toMatchObject({ startedAt: at(6), detectedAt: at(6) });
    expect(told([7, 'customer-affected'])).toMatchObject({ startedAt: at(7), detectedAt: at(7) });
    expect(outageOf([fact('outage.updated', 0, { outage: 'X' })])).toBeNull();
  });

  it('has a rate of words from one hour on, and no interval below 0', () => {
    const short = told(hit({ startedAt: at(7) }), [7, 'customer-notified']);
    const soon = (minutes: number) => new Date(Date.parse(at(7)) + minutes * 60_000).toISOString();
    expect([livedThrough(short, soon(59)).updatesPerHour, livedThrough(short, soon(60)).updatesPerHour]).toEqual([null, 1]);
    expect(outageFiguresOf([short], soon(59)).updatesPerHour).toEqual({ n: 0, value: null, low: null, high: null });
    const { updatesPerHour, longestSilence } = outageFiguresOf([told(hit(), [7, 'updated'], [8, 'resolved']), told(hit(), [8, 'resolved']), told(hit(), [23, 'resolved'])], at(23));
    expect([updatesPerHour.n, updatesPerHour.low, longestSilence.low]).toEqual([3, 0, 0]);
  });

  it('of none says nothing, of several means and medians with their n', () => {
    expect(outageFiguresOf([], at(20))).toMatchObject({ cases: 0, toldFirst: { n: 0, value: null }, noticeLag: { median: null }, lastEtaError: { n: 0, value: null } });
    expect(outageFiguresOf([whole, told(hit())], at(20))).toMatchObject({ cases: 2, running: 1, withoutEta: 1, toldFirst: { n: 2, value: 0.5 }, noticeLag: { mean: { n: 1, value: 60 }, median: 60, waiting: 1 }, lastEtaError: { n: 1, value: 180, low: null } });
  });

  it('has no silence longer than it lasted since it was seen, nor shorter than that over the words and one', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 7, max: 19 }), { maxLength: 8 }), (hours) => {
      const lived = livedThrough(told(hit(), ...hours.toSorted((a, b) => a - b).map((hour): [number, string] => [hour, 'updated']), [19, 'resolved']), at(23));
      expect(lived.longestSilence).toBeLessThanOrEqual(720);
      expect(lived.longestSilence).toBeGreaterThanOrEqual(720 / (hours.length + 1) - 1e-9);
    }));
  });
});
