import fc from 'fast-check';
import type { Card, CardGroup, CardMeasure, Combine, Curve, Rules } from '../cards/card.js';
import { treeOf } from '../score/tree.js';
import { signalNames } from '../signals/all.js';
import type { Missing, Reading } from '../signals/signal.js';

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined, freq: 2 });
const unit = fc.integer({ min: 0, max: 20 }).map((share) => share / 20);
const weights = fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 5, arbitrary: fc.integer({ min: 1, max: 40 }).map((weight) => weight / 2) });
const combines: fc.Arbitrary<Combine> = fc.oneof(
  fc.constant<Combine>({ kind: 'mean' }), fc.constant<Combine>({ kind: 'worst' }),
  fc.record({ kind: fc.constant('sum' as const), start: fc.constantFrom(0, 0, 1, 2), max: fc.constantFrom(3, 7, 10, 100) }));
const rules: fc.Arbitrary<Rules> = fc.record({ combine: maybe(combines), cap: maybe(fc.integer({ min: 0, max: 100 })), whole: maybe(fc.boolean()) });
const groups = fc.array(fc.record({ rules, weight: maybe(weights), under: fc.nat(9), top: fc.boolean() }), { minLength: 1, maxLength: 6 });

const marks = fc.uniqueArray(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 4 }).map((list) => list.sort((a, b) => a - b));
const points = (values: readonly number[], qualities: readonly number[]) => values.map((value, at) => [value, qualities[at]!] as const);
const curves: fc.Arbitrary<Curve> = fc.tuple(marks, fc.array(unit, { minLength: 5, maxLength: 5 }), fc.nat(3)).map(([values, qualities, kind]): Curve => {
  if (kind < 2) return { kind: 'line', points: points(values, qualities) };
  if (kind === 2) return { kind: 'points', points: points(values, qualities), otherwise: qualities[4]! };
  return { kind: 'steps', boundary: qualities[3]! < 0.5 ? 'belongs to the lower step' : 'belongs to the upper step', steps: values.map((upTo, at) => ({ upTo, quality: qualities[at]! })), above: qualities[4]! };
});

const measures = fc.array(fc.record({
  group: fc.nat(9), weight: weights, curve: curves, signal: fc.constantFrom(...signalNames),
  ceilings: maybe(fc.array(fc.record({ upTo: unit, score: fc.integer({ min: 0, max: 100 }) }), { maxLength: 2 })),
  whenUnknown: fc.constantFrom(undefined, 'redistribute' as const, 'neutral' as const, 'worst' as const), staleAfter: fc.constantFrom(null, null, 60),
}), { minLength: 1, maxLength: 8 });

/** In a group that adds up a curve says points: here from -4 to 8. */
function asPoints(curve: Curve): Curve {
  const more = (quality: number) => Math.round(12 * quality - 4);
  if (curve.kind === 'steps') return { ...curve, steps: curve.steps.map(({ upTo, quality }) => ({ upTo, quality: more(quality) })), above: more(curve.above) };
  const scaled = curve.points.map(([value, quality]) => [value, more(quality)] as const);
  return curve.kind === 'line' ? { ...curve, points: scaled } : { ...curve, points: scaled, otherwise: more(curve.otherwise) };
}

/** Any card: groups within groups, every way to combine them, every kind of curve and policy. Ids are `m0`, `m1`, … and `g0`, `g1`, … */
export const anyCard: fc.Arbitrary<Card> = fc.record({ rules, groups, measures, boundary: fc.constantFrom(undefined, 'belongs to the upper band' as const, 'belongs to the lower band' as const) }).map((drawn) => {
  const made = drawn.groups.map(({ rules: own, weight, under, top }, at): CardGroup => ({ ...own, id: `g${at}`, label: `Group ${at}`, weight, ...(at > 0 && !top && { parent: `g${under % at}` }) }));
  const plain = drawn.measures.map((measure, at): CardMeasure => ({ ...measure, id: `m${at}`, label: `Measure ${at}`, unit: 'things', group: made[measure.group % made.length]!.id }));
  const card: Card = {
    ...drawn.rules, id: 'any', version: 1, groups: made, measures: plain, measureBands: { good: 0.75, fair: 0.4 },
    bands: { healthy: 70, watch: 45, margin: 3, leastCoverage: 40, boundary: drawn.boundary },
  };
  const { adds } = treeOf(card);
  return { ...card, measures: plain.map((measure, at) => (adds[at] ? { ...measure, curve: asPoints(measure.curve) } : measure)) };
});

/** A flat card of a mean: measures in headings, quality curves, no policies. */
export const flatCard: fc.Arbitrary<Card> = anyCard.map(({ combine: _, cap: _cap, whole: _whole, ...card }) => ({
  ...card, groups: card.groups.map(({ id, label }) => ({ id, label })),
  measures: card.measures.map(({ whenUnknown: _when, ...measure }) => measure),
})).filter(({ measures: list }) => list.every(({ curve }) => (curve.kind === 'steps' ? [...curve.steps.map(({ quality }) => quality), curve.above] : curve.points.map(([, quality]) => quality)).every((quality) => quality >= 0 && quality <= 1)));

const readings: fc.Arbitrary<Reading | Missing> = fc.oneof({ weight: 1, arbitrary: fc.constant({ missing: 'nobody said' }) },
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 24 }).map((half) => ({ value: half / 2, refs: [1], age: 0, what: () => `a value of ${half / 2}` })) });

/** A card, and what each of its measures reads. */
export const readCard = (cards: fc.Arbitrary<Card> = anyCard): fc.Arbitrary<{ card: Card; read: (Reading | Missing)[] }> =>
  cards.chain((card) => fc.tuple(...card.measures.map(() => readings)).map((read) => ({ card, read })));
