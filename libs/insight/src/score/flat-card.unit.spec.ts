import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Card } from '../cards/card.js';
import { firstScorecard } from '../cards/first-scorecard.js';
import { foldEvents } from '../fold-events.js';
import type { FactSheet } from '../fact-sheet.js';
import { signalOf } from '../signals/all.js';
import { flatCard, readCard } from '../testing/cards.js';
import { TODAY, utc } from '../testing/facts.js';
import { correctedHistories } from '../testing/histories.js';
import { plainCurve } from '../testing/plain-score.js';
import type { Missing, Reading } from '../signals/signal.js';
import { viewOf } from '../view.js';
import { treeOf } from './tree.js';
import { type Weighing, weigh, weighReadings } from './weigh.js';

/** The formula of the first arithmetic, in one go: the sum of weight times quality over the known measures, divided by their weight. */
function flatFormula(card: Card, read: readonly (Reading | Missing)[]) {
  const known = card.measures.map(({ weight }, at) => ('missing' in read[at]! ? 0 : weight));
  const qualities = card.measures.map(({ curve }, at) => ('missing' in read[at]! ? 0 : plainCurve((read[at] as Reading).value, curve)));
  let [sum, all, exact] = [0, 0, 0];
  card.measures.forEach(({ weight }, at) => { sum += known[at]!; all += weight; });
  const parts = known.map((weight, at) => (sum > 0 ? (10_000 * weight * qualities[at]!) / sum : 0));
  for (const part of parts) exact += part;
  const score = Math.round(exact);
  const most = rounded(known.map((weight) => (sum > 0 ? (10_000 * weight) / sum : 0)), sum > 0 ? 10_000 : 0, known.map(() => Infinity));
  let held: { index: number; at: number; cut: number } | null = null;
  card.measures.forEach(({ ceilings = [] }, index) => {
    if (known[index]! <= 0) return;
    for (const { upTo, score: points } of ceilings) {
      const at = Math.round(100 * points);
      if (qualities[index]! <= upTo && at < (held?.at ?? score)) held = { index, at, cut: score - at };
    }
  });
  return {
    score: sum > 0 ? (held as { at: number } | null)?.at ?? score : null, coverage: all > 0 ? Math.round((10_000 * sum) / all) / 100 : 0, held, extras: [],
    measures: rounded(parts, score, most).map((points, at) => ({ quality: qualities[at]!, points, maxPoints: most[at]! })),
  };
}

/** Whole numbers that sum to a total: the rest goes to the largest with room for it, then the next. */
function rounded(parts: readonly number[], total: number, most: readonly number[]): number[] {
  const whole = parts.map((part) => Math.round(part));
  let rest = total - whole.reduce((sum, part) => sum + part, 0);
  const order = parts.map((part, at) => ({ part, at })).sort((a, b) => b.part - a.part || a.at - b.at);
  for (const { at } of order) {
    const next = Math.min(most[at]!, Math.max(0, whole[at]! + rest));
    rest -= next - whole[at]!;
    whole[at] = next;
  }
  return whole;
}

const figuresOf = ({ score, coverage, held, extras, measures }: Weighing) =>
  ({ score, coverage, held, extras, measures: measures.map(({ quality, points, maxPoints }) => ({ quality, points, maxPoints })) });

/** Too old is unknown. */
const readBy = (card: Card, sheet: FactSheet, day: number) => card.measures.map(({ signal, staleAfter }): Reading | Missing => {
  const reading = signalOf(signal)(viewOf(sheet, day));
  return !('missing' in reading) && staleAfter !== null && reading.age > staleAfter ? { missing: 'too old' } : reading;
});

describe('A card without rules for its groups gives, bit for bit, what the flat formula gives', () => {
  it('the first scorecard on any history', () => {
    fc.assert(fc.property(correctedHistories(), fc.nat(60), (events, later) => {
      const sheet = foldEvents(events, utc);
      expect(figuresOf(weigh(sheet, firstScorecard, TODAY + later))).toEqual(flatFormula(firstScorecard, readBy(firstScorecard, sheet, TODAY + later)));
    }), { numRuns: 300 });
  });

  it('any flat card on any history', () => {
    fc.assert(fc.property(correctedHistories(30), flatCard, (events, card) => {
      const sheet = foldEvents(events, utc);
      expect(figuresOf(weigh(sheet, card, TODAY))).toEqual(flatFormula(card, readBy(card, sheet, TODAY)));
    }), { numRuns: 300 });
  });

  it('any flat card on any readings', () => {
    fc.assert(fc.property(readCard(flatCard), ({ card, read }) => {
      expect(figuresOf(weighReadings(read, card))).toEqual(flatFormula(card, read));
    }), { numRuns: 1500 });
  });

  it('also where its measures stand in no order of groups: they are summed up as they stand on the card, so that the last bit is the same', () => {
    fc.assert(fc.property(flatCard, (card) => expect(treeOf(card).root.members).toEqual(card.measures.map((_, at) => at))));
  });
});
