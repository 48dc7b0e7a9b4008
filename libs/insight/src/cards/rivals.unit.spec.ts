import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { cardSchema, keywords } from '#journey';
import { foldEvents } from '../fold-events.js';
import { bandOf } from '../score/band.js';
import { scoreHealth } from '../score/score-health.js';
import { fact, TODAY, utc } from '../testing/facts.js';
import type { Card } from './card.js';
import { checkCard } from './check-card.js';
import { firstScorecard } from './first-scorecard.js';
import { readyMadeCards } from './ready-made/ready-made.js';

/** What other vendors document of their health scores, as cards that anybody could draft: the formulas as far as their pages tell them, with figures recorded by name. */
const folder = new URL('../../../../test/fixtures/cards/', import.meta.url);
const rivals = new Map(readdirSync(folder).map((name) => [name.slice(0, -'.json'.length), JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Card]));

/** The health of a customer by the card of a rival, from recorded figures. */
function by(id: string, figures: Record<string, number>) {
  const card = rivals.get(id)!;
  const sheet = foldEvents(Object.entries(figures).map(([measure, value], at) => fact('customer.measurement-recorded', 5, { measure, value }, { n: at + 1 })), utc);
  const score = scoreHealth(sheet, card, TODAY);
  const points = Object.fromEntries(score.groups.map((group) => [group.id, group.points / 100]));
  const lost = Object.fromEntries(score.measures.map((measure) => [measure.id, measure.lost / 100]));
  return { points, lost, score: score.score === null ? null : score.score / 100, shown: score.shown.score, band: bandOf(score, null, card), measures: score.measures };
}

