import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Card, WhenUnknown } from '../cards/card.js';
import { foldEvents } from '../fold-events.js';
import { anyCard, readCard } from '../testing/cards.js';
import { TODAY, utc } from '../testing/facts.js';
import { correctedHistories } from '../testing/histories.js';
import type { Missing, Reading } from '../signals/signal.js';
import { plainQuality } from '../testing/plain-score.js';
import { isMeasure, scoreHealth, shownOn, worstMeasures } from './score-health.js';
import { type Weighing, weighReadings } from './weigh.js';

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const many = { numRuns: 800 };
/** The score without its ceiling. */
const uncut = ({ score, held }: Weighing) => (score === null ? null : score + (held?.cut ?? 0));
/** Sums in another order may end a hair beside a half. */
const isSame = (one: number | null, other: number | null) => (one === null || other === null ? one === other : Math.abs(one - other) <= 1);
const withPolicy = (card: Card, whenUnknown: WhenUnknown): Card => ({ ...card, measures: card.measures.map((measure) => ({ ...measure, whenUnknown })) });

/** Of a group, or the card itself, by group ids alone. */
function plainCover(card: Card, read: readonly (Reading | Missing)[], id?: string): { all: number; known: number } {
  const own = card.measures.flatMap(({ group, weight }, at) => (group === id ? [{ all: weight, known: 'missing' in read[at]! ? 0 : weight }] : []));
  const hasAny = (group: string): boolean => card.measures.some((measure) => measure.group === group) || card.groups.some(({ id: each, parent }) => parent === group && hasAny(each));
  const below = card.groups.filter((group) => group.parent === id && hasAny(group.id)).map(({ id: each, weight, combine }) => {
    const members = plainCover(card, read, each);
    const share = weight ?? (combine?.kind === 'sum' ? combine.max : undefined);
    return share === undefined ? members : { all: share, known: members.all ? (share * members.known) / members.all : 0 };
  });
  return { all: sum([...own, ...below].map(({ all }) => all)), known: sum([...own, ...below].map(({ known }) => known)) };
}

describe('Any card', () => {
  it('scores as its definition says, worked out without the engine', () => {
    fc.assert(fc.property(readCard(), ({ card, read }) => {
      const [weighing, plain] = [weighReadings(read, card), plainQuality(card, read)];
      const score = uncut(weighing);
      expect(score === null).toBe(plain === null);
      if (plain !== null) expect(Math.abs(score! - 10_000 * plain)).toBeLessThanOrEqual(0.5 + 1e-6);
    }), many);
  });

  it('is the sum of its measures, starts, bounds and ceiling, within 0 and 100; a measure loses no less than nothing and has no more than its maximum', () => {
    fc.assert(fc.property(readCard(), ({ card, read }) => {
      const weighing = weighReadings(read, card);
      const { score, held, measures, extras, coverage } = weighing;
      expect(sum(measures.map(({ points }) => points)) + sum(extras.map(({ points }) => points)) - (held?.cut ?? 0)).toBe(score ?? 0);
      expect([score ?? 0, coverage].every((figure) => figure >= 0)).toBe(true);
      expect([(score ?? 0) / 100, coverage].every((figure) => figure <= 100)).toBe(true);
      for (const { points, maxPoints, quality } of measures) {
        expect(points).toBeLessThanOrEqual(maxPoints);
        expect(maxPoints).toBeGreaterThanOrEqual(0);
        expect([points, maxPoints].every(Number.isInteger)).toBe(true);
        expect(quality >= 0 && quality <= 1).toBe(true);
      }
      if (held) expect(Math.min(...measures.flatMap(({ measure, quality, reading }) => ('missing' in reading || measure.weight === 0 ? [] : (measure.ceilings ?? []).filter(({ upTo }) => quality <= upTo).map((one) => one.score)))) * 100).toBe(score);
    }), many);
  });

  it('holds no score higher than a ceiling that applies', () => {
    fc.assert(fc.property(readCard(), ({ card, read }) => {
      const { score, measures } = weighReadings(read, card);
      for (const { measure, quality, reading } of measures) {
        if ('missing' in reading || measure.weight === 0 || score === null) continue;
        for (const ceiling of measure.ceilings ?? []) if (quality <= ceiling.upTo) expect(score).toBeLessThanOrEqual(100 * ceiling.score);
      }
    }), many);
  });

  it('covers what CARDS.md says: the known part of each group, as its part of the whole', () => {
    fc.assert(fc.property(readCard(), ({ card, read }) => {
      const { all, known } = plainCover(card, read);
      expect(Math.abs(weighReadings(read, card).coverage - (all ? (100 * known) / all : 0))).toBeLessThanOrEqual(0.005 + 1e-9);
    }), many);
  });

  it('covers the same whatever stands in for what is unknown, and never less when more is known', () => {
    fc.assert(fc.property(readCard(), fc.nat(), ({ card, read }, at) => {
      const covered = (['redistribute', 'neutral', 'worst'] as const).map((policy) => weighReadings(read, withPolicy(card, policy)).coverage);
      expect(new Set(covered).size).toBe(1);
      const less = read.map((reading, place) => (place === at % read.length ? { missing: 'forgotten' } : reading));
      expect(weighReadings(less, card).coverage).toBeLessThanOrEqual(covered[0]! + 0.01);
    }), many);
  });

  it('that shares anew what is unknown scores as if the unknown measures were not on it', () => {
    fc.assert(fc.property(readCard(anyCard.map((card) => withPolicy(card, 'redistribute'))), ({ card, read }) => {
      const isKnown = (_: unknown, at: number) => !('missing' in read[at]!);
      const rest = { ...card, measures: card.measures.filter(isKnown) };
      const [all, less] = [weighReadings(read, card), weighReadings(read.filter(isKnown), rest)];
      expect(isSame(all.score, less.score)).toBe(true);
    }), many);
  });

  it('that counts the worst for what is unknown scores no higher than whatever it could turn out to be', () => {
    fc.assert(fc.property(readCard(anyCard.map((card) => withPolicy(card, 'worst'))), fc.array(fc.integer({ min: -1, max: 12 }), { minLength: 8, maxLength: 8 }), ({ card, read }, values) => {
      const told = read.map((reading, at) => ('missing' in reading ? { value: values[at]!, refs: [1], age: 0, what: () => 'it' } : reading));
      const [unknown, known] = [weighReadings(read, card), weighReadings(told, card)];
      expect(uncut(unknown) ?? 0).toBeLessThanOrEqual(uncut(known) ?? 0);
      expect(unknown.measures.filter(({ reading, quality }) => 'missing' in reading && quality !== 0)).toEqual([]);
    }), many);
  });

  it('scores the same in whichever order its measures and groups stand', () => {
    const mixed = readCard().chain(({ card, read }) => fc.tuple(
      fc.constant({ card, read }), fc.shuffledSubarray(card.measures.map((_, at) => at), { minLength: read.length }), fc.shuffledSubarray([...card.groups], { minLength: card.groups.length })));
    fc.assert(fc.property(mixed, ([{ card, read }, order, groups]) => {
      const [one, other] = [weighReadings(read, card), weighReadings(order.map((at) => read[at]!), { ...card, groups, measures: order.map((at) => card.measures[at]!) })];
      expect(isSame(one.score, other.score)).toBe(true);
      expect(Math.abs(one.coverage - other.coverage)).toBeLessThan(0.011);
    }), many);
  });
});

