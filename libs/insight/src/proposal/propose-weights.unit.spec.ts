import { describe, expect, it } from '@jest/globals';
import type { Card } from '../cards/card.js';
import { clustersOf } from '../churn/model/fit.js';
import { TooLittleToLearn } from '../churn/model/train.js';
import { finish } from '../churn/models/steps.js';
import { randomOf } from '../churn/proof/random.js';
import { normal } from '../churn/simulate/normal.js';
import { CardRows } from './card-rows.js';
import { DOUBT, effectsOf, fitWeights } from './fit-weights.js';
import { poolsOf, weightsFrom } from './pools.js';
import { proposeWeights, type WeightProposal } from './propose-weights.js';
import { addRows, lived, type Lived, plainCard } from './testing/lived.js';
import { weightIntervals } from './weight-intervals.js';

const life = { intercept: -6.3, accounts: 400, months: 30, seed: 1 };
const propose = (rows: CardRows, seed = 1): WeightProposal => finish(proposeWeights(rows, { seed }));
const proposed = (wanted: Partial<Lived> & Pick<Lived, 'card' | 'effects'>) => propose(lived({ ...life, ...wanted }));
const truthOf = (effects: readonly number[], sum: number) => effects.map((effect) => (effect / effects.reduce((total, each) => total + each, 0)) * sum);
const moved = ({ weights }: WeightProposal) => weights.reduce((total, { was, proposed: now }) => total + Math.abs(now - was), 0) / 2;
const sumOf = (weights: readonly { readonly proposed: number }[]) => weights.reduce((total, { proposed: now }) => total + now, 0);

