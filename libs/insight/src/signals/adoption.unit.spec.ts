import { describe, expect, it } from '@jest/globals';
import { ago, fact, TODAY } from '../testing/facts.js';
import { measured } from '../testing/measure.js';

/** A report of the week that ended so many days ago. */
const week = (days: number, figures: object) => fact('usage.reported', days, { from: ago(days + 6), to: ago(days), ...figures });

describe('Licence use', () => {
  it('is active users per hundred licences: 10 of 20 are 50 %, half the way from 20 to 80', () => {
    expect(measured('licence-use', [week(1, { licensed: 20, active: 10 })])).toMatchObject({ value: 50, quality: 0.5, age: 1, say: expect.stringContaining('Use of 10 of 20 licences cost') });
  });

  it('adds products, each with its own latest week, and takes the busiest day of a week', () => {
    const events = [
      week(8, { product: 'a', licensed: 10, active: 2 }), week(1, { product: 'b', licensed: 30, active: 20 }),
      fact('usage.reported', 9, { from: ago(9), to: ago(9), product: 'a', licensed: 10, active: 4 }),
    ];
    expect(measured('licence-use', events)).toMatchObject({ value: 60, quality: 0.6667 });
  });

  it('takes the seats of running subscriptions where reports name no licences', () => {
    const seats = fact('subscription.started', 90, { subscription: 's', seats: 40, recurring: { amount: 1, currency: 'EUR' }, interval: 'month' });
    expect(measured('licence-use', [seats, week(1, { active: 32 })])).toMatchObject({ value: 80, quality: 1, say: 'Use of 32 of 40 licences: no points lost.' });
    expect(measured('licence-use', [week(1, { active: 32 })])).toMatchObject({ status: 'unknown', reason: 'no report names both active users and licences' });
  });

  it('says since when it has been this low', () => {
    const events = [week(22, { licensed: 20, active: 18 }), week(15, { licensed: 20, active: 9 }), week(8, { licensed: 20, active: 10 }), week(1, { licensed: 20, active: 10 })];
    expect(measured('licence-use', events).since).toBe(TODAY - 15);
  });

  it('is unknown when the newest report is older than 60 days, and known on the 60th', () => {
    expect(measured('licence-use', [week(60, { licensed: 20, active: 10 })])).toMatchObject({ status: 'known', age: 60 });
    expect(measured('licence-use', [week(61, { licensed: 20, active: 10 })])).toMatchObject({ status: 'unknown', reason: 'its newest figure is 61 days old', points: 0, maxPoints: 0 });
  });
});

describe('Depth of use', () => {
  it('is the share of known features used in four weeks: 2 of 4 are 50 %, half the way from 25 to 75', () => {
    const events = [week(60, { features: ['a', 'b', 'c'] }), week(8, { features: ['a'] }), week(1, { features: ['b'] }), fact('usage.feature-adopted', 30, { feature: 'd' })];
    expect(measured('depth', events)).toMatchObject({ value: 50, quality: 0.5 });
  });

  it('is unknown when no report names features', () => {
    expect(measured('depth', [week(1, { active: 3 })])).toMatchObject({ status: 'unknown', reason: 'no usage report names features' });
  });
});

describe('Usage trend', () => {
  const before = [36, 43, 50, 57].map((days) => week(days, { active: 20 }));

  it('compares four weeks with the twelve before: 14 against 20 is 30 % less, half the way from -50 to -10 on a scale up to 0.8', () => {
    const events = [...before, week(1, { active: 13 }), week(8, { active: 15 })];
    expect(measured('trend', events)).toMatchObject({ value: -30, quality: 0.4, say: expect.stringContaining('Usage 30 % below its usual level cost') });
  });

  it('a rise loses nothing', () => {
    expect(measured('trend', [...before, week(1, { active: 25 })])).toMatchObject({ value: 25, quality: 1, say: 'Usage 25 % above its usual level: no points lost.' });
  });

  it('compares volume per day where no users are reported, so that a month compares with a week', () => {
    const month = fact('usage.reported', 40, { from: ago(69), to: ago(40), volume: 3000 });
    const other = fact('usage.reported', 70, { from: ago(99), to: ago(70), volume: 3000 });
    expect(measured('trend', [month, other, week(1, { volume: 350 })])).toMatchObject({ value: -50, quality: 0 });
  });

  it('is unknown with fewer than two earlier weeks, or with no earlier use', () => {
    expect(measured('trend', [week(40, { active: 20 }), week(1, { active: 20 })]).status).toBe('unknown');
    expect(measured('trend', [week(40, { active: 0 }), week(50, { active: 0 }), week(1, { active: 20 })]).reason).toBe('there was no earlier use to compare with');
  });
});
