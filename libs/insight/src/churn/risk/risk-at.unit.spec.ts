import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent } from '#journey';
import { foldEvents } from '../../fold-events.js';
import { profileOf } from '../../profile.js';
import { ago, fact, TODAY, utc } from '../../testing/facts.js';
import { correctedHistories } from '../../testing/histories.js';
import { priorChurnModel } from '../model/prior.js';
import { sigmoid } from '../models/table.js';
import { headlineRisk } from './headline-risk.js';
import { chancesAt, riskAt } from './risk-at.js';

const start = (more = {}) => fact('subscription.started', 500, { subscription: 'S', recurring: { amount: 100_000, currency: 'EUR' }, interval: 'month', ...more }, { n: 1 });
const use = (n: number, days: number, active: number) => fact('usage.reported', days, { from: ago(days), to: ago(days), licensed: 100, active }, { n });
const risk = (...events: JourneyEvent[]) => riskAt(priorChurnModel, foldEvents(events, utc), TODAY);
const chance = (found: ReturnType<typeof risk>, horizon: unknown) => found.chances.find((one) => one.horizon === horizon)?.probability;

describe('The risk of a customer', () => {
  it('is the stated assumption where nothing is known but that somebody is a customer', () => {
    const { chances, confidence, standing } = risk(start(), use(2, 0, 90));
    expect(standing).toBe('running');
    // 12 % a year at 85 points; here no point is lost, so that the odds are half of that.
    const odds = (1 - 0.88 ** (90 / 365)) / 0.88 ** (90 / 365) / 2;
    expect(chances.find(({ horizon }) => horizon === 90)!.probability).toBeCloseTo(odds / (1 + odds), 10);
    expect(chances.map(({ horizon, until }) => [horizon, until - TODAY])).toEqual([[30, 30], [90, 90], [180, 180]]);
    expect(confidence.level).toBe('prior');
  });

  it('doubles its odds for every 15 points that are lost, and names what cost them in a sentence', () => {
    const busy = [start(), ...[20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6].map((week, place) => use(place + 2, 7 * week, 80)), ...[4, 3, 2, 1].map((week, place) => use(place + 30, 7 * week - 5, 8))];
    const { explained } = risk(...busy);
    const trend = explained!.drivers.find(({ feature }) => feature === 'trend')!;
    expect(trend.logOdds).toBeCloseTo((8 / 15) * Math.log(2), 10);
    expect(trend.refs).toEqual([30, 31, 32, 33]);
    expect(trend.say).toMatch(/^Usage \d+ % below its usual level: risk [\d.]+ %; [\d.]+ % had usage stayed at its usual level\.$/);
    expect(trend.otherwise! < sigmoid(explained!.logOdds)).toBe(true);
  });

  it('has an interval around it, a curve through it, and the yearly amount times it', () => {
    const found = risk(start({ renewsOn: ago(-200), termMonths: 24 }), use(2, 0, 10));
    for (const { probability, low, high } of found.chances) expect(0 < low && low < probability && probability < high && high < 1).toBe(true);
    expect(found.chances.at(-1)).toMatchObject({ horizon: 'renewal', until: TODAY + 230 });
    expect(found.survival.find(({ day }) => day === TODAY + 90)!.stays).toBeCloseTo(1 - chance(found, 90)!, 12);
    expect(found.survival.at(-1)!.day).toBe(TODAY + 230);
    expect(found.atRisk).toEqual([{ amount: Math.round(1_200_000 * chance(found, 90)!), currency: 'EUR' }]);
  });

  it('is no guess once notice was given: it is sure, but for one notice in ten that is withdrawn, and comes true on the day of its effect', () => {
    const found = risk(start(), fact('subscription.cancellation-requested', 5, { subscription: 'S', effectiveOn: ago(-60) }, { n: 2 }));
    expect(found.standing).toBe('notice');
    expect([chance(found, 30), chance(found, 90), found.explained]).toEqual([0.9, 0.9, null]);
    expect(found.survival.map(({ day, stays }) => [day - TODAY, Math.round(100 * stays) / 100])).toEqual([[0, 1], [59, 1], [60, 0.1]]);
    expect(found.atRisk).toEqual([{ amount: 1_080_000, currency: 'EUR' }]);
    expect(found.spell).toMatchObject({ notice: { day: TODAY - 5, n: 2 }, effect: { day: TODAY + 60 } });
  });

  it('is none for who never was a customer, or has left', () => {
    expect(risk(fact('ticket.opened', 3, { ticket: 'T' }))).toMatchObject({ standing: 'prospect', chances: [], survival: [], explained: null, atRisk: [] });
    expect(risk(start(), fact('subscription.ended', 3, { subscription: 'S', reason: 'payment' }))).toMatchObject({ standing: 'left', chances: [], explained: null });
  });
});