describe('Every card', () => {
  it.each([...rivals.values(), ...readyMadeCards, firstScorecard].map((card) => [card.id, card] as const))('%s has the shape of one, and no error', (_, card) => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    ajv.addVocabulary([...keywords]);
    ajv.validate(cardSchema, card);
    expect(ajv.errors ?? []).toEqual([]);
    expect(checkCard(card).filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('Gainsight', () => {
  it('is the weighted mean, by weights of any size: (2 x 80 + 50 + 20) / 4 = 57.5, yellow', () => {
    expect(by('gainsight', { usage: 80, support: 50, sentiment: 20 })).toMatchObject({ score: 57.5, band: 'watch' });
  });

  it('is red up to 50, yellow above 50 up to 75, green above 75: the lower bound does not belong to a range, except 0', () => {
    const all = (value: number) => by('gainsight', { usage: value, support: value, sentiment: value }).band;
    expect([0, 50, 50.01, 75, 75.01, 100].map(all)).toEqual(['at-risk', 'at-risk', 'watch', 'watch', 'healthy', 'healthy']);
  });

  it('leaves out what is not applicable: (2 x 80 + 20) / 3 = 60', () => {
    expect(by('gainsight', { usage: 80, sentiment: 20 }).score).toBe(60);
  });

  it('in the newer frame: percent within a group, then of the whole: 60 % x (75 % x 80 + 25 % x 40) + 40 % x (50 % x 90 + 50 % x 50) = 70', () => {
    expect(by('gainsight-groups', { usage: 80, depth: 40, sentiment: 90, support: 50 })).toMatchObject({ score: 70, points: { product: 42, people: 28 } });
  });
});

describe('Totango', () => {
  it('counts 100 good, 60 average, 0 poor, and rounds every dimension: 33 x 100 + 33 x 60 + 34 x 60 is 73.2, so 73; 70 x 60 + 30 x 0 is 42: 60 % x 73 + 40 % x 42 = 60.6', () => {
    const { score, points, measures } = by('totango', { logins: 2, features: 1, licences: 1, touch: 1, nps: 0 });
    expect([score, points['usage'], points['relation']]).toEqual([60.6, 43.8, 16.8]);
    expect(measures.find(({ id }) => id === 'limit:usage')).toMatchObject({ points: -12, say: 'The bounds of usage took 0.1 points.' });
  });

  it('rounds halves up', () => {
    // Weights 33, 33, 34: average, poor, average is 40.2; of the relation 70 x 100 + 30 x 60 = 88.
    expect(by('totango', { logins: 1, features: 0, licences: 1, touch: 2, nps: 1 }).points).toMatchObject({ usage: 24, relation: 35.2 });
  });

  it('of an account is poor if anything is, good if all is, else average; what has no value does not count', () => {
    const bands = [[2, 2, 2], [2, 1, 2], [2, 1, 0], [0, 2, 2]].map(([logins, licences, touch]) => by('totango-account', { logins: logins!, licences: licences!, touch: touch! }).band);
    expect(bands).toEqual(['healthy', 'watch', 'at-risk', 'at-risk']);
    expect([by('totango-account', { logins: 2 }).band, by('totango-account', { touch: 1 }).score, by('totango-account', {}).band]).toEqual(['healthy', 60, 'unknown']);
  });
});

describe('Catalyst', () => {
  const documented = { adoption: 95, tickets: 7, answers: 8, pulse: 6 };

  it('is 10 x 50 % + 7.5 x 30 % + 6 x 20 % = 8.45, shown as 8.5', () => {
    expect(by('catalyst', documented)).toMatchObject({ score: 84.5, shown: 8.5, band: 'healthy' });
  });

  it('spreads the weight of what is missing over the rest: without a group (10 x 50 + 6 x 20) / 70 = 8.857; without a field its group is the other', () => {
    expect(by('catalyst', { adoption: 95, pulse: 6 })).toMatchObject({ score: 88.57, shown: 8.9 });
    expect(by('catalyst', { adoption: 95, tickets: 7, pulse: 6 }).score).toBe(83);
  });

  it('maps numbers to 1-3 at risk, 4-7 neutral, 8-10 healthy, in equal increments: here up to 60, 80, 100', () => {
    const shown = (adoption: number) => by('catalyst', { adoption }).shown;
    expect([0, 19, 20, 40, 59].map(shown)).toEqual([1, 1, 2, 3, 3]);
    expect([60, 65, 70, 79].map(shown)).toEqual([4, 5, 6, 7]);
    expect([80, 85, 90, 100].map(shown)).toEqual([8, 9, 10, 10]);
  });

  it('tells the impact of a field: (10 - 7) x (30 % / 2 fields) = 0.45 of 10, (10 - 6) x 20 % = 0.8', () => {
    expect(by('catalyst', documented).lost).toMatchObject({ adoption: 0, tickets: 4.5, answers: 3, pulse: 8 });
  });
});

describe('ChurnZero', () => {
  it('sums the points of factors, whose ranges have their top and not their bottom: 20 + 12.5 + 35 = 67.5', () => {
    expect(by('churnzero', { logins: 5, tickets: 3, nps: 9 })).toMatchObject({ score: 67.5, band: 'watch' });
    expect([0, 0.1, 5, 5.1, 20, 20.1].map((logins) => by('churnzero', { logins }).score)).toEqual([0, 20, 20, 30, 30, 40]);
  });

  it('is 100 at most, and a factor without data brings nothing', () => {
    expect(by('churnzero', { logins: 99, tickets: 0, nps: 10 }).score).toBe(100);
    expect(by('churnzero', { logins: 99 }).score).toBe(40);
  });
});

describe('Planhat', () => {
  it('starts at 5 and adds points, within 0 and 10', () => {
    expect(by('planhat', { usage: 25, tickets: 0, pulse: 1 })).toMatchObject({ shown: 5 + 2 + 1 });
    expect(by('planhat', { usage: 50, tickets: 0, pulse: 2 }).shown).toBe(10);
    expect(by('planhat', { usage: -50, tickets: 9, pulse: 0 }).shown).toBe(0);
    expect(by('planhat', { usage: -25, tickets: 2, pulse: 1 }).shown).toBe(3);
  });

  it('tells the start, and what was cut off, apart', () => {
    const { measures } = by('planhat', { usage: 50, tickets: 0, pulse: 2 });
    expect(measures.map(({ id, points }) => [id, points])).toEqual([['usage', 4000], ['tickets', 1000], ['pulse', 3000], ['start:factors', 5000], ['limit:factors', -3000]]);
  });

  it('of a group of companies is the mean of parent and children, rounded: 6.25 is 6, 3.75 is 4', () => {
    expect(by('planhat-group', { parent: 7, 'child-1': 6, 'child-2': 5, 'child-3': 7 })).toMatchObject({ score: 62.5, shown: 6 });
    expect(by('planhat-group', { parent: 5, 'child-1': 4, 'child-2': 3, 'child-3': 3 })).toMatchObject({ score: 37.5, shown: 4 });
    expect(by('planhat-group', { parent: 5 }).shown).toBe(5);
  });
});

describe('Vitally', () => {
  it('averages 0, 5 and 10 per score, and weighs the scores as Sourcegraph does (30, 15, 0, 55): 3 + 15 % x 7.5 + 55 % x 5 = 6.875', () => {
    const { shown, lost, band } = by('vitally', { pulse: 10, errors: 10, setup: 5, sponsor: 0, seats: 10, searches: 0 });
    expect([shown, lost['sponsor'], band]).toEqual([6.88, 0, 'healthy']);
  });

  it('labels by equal thirds; (30 x 10 + 55 x 5) / 85 = 6.7647 is rounded once, not to 67.65 and so to 6.77', () => {
    expect([{ pulse: 10, seats: 5 }, { pulse: 0, seats: 5 }, { pulse: 5, seats: 0 }].map((figures) => by('vitally', figures)).map(({ shown, band }) => [shown, band])).toEqual([[6.76, 'healthy'], [3.24, 'at-risk'], [1.76, 'at-risk']]);
    expect(by('vitally', { pulse: 5, seats: 5 }).band).toBe('watch');
  });

  it('ignores what is null, unless a card counts it', () => {
    expect(by('vitally', { errors: 10 }).shown).toBe(10);
    const counted: Card = { ...rivals.get('vitally')!, measures: rivals.get('vitally')!.measures.map((measure) => ({ ...measure, whenUnknown: 'worst' })) };
    expect(scoreHealth(foldEvents([fact('customer.measurement-recorded', 5, { measure: 'errors', value: 10 })], utc), counted, TODAY).shown.score).toBe(0.75);
  });
});

describe('Custify', () => {
  it('runs from a declared worst to a declared best, either way round, and clusters (a x 20 + b x 30 + c x 50) / 100: 80, 50, 40 is 51', () => {
    expect(by('custify', { 'setup-days': 20, logins: 10, outcome: 40 })).toMatchObject({ score: 51, points: { a: 16, b: 15, c: 20 } });
    expect(by('custify', { 'setup-days': 90, logins: 30, outcome: 10 }).score).toBe(30);
  });
});

describe('HubSpot', () => {
  it('sums points, groups capped by their most, which sum to 100: 30 of 35 + 10 + 20 + 10 + 5 = 75', () => {
    const { score, points, measures } = by('hubspot', { meetings: 4, calls: 2, open: 0, mood: 1, nps: 8 });
    expect([score, points]).toEqual([75, { meetings: 30, calls: 10, tickets: 20, sentiment: 10, nps: 5 }]);
    expect(measures.find(({ id }) => id === 'limit:meetings')!.points).toBe(-500);
    expect(rivals.get('hubspot')!.groups.reduce((sum, { combine }) => sum + (combine as { max: number }).max, 0)).toBe(100);
  });

  it('is 100 at best, 0 at worst', () => {
    expect([by('hubspot', { meetings: 9, calls: 9, open: 0, mood: 2, nps: 10 }).score, by('hubspot', { meetings: 0, calls: 0, open: 9, mood: 0, nps: 1 }).score]).toEqual([100, 0]);
  });
});
