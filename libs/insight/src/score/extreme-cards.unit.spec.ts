import { expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { cardSchema, keywords } from '#journey';
import type { Card } from '../cards/card.js';
import { checkCard } from '../cards/check-card.js';
import type { Missing, Reading } from '../signals/signal.js';
import { anyCard } from '../testing/cards.js';
import { weighReadings } from './weigh.js';

const isCard = new Ajv({ strict: true, keywords: [...keywords] }).compile(cardSchema);
const far = [0, 5e-324, 1e-305, 1e-12, 1e-9, 1e-6, 0.01, 0.1, 1 / 3, 1, 999, 1e4, 1e5, 1e6, 1e12];
const numbers = fc.constantFrom(...far, ...far.map((number) => -number));
const readings = fc.oneof(fc.constant<Missing>({ missing: 'nobody said' }), fc.oneof(numbers, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -1, max: 11 }))
  .map((value): Reading => ({ value, refs: [1], age: 0, what: () => 'it' })));

/** Where numbers stand that a card may choose far out: those of its sums, weights and curves. */
function placesIn(part: object, isWithin = false): (readonly [holder: Record<string, number>, key: string])[] {
  return Object.entries(part).flatMap(([key, value]) => {
    const counts = isWithin || ['combine', 'curve', 'weight', 'cap'].includes(key);
    if (typeof value === 'number') return counts ? [[part as Record<string, number>, key] as const] : [];
    return value !== null && typeof value === 'object' ? placesIn(value, counts) : [];
  });
}

/** Any card with some of its numbers far out. Its bands are low, so that most cards have a healthy customer. */
const extremeCard = fc.tuple(anyCard, fc.array(fc.tuple(fc.nat(), numbers), { maxLength: 5 })).map(([drawn, changes]): Card => {
  const card = JSON.parse(JSON.stringify({ ...drawn, bands: { healthy: 0.2, watch: 0.1, margin: 0, leastCoverage: 0 } })) as Card;
  const places = placesIn(card);
  for (const [at, to] of changes) if (places.length > 0) places[at % places.length]![0][places[at % places.length]![1]] = to;
  return card;
});

const most = fc.constantFrom(0.01, 0.1, 1, 10, 1e4, 1e6);
/** Sums within sums, whose ends, weights and points are far apart. */
const sumsInSums = fc.array(fc.tuple(most, most, numbers, numbers), { minLength: 1, maxLength: 5 }).map((levels): Card => ({
  id: 'sums', version: 1, bands: { healthy: 0.2, watch: 0.1, margin: 0, leastCoverage: 0 }, measureBands: { good: 0.75, fair: 0.4 }, combine: { kind: 'sum', start: 0, max: levels[0]![0] },
  groups: levels.map(([max, weight], at) => ({ id: `g${at}`, label: `Group ${at}`, weight, combine: { kind: 'sum', start: 0, max }, ...(at > 0 && { parent: `g${at - 1}` }) })),
  measures: levels.map(([, , low, high], at) => ({ id: `m${at}`, group: `g${at}`, signal: 'measurement:pulse', weight: 1, label: 'M', unit: 'things', staleAfter: null, curve: { kind: 'line', points: [[0, low], [10, high]] } })),
}));

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

it('A card that is taken and has no errors gives a score from 0 to 100 of whole lines that sum to it, whatever its numbers and what it reads', () => {
  let scored = 0;
  fc.assert(fc.property(fc.oneof(extremeCard, sumsInSums), fc.array(readings, { minLength: 8, maxLength: 8 }), (card, read) => {
    if (!isCard(card) || checkCard(card).some(({ level }) => level === 'error')) return;
    scored += 1;
    const { score, exact, coverage, measures, extras, held } = weighReadings(read.slice(0, card.measures.length), card);
    expect(score === null || (Number.isInteger(score) && score >= 0 && score <= 10_000)).toBe(true);
    expect(exact === null || (exact > -0.5 && exact < 10_000.5)).toBe(true);
    expect(coverage >= 0 && coverage <= 100).toBe(true);
    const lines = [...measures, ...extras].map(({ points }) => points);
    expect([...lines, ...measures.map(({ maxPoints }) => maxPoints)].every(Number.isSafeInteger)).toBe(true);
    expect(measures.every(({ quality }) => quality >= 0 && quality <= 1 + 1e-9)).toBe(true);
    expect(sum(lines) - (held?.cut ?? 0)).toBe(score ?? 0);
  }), { numRuns: 4_000 });
  expect(scored).toBeGreaterThan(500);
});

const of = (value: number): Reading => ({ value, refs: [1], age: 0, what: () => 'it' });
const adding = (max: number, points: readonly (readonly [number, number])[]): Card => ({
  id: 'adding', version: 1, bands: { healthy: 70, watch: 40, margin: 3, leastCoverage: 40 }, measureBands: { good: 0.75, fair: 0.4 },
  groups: [{ id: 'g', label: 'G', weight: 1, combine: { kind: 'sum', start: 0, max } }],
  measures: [{ id: 'm', group: 'g', signal: 'measurement:pulse', weight: 1, label: 'M', unit: 'of 10', staleAfter: null, curve: { kind: 'line', points } }],
});

it('What bounds leave of a sum is the score, also where far more was cut off than a number can tell apart from it', () => {
  for (const max of [1e-12, 1e-9, 1e-7]) expect([0, 5, 9, 10].map((value) => weighReadings([of(value)], adding(max, [[0, 1e6], [10, 0]])).score)).toEqual([10_000, 10_000, 10_000, 0]);
  expect(weighReadings([of(0)], adding(7, [[0, 69_999.9], [10, 0]])).exact).toBe(10_000);
});

it('Hairs that bounds cut off groups do not add up to a score above 100', () => {
  const [top, one] = [adding(0.01, [[0, 0.01]]), adding(0.01, [[0, 0.01]]).measures[0]!];
  // Each of twenty groups brings 10,000 times the whole, but for a hair, and as many measures take that away.
  const ids = Array.from({ length: 20 }, (_, at) => `g${at}`);
  const curve = (points: number) => ({ kind: 'line' as const, points: [[0, points]] as const });
  const card: Card = {
    ...top, groups: [...top.groups, ...ids.map((id) => ({ id, parent: 'g', label: id, weight: 100, combine: { kind: 'sum' as const, start: 0, max: 10 } }))],
    measures: [one, ...ids.flatMap((id) => [{ ...one, id: `${id}-up`, group: id, curve: curve(10.000000009) }, { ...one, id: `${id}-down`, curve: curve(-100) }])],
  };
  const { score, measures, extras } = weighReadings(card.measures.map(() => of(0)), card);
  expect(score).toBe(10_000);
  expect(sum([...measures, ...extras].map(({ points }) => points))).toBe(10_000);
});
