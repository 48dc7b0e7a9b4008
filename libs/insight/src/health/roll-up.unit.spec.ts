import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RollUp } from '../cards/card.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { type Member, rollUp, rollUpTree } from './roll-up.js';

const card = (rule?: RollUp) => ({ ...firstScorecard, ...(rule && { rollUp: rule }) });
const mean = card({ kind: 'mean-of-children' });
const eur = (amount: number) => [{ amount, currency: 'EUR' }];
const counts = (score: number | null) => ({ score, band: score === null ? 'unknown' as const : 'watch' as const });
const child = (id: string, score: number | null, arr: Member['arr'] = []) => ({ id, ...counts(score), arr });
const rolledUp = (by: typeof mean, own: number | null, children: Parameters<typeof rollUp>[2]) => rollUp(by, counts(own), children);

describe('What rolls up', () => {
  it('is the mean by yearly amounts, in which who has none weighs nothing', () => {
    expect(rolledUp(mean, 9_000, [child('b', 8_000, eur(300)), child('a', 4_000, eur(100)), child('c', 0)])).toEqual({
      score: 7_000, band: 'healthy', coverage: 100, worst: 'c',
      children: [{ id: 'a', score: 4_000, band: 'watch', weight: 0.25 }, { id: 'b', score: 8_000, band: 'watch', weight: 0.75 }, { id: 'c', score: 0, band: 'watch', weight: 0 }],
    });
  });

  it.each([['no amounts', [], []], ['two currencies', eur(900), [{ amount: 100, currency: 'USD' }]], ['amounts of nothing', eur(0), eur(0)]])('weighs all alike where there are %s', (_, one, other) => {
    expect(rolledUp(mean, null, [child('a', 4_000, one), child('b', 8_001, other)])).toMatchObject({ score: 6_001, children: [{ weight: 0.5 }, { weight: 0.5 }] });
  });

  it('leaves out of whom too little is known, says how much is, and no more where that is too little', () => {
    const unknown = ['u', 'v', 'w'].map((id) => child(id, null, [{ amount: 5, currency: 'USD' }]));
    expect(rolledUp(mean, 1_000, [child('a', 6_000, eur(1)), ...unknown.slice(1)])).toMatchObject({ score: 6_000, coverage: 33.33, band: 'unknown' });
    expect(rolledUp(mean, 1_000, [child('a', 6_000, eur(1)), unknown[0]!])).toMatchObject({ score: 6_000, coverage: 50, band: 'watch', children: [{ weight: 1 }, { weight: 0 }] });
    expect(rolledUp(mean, 1_000, unknown)).toMatchObject({ score: null, coverage: 0, band: 'unknown', worst: null });
  });

  it('is the worst child, the first of equals by id', () => {
    expect(rolledUp(card({ kind: 'worst-child' }), 9_000, [child('c', 3_000), child('b', 3_000, eur(1)), child('a', 5_000)])).toMatchObject({ score: 3_000, band: 'at-risk', worst: 'b', children: [{ weight: 0 }, { weight: 1 }, { weight: 0 }] });
  });

  it('is a blend with its own, of which one side speaks alone where the other is unknown', () => {
    const blend = card({ kind: 'blend', own: 0.25 });
    expect(rolledUp(blend, 8_000, [child('a', 4_000)])).toMatchObject({ score: 5_000, coverage: 100 });
    expect(rolledUp(blend, null, [child('a', 4_000)])).toMatchObject({ score: 4_000, coverage: 75 });
    expect(rolledUp(blend, 8_000, [child('a', null)])).toMatchObject({ score: 8_000, coverage: 25, band: 'unknown' });
  });

  it('takes a child of an unknown band for unknown, whatever it sums to', () => {
    expect(rolledUp(mean, null, [{ ...child('a', 9_000), band: 'unknown' }, child('b', 5_000)])).toMatchObject({ score: 5_000, coverage: 50 });
  });

  it('is its own where nobody belongs to it, and where the card does not roll up', () => {
    expect(rolledUp(mean, 7_100, [])).toMatchObject({ score: 7_100, band: 'watch', coverage: 100 });
    expect(rolledUp(mean, null, [])).toMatchObject({ score: null, band: 'unknown' });
    for (const own of [card(), card({ kind: 'own' })]) expect(rolledUp(own, 7_100, [child('a', 100)])).toMatchObject({ score: 7_100, band: 'watch' });
  });
});