it('never falls with a later date, whatever the models of the horizons say by themselves; lists keep what they say', () => {
  const logOdds = fc.double({ min: -8, max: 8, noNaN: true });
  let bent = 0;
  fc.assert(fc.property(fc.array(logOdds, { minLength: 4, maxLength: 4 }), fc.integer({ min: 0, max: 400 }), (shifts, days) => {
    const model = { ...priorChurnModel, horizons: priorChurnModel.horizons.map((horizon, place) => ({ ...horizon, calibration: { slope: 1, intercept: shifts[place]! } })) };
    const sheet = foldEvents([start({ renewsOn: ago(-days) })], utc);
    const { chances, explained, survival } = riskAt(model, sheet, TODAY, 'renewal');
    const inOrder = chances.toSorted((a, b) => a.until - b.until || a.probability - b.probability);
    inOrder.slice(1).forEach((one, place) => expect(one.probability).toBeGreaterThanOrEqual(inOrder[place]!.probability));
    chances.forEach(({ low, probability, high }) => expect(low <= probability && probability <= high).toBe(true));
    expect(chances.find(({ horizon }) => horizon === 90)!.probability).toBe(headlineRisk(model, sheet, { day: TODAY, arr: [] }).probability);
    for (const { until, probability } of chances) expect(survival.find(({ day }) => day === until)!.stays).toBeCloseTo(1 - probability, 12);
    const { base, drivers, calibration } = explained!;
    const renewal = chances.find(({ horizon }) => horizon === 'renewal')!.probability;
    expect(sigmoid(drivers.reduce((sum, driver) => sum + driver.logOdds, base + calibration))).toBeCloseTo(renewal, 9);
    if (Math.abs(calibration - shifts[3]!) > 1e-6) bent += 1;
  }));
  expect(bent).toBeGreaterThan(5);
});

it('who can no longer leave at a renewal that comes by itself is as if it were not due', () => {
  const terms = { renewsOn: ago(-20), termMonths: 12, noticeDays: 30 };
  const [bound, free] = [risk(start({ ...terms, autoRenew: true })), risk(start({ ...terms, autoRenew: false }))];
  expect(bound.explained!.drivers.find(({ feature }) => feature === 'bound')).toMatchObject({ logOdds: -Math.log(2.5), say: expect.stringContaining('it renews by itself') });
  expect(free.explained!.drivers.find(({ feature }) => feature === 'bound')).toMatchObject({ logOdds: 0 });
  expect(chance(bound, 30)! < chance(free, 30)!).toBe(true);
  expect(risk(start({ ...terms, autoRenew: true, noticeDays: 10 })).explained!.drivers.find(({ feature }) => feature === 'bound')!.logOdds).toBe(0);
});

it('base, drivers and calibration sum to the log-odds, every driver names events of the story, and lists say the same as the answer, whatever happened', () => {
  const model = { ...priorChurnModel, horizons: priorChurnModel.horizons.map((horizon) => ({ ...horizon, calibration: { slope: 1.3, intercept: -0.2 } })) };
  let explanations = 0;
  fc.assert(fc.property(correctedHistories(), (events) => {
    const sheet = foldEvents([start(), ...events.map((event, place) => ({ ...event, position: `1.${place + 10}` }))], utc);
    const found = riskAt(model, sheet, TODAY);
    expect(chancesAt(model, sheet, TODAY).map(({ horizon, until, probability }) => [horizon, until, probability])).toEqual(found.chances.map(({ horizon, until, probability }) => [horizon, until, probability]));
    expect(headlineRisk(model, sheet, { day: TODAY, arr: profileOf(sheet, TODAY).arr })).toEqual({ standing: found.standing, probability: chance(found, 90) ?? null, atRisk: found.atRisk });
    if (!found.explained) return;
    explanations += 1;
    const { base, drivers, calibration, logOdds } = found.explained;
    expect(drivers.reduce((sum, driver) => sum + driver.logOdds, base + calibration)).toBeCloseTo(logOdds, 9);
    expect(sigmoid(logOdds)).toBeCloseTo(chance(found, 90)!, 12);
    for (const driver of drivers) {
      expect(driver.refs.every((n) => n === 1 || (n >= 10 && n < 10 + events.length))).toBe(true);
      expect([...driver.refs].sort((a, b) => a - b)).toEqual(driver.refs);
      expect(driver.say).toMatch(/^[A-Z0-9].*\.$/);
    }
  }));
  expect(explanations).toBeGreaterThan(20);
});