describe('What people read', () => {
  it('is the exact score on the card\'s scale, rounded once', () => {
    fc.assert(fc.property(readCard(), fc.constantFrom(1, 5, 10, 100, 1000), fc.nat(3), ({ card, read }, max, decimals) => {
      const [weighing, plain] = [weighReadings(read, card), plainQuality(card, read)];
      const { score } = shownOn({ ...card, scale: { max, decimals } }, weighing);
      expect(score === null).toBe(plain === null);
      if (plain !== null && !weighing.held) expect(Math.abs(score! - max * plain)).toBeLessThanOrEqual(0.5 / 10 ** decimals + 1e-9 * max);
      if (weighing.held) expect(Math.abs(score! - (max * weighing.held.at) / 10_000)).toBeLessThanOrEqual(0.5 / 10 ** decimals + 1e-9 * max);
      expect(shownOn({ ...card, scale: { max: 100, decimals: 2 } }, weighing).score).toBe(weighing.score === null ? null : weighing.score / 100);
    }), many);
  });
});

describe('The score of any card on any history', () => {
  it('is the sum of its lines, and of its groups without a parent; every group is what stands in it', () => {
    fc.assert(fc.property(correctedHistories(40), anyCard, (events, card) => {
      const score = scoreHealth(foldEvents(events, utc), card, TODAY);
      const tops = score.groups.filter(({ parent }) => parent === null);
      expect(sum(score.measures.map(({ points }) => points))).toBe(score.score ?? 0);
      expect(sum(tops.map(({ points }) => points))).toBe(score.score ?? 0);
      expect(score.measures.every((line) => line.lost === line.maxPoints - line.points && (line.lost >= 0 || !isMeasure(line)))).toBe(true);
      for (const { id, points } of score.groups) {
        const own = score.measures.filter(({ group }) => group === id);
        const below = score.groups.filter(({ parent }) => parent === id);
        expect(sum([...own, ...below].map((one) => one.points))).toBe(points);
      }
      expect(new Set(score.measures.map(({ id }) => id)).size).toBe(score.measures.length);
      expect(score.measures.filter(isMeasure).map(({ id }) => id)).toEqual(card.measures.map(({ id }) => id));
      expect(worstMeasures(score, 99).every((line) => isMeasure(line))).toBe(true);
      for (const { say } of score.measures) expect(say.split(/\s+/).length).toBeLessThanOrEqual(25);
    }), { numRuns: 300 });
  });

  it('is nothing where all weights are 0 in a mean, and where nothing is known of a card that shares anew', () => {
    fc.assert(fc.property(readCard(), ({ card, read }) => {
      const zero: Card = { ...card, combine: { kind: 'mean' }, groups: card.groups.map(({ id, label }) => ({ id, label })), measures: card.measures.map((measure) => ({ ...measure, weight: 0 })) };
      expect(weighReadings(read, zero)).toMatchObject({ score: null, coverage: 0, held: null, extras: [] });
      const unknown = weighReadings(read.map(() => ({ missing: 'nobody said' })), withPolicy(card, 'redistribute'));
      expect(unknown).toMatchObject({ score: null, coverage: 0, held: null, extras: [] });
      expect(unknown.measures.every(({ points, maxPoints }) => points === 0 && maxPoints === 0)).toBe(true);
    }), many);
  });
});