const rules: fc.Arbitrary<RollUp> = fc.oneof(fc.constantFrom<RollUp[]>({ kind: 'own' }, { kind: 'mean-of-children' }, { kind: 'worst-child' }), fc.nat(10).map((own) => ({ kind: 'blend' as const, own: own / 10 })));
const scores = fc.option(fc.nat(10_000), { nil: null, freq: 4 });
const amounts = fc.array(fc.record({ amount: fc.nat(1_000_000), currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD') }), { maxLength: 2 });
type Root = Parameters<typeof rollUpTree>[1];
const members = fc.array(fc.record({ score: scores, arr: amounts, rule: rules, parent: fc.option(fc.nat(11), { nil: null, freq: 5 }) }), { minLength: 1, maxLength: 12 })
  .map((list) => list.map(({ score, arr, rule, parent }, at): Member => ({ id: `m${at}`, parent: parent === null ? null : `m${parent % list.length}`, ...counts(score), arr, card: card(rule) })));

describe('Any hierarchy', () => {
  it('stays between the lowest and the highest that it is made of, its weights sum to 1, and no order of children matters', () => {
    fc.assert(fc.property(rules, scores, fc.array(fc.record({ score: scores, arr: amounts }), { maxLength: 8 }).map((list) => list.map((each, at) => child(`c${at}`, each.score, each.arr))), fc.nat(100), (rule, own, children, turn) => {
      const rolled = rolledUp(card(rule), own, children);
      const known = children.flatMap(({ score }) => (score === null ? [] : [score]));
      const parts = rule.kind === 'own' || children.length === 0 ? [own] : rule.kind === 'blend' ? [own, ...known] : known;
      const of = parts.filter((score) => score !== null);
      if (of.length === 0) expect(rolled.score).toBeNull();
      else expect(rolled.score! >= Math.min(...of) && rolled.score! <= Math.max(...of)).toBe(true);
      const weights = rolled.children.reduce((sum, { weight }) => sum + weight, 0);
      expect(Math.abs(weights - (known.length === 0 ? 0 : 1)) < 1e-9).toBe(true);
      const at = turn % Math.max(1, children.length);
      expect(rolledUp(card(rule), own, [...children.slice(at), ...children.slice(0, at)].toReversed())).toEqual(rolled);
    }));
  });

  it('ends, whoever belongs to whom, in whatever order they come', () => {
    fc.assert(fc.property(members, fc.nat(100), (list, turn) => {
      for (const root of list) expect(rollUpTree([...list.slice(turn % list.length), ...list.slice(0, turn % list.length)], root as Root)).toEqual(rollUpTree(list, root as Root));
    }));
  });

  it('may be thousands deep, or thousands wide', () => {
    const of = (id: string, parent: string | null) => ({ ...child(id, 5_000), parent, card: mean });
    const chain = Array.from({ length: 5_000 }, (_, at) => of(`c${at + 1}`, `c${at}`));
    expect(rollUpTree(chain, of('c0', null))).toMatchObject({ score: 5_000, children: [{ id: 'c1' }] });
    expect(rollUpTree(chain.map((member) => ({ ...member, parent: 'c0' })), of('c0', null)).children).toHaveLength(5_000);
  });

  it('rolls up what is below first, as the cards there say, and nobody into themselves', () => {
    const of = (id: string, parent: string | null, score: number, by: Root['card'] | null = mean) => ({ ...child(id, score), parent, card: by! });
    const [top, middle, leaf] = [of('top', null, 9_000), of('middle', 'top', 8_000), of('leaf', 'middle', 2_000, null)];
    expect(rollUpTree([top, middle, leaf], top)).toMatchObject({ score: 2_000, children: [{ id: 'middle', score: 2_000, band: 'at-risk' }] });
    expect(rollUpTree([top, of('middle', 'top', 8_000, card()), leaf], top)).toMatchObject({ score: 8_000, children: [{ band: 'watch' }] });
    expect(rollUpTree([of('top', 'leaf', 9_000), middle, { ...leaf, card: mean }], of('top', 'leaf', 9_000))).toMatchObject({ score: 2_000 });
    expect(rollUpTree([of('top', 'top', 9_000)], of('top', 'top', 9_000))).toMatchObject({ score: 9_000, children: [] });
  });
});