describe('Weights that outcomes propose', () => {
  const wrong = proposed({ card: plainCard([25, 25, 25, 25]), effects: [2, 2, 1, 0], accounts: 1_500 });

  it('come to what truly made customers leave, keep their sum, and rank better on time that had not been seen', () => {
    truthOf([2, 2, 1, 0], 100).forEach((truth, at) => expect([wrong.weights[at]!.low <= truth, truth <= wrong.weights[at]!.high]).toEqual([true, true]));
    expect(sumOf(wrong.weights)).toBeCloseTo(100, 9);
    expect(wrong.card.measures.map(({ weight }) => weight)).toEqual(wrong.weights.map(({ proposed: now }) => now));
    expect(wrong.verdict).toBe('better');
    const [auc, lift] = wrong.ranking!.figures;
    expect([auc!.name, lift!.name, auc!.ahead.low! > 0, lift!.draft.value! > lift!.published.value!]).toEqual(['auc', 'lift10', true, true]);
    expect(wrong.say).toMatch(/^From \d+ departures in \d+ rows, beside present weights that count as much as \d+ departures?: \d weights are clearly others\. On time that had not been seen, .* ranks who leaves better: AUC 0\.\d{3} in place of 0\.\d{3}, \+0\.\d{3} \(95 % from \+/);
    expect(wrong.weights.map(({ say }) => say.split(':')[0])).toEqual(['More', 'More', expect.any(String), expect.stringMatching(/^(Less|No weight)$/)]);
  });

  it('are nothing for what goes with staying, and that is said', () => {
    const { weights } = proposed({ card: plainCard([40, 40, 20]), effects: [3, 3, -3], accounts: 1_000 });
    expect(weights[2]).toMatchObject({ proposed: 0, low: 0, say: 'No weight: other things being equal, those of whom it is bad leave no more often.' });
    expect(sumOf(weights)).toBeCloseTo(100, 9);
  });

  it('hardly move where they are right, nor where few have left; the interval is then as wide as the doubt', () => {
    const right = proposed({ card: plainCard([40, 40, 20, 0]), effects: [2, 2, 1, 0], accounts: 1_500 });
    expect(moved(right)).toBeLessThan(moved(wrong) / 3);
    expect(right.verdict).not.toBe('better');
    const few = proposed({ card: plainCard([25, 25, 25, 25]), effects: [2, 2, 1, 0], accounts: 70 });
    expect([few.departures < 40, few.priorDepartures > 20]).toEqual([true, true]);
    expect(moved(few)).toBeLessThan(moved(wrong) * 0.8);
    few.weights.forEach(({ low, high }) => expect(high - low).toBeGreaterThan(100 * 0.25 * DOUBT));
  });

  it('have the truth, drawn as the card is doubted, in their intervals in more than nine of ten cases (932 of 1,000 in a longer run)', () => {
    const present = [40, 30, 20, 10];
    let [inside, all] = [0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomOf(seed, 77);
      const effects = present.map((weight) => Math.max(0, 5 * (weight / 100 + DOUBT * Math.max(weight / 100, 0.25) * normal(random))));
      const rows = lived({ ...life, card: plainCard(present), effects, seed });
      const [pools, known] = [poolsOf(rows.card), rows.known({ before: Infinity, day: rows.options.knownUntil })];
      const fit = finish(fitWeights(rows, known, pools));
      const intervals = finish(weightIntervals(fit, { clusters: clustersOf(rows, known.rows), seed: 1, times: 300, weightsOf: (point) => weightsFrom(rows.card, pools, effectsOf(fit, point)) }));
      truthOf(effects, 100).forEach((truth, at) => {
        all += 1;
        if (truth >= intervals[at]!.low && truth <= intervals[at]!.high) inside += 1;
      });
    }
    expect(inside / all).toBeGreaterThan(0.91);
    expect(inside / all).toBeLessThan(0.99);
  }, 120_000);

  it('are the same bytes from the same rows in any order, and other intervals by another seed', () => {
    const rows = lived({ ...life, card: plainCard([50, 30, 20]), effects: [2, 2, 1], unknown: 0.2 });
    const told = JSON.stringify(propose(rows));
    expect(JSON.stringify(propose(rows))).toBe(told);
    expect(JSON.stringify(propose(addRows(new CardRows(rows.card, rows.options), rows, { backwards: true })))).toBe(told);
    const other = propose(rows, 2);
    expect(other.weights.map(({ proposed: now }) => now)).toEqual(JSON.parse(told).weights.map(({ proposed: now }: { proposed: number }) => now));
    expect(other.weights.map(({ low }) => low)).not.toEqual(JSON.parse(told).weights.map(({ low }: { low: number }) => low));
  });

  it('are no surer because parent accounts tell everything twice, but for the doubt that it outweighs', () => {
    const once = lived({ ...life, card: plainCard([50, 50]), effects: [3, 1] });
    const twice = addRows(addRows(new CardRows(once.card, once.options), once), once, { named: ' again' });
    const [one, both] = [once, twice].map((rows) => propose(rows).weights[0]!);
    expect((both!.high - both!.low) / (one!.high - one!.low)).toBeGreaterThan(0.9);
  });

  it('are tried as they would have been at the time: where the world turned, they ranked worse', () => {
    const [before, after] = [[4, 0], [0, 4]].map((effects) => lived({ ...life, card: plainCard([50, 50]), effects, accounts: 500, months: 18 }));
    const rows = new CardRows(before!.card, { ...before!.options, knownUntil: 2 * before!.options.knownUntil });
    const { verdict, say } = propose(addRows(addRows(rows, before!), after!, { named: ' later', later: before!.options.knownUntil }));
    expect(verdict).toBe('worse');
    expect(say).toContain('ranks who leaves worse: ');
  });

  it('are refused from fewer than twenty departures, with what there is', () => {
    expect(() => proposed({ card: plainCard([50, 50]), effects: [1, 1], accounts: 30 })).toThrow(TooLittleToLearn);
    expect(() => proposed({ card: plainCard([50, 50]), effects: [1, 1], accounts: 30 })).toThrow(/There are \d+ rows, of \d+ it is known .* \d+ customers gave it: at least 20 are needed/);
  });
});

describe('What keeps its weight', () => {
  const effects = [3, 0.2, 1, 1, 2];
  const groups = (more: Partial<Card['groups'][number]>): Partial<Card> => ({ groups: [{ id: 'one', label: 'One', weight: 70 }, { id: 'two', label: 'Two', weight: 30, ...more }] });
  const grouped = (card: Card): Card => ({ ...card, measures: card.measures.map((measure, at) => ({ ...measure, group: at < 2 ? 'one' : 'two' })) });

  it('is a group with a weight of its own: its measures share what they shared', () => {
    const { weights, card } = proposed({ card: grouped(plainCard([10, 10, 1, 1, 2], groups({}))), effects, accounts: 1_000 });
    expect([sumOf(weights.slice(0, 2)), sumOf(weights.slice(2))].map((sum) => sum.toFixed(9))).toEqual(['20.000000000', '4.000000000']);
    expect(weights[0]!.proposed).toBeGreaterThan(13);
    expect(card.groups.map(({ weight }) => weight)).toEqual([70, 30]);
  });

  it('is a measure whose weight only counts for the coverage, whose group has no other, or that nobody knows', () => {
    const { weights } = proposed({ card: grouped(plainCard([10, 10, 1, 1, 2], groups({ combine: { kind: 'worst' } }))), effects, accounts: 600 });
    weights.slice(2).forEach((weight) => expect(weight).toMatchObject({ proposed: weight.was, low: weight.was, high: weight.was, say: expect.stringContaining('counts for the coverage only') }));
    const alone = { ...plainCard([10, 10, 5], { groups: [{ id: 'all', label: 'All', weight: 80 }, { id: 'alone', label: 'Alone', weight: 20 }] }) };
    const of = lived({ ...life, card: { ...alone, measures: alone.measures.map((measure, at) => (at === 2 ? { ...measure, group: 'alone' } : measure)) }, effects: [3, 1, 1] });
    expect(propose(of).weights[2]).toMatchObject({ was: 5, proposed: 5, say: 'As it is: there is nothing to share its weight with.' });
    const unknown = plainCard([10, 10, 5]);
    const blind = propose(lived({ ...life, card: { ...unknown, measures: unknown.measures.map((measure, at) => (at === 2 ? { ...measure, curve: { kind: 'line', points: [[5, 1], [6, 1]] } } : measure)) }, effects: [3, 1, 1] }));
    expect(blind.weights[2]).toMatchObject({ was: 5, proposed: 5, say: 'As it is: it is hardly known, or hardly differs, so outcomes tell nothing of it.' });
    expect(sumOf(blind.weights.slice(0, 2))).toBeCloseTo(20, 9);
  });

  it('does not weaken the others: who is scored by two of ten measures is scored by these as if there were no more', () => {
    const two = lived({ ...life, card: plainCard([50, 50]), effects: [3, 1] });
    const ten = addRows(new CardRows(plainCard(Array(10).fill(50)), two.options), two);
    for (const column of ten.values.slice(2)) for (let row = 0; row < two.size; row++) column.push(NaN);
    const [alone, among] = [propose(two), propose(ten)];
    expect(among.priorDepartures).toBe(alone.priorDepartures);
    expect(among.weights.slice(0, 2)).toEqual(alone.weights);
  });

  it('is everything where there is nothing to share out, and then nothing is tried', () => {
    const one = proposed({ card: plainCard([7]), effects: [4] });
    expect(one).toMatchObject({ weights: [{ was: 7, proposed: 7, low: 7, high: 7 }], ranking: null, verdict: 'not tried' });
  });
});
