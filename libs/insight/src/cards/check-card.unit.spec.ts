import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { weighReadings } from '../score/weigh.js';
import { bandOf } from '../score/band.js';
import { anyCard, readCard } from '../testing/cards.js';
import type { Card, CardGroup, CardMeasure } from './card.js';
import { checkCard } from './check-card.js';
import { firstScorecard } from './first-scorecard.js';

const line = (...points: [number, number][]): CardMeasure['curve'] => ({ kind: 'line', points });
const contact: CardMeasure = { id: 'contact', group: 'people', signal: 'contact', weight: 2, label: 'Contact', unit: 'days since', curve: line([30, 1], [90, 0]), staleAfter: null };
const pulse: CardMeasure = { ...contact, id: 'pulse', signal: 'measurement:pulse', label: 'Pulse', unit: 'of 10', weight: 1, curve: line([0, 0], [10, 1]) };
const sound: Card = {
  id: 'sound', version: 1, bands: { healthy: 70, watch: 40, margin: 3, leastCoverage: 40 }, measureBands: { good: 0.75, fair: 0.4 },
  groups: [{ id: 'people', label: 'People' }], measures: [contact, pulse],
};
const withMeasure = (change: Partial<CardMeasure>): Card => ({ ...sound, measures: [{ ...contact, ...change }, pulse] });
const withGroups = (...groups: CardGroup[]): Card => ({ ...sound, groups });
const withBands = (change: Partial<Card['bands']>): Card => ({ ...sound, bands: { ...sound.bands, ...change } });
const found = (card: Card) => checkCard(card).map(({ level, pointer }) => `${level} ${pointer}`);

describe('A sound card', () => {
  it('gives nothing to put right; the first scorecard is one', () => {
    expect(checkCard(sound)).toEqual([]);
    expect(checkCard(firstScorecard)).toEqual([]);
  });
});

const sums: CardGroup = { id: 'people', label: 'People', combine: { kind: 'sum', start: 0, max: 10 } };
const inPoints = (points: [number, number][]): Card => ({ ...sound, groups: [sums], measures: [{ ...contact, curve: line(...points) }] });

describe('A check finds', () => {
  const cases: [what: string, card: Card, ...found: string[]][] = [
    ['an id that stands twice', { ...sound, measures: [contact, { ...pulse, id: 'contact' }] }, 'error /measures/1/id'],
    ['a reserved id', withMeasure({ id: 'ceiling' }), 'error /measures/0/id'],
    ['a reserved id of a group', { ...sound, groups: [{ id: 'start', label: 'Start' }], measures: [{ ...contact, group: 'start' }] }, 'error /groups/0/id'],
    ['the id under which bounds are told', withMeasure({ id: 'bounds' }), 'error /measures/0/id'],
    ['an id with a colon', withMeasure({ id: 'limit:people' }), 'error /measures/0/id'],
    ['a group that is not there', withMeasure({ group: 'nowhere' }), 'error /measures/0/group'],
    ['a parent that is not there', withGroups({ id: 'people', label: 'People', parent: 'nowhere' }), 'error /groups/0/parent'],
    ['groups within each other', withGroups({ id: 'people', label: 'People', parent: 'other' }, { id: 'other', label: 'Other', parent: 'people' }), 'error /groups/0/parent', 'error /groups/1/parent'],
    ['a group within itself', withGroups({ id: 'people', label: 'People', parent: 'people' }), 'error /groups/0/parent'],
    ['a group under groups that go in circles', withGroups({ id: 'people', label: 'People', parent: 'a' }, { id: 'a', label: 'A', parent: 'b' }, { id: 'b', label: 'B', parent: 'a' }), 'error /groups/0/parent', 'error /groups/1/parent', 'error /groups/2/parent'],
    ['a group without measures', withGroups(sound.groups[0]!, { id: 'empty', label: 'Empty' }), 'warning /groups/1'],
    ['a heading under a sum', { ...sound, combine: { kind: 'sum', start: 0, max: 3 } }, 'error /groups/0'],
    ['a heading in a heading under a sum', { ...inPoints([[0, 0], [9, 10]]), groups: [sums, { id: 'a', label: 'A', parent: 'people' }, { id: 'b', label: 'B', parent: 'a' }], measures: [{ ...contact, group: 'b' }] }, 'error /groups/1', 'error /groups/2'],
    ['an unknown signal', withMeasure({ signal: 'telepathy' as CardMeasure['signal'] }), 'error /measures/0/signal'],
    ['no measures', { ...sound, groups: [], measures: [] }, 'error /measures'],
    ['a weight below 0', withMeasure({ weight: -1 }), 'error /measures/0/weight'],
    ['a group\'s weight below 0', withGroups({ id: 'people', label: 'People', weight: -1 }), 'error /groups/0/weight'],
    ['a weight that is lost beside others', withMeasure({ weight: 1e-9 }), 'error /measures/0/weight'],
    ['a weight without end', withMeasure({ weight: Infinity }), 'error /measures/0/weight'],
    ['a group\'s weight that is lost beside others', withGroups({ id: 'people', label: 'People', weight: 5e-324 }), 'error /groups/0/weight'],
    ['a measure that changes nothing', withMeasure({ weight: 0 }), 'warning /measures/0/weight'],
    ['a group that changes nothing', { ...sound, groups: [...sound.groups, { id: 'other', label: 'Other', weight: 0 }], measures: [contact, { ...pulse, group: 'other' }] }, 'warning /groups/1/weight'],
    ['weights that are all 0', { ...sound, measures: [{ ...contact, weight: 0 }] }, 'error '],
    ['weights of a group that are all 0', { ...sound, groups: [...sound.groups, { id: 'other', label: 'Other', weight: 1 }], measures: [contact, { ...pulse, weight: 0, group: 'other' }] }, 'error /groups/1'],
    ['points of a line that do not ascend', withMeasure({ curve: line([30, 1], [30, 0]) }), 'error /measures/0/curve/points/1'],
    ['steps that do not ascend', withMeasure({ curve: { kind: 'steps', boundary: 'belongs to the lower step', steps: [{ upTo: 5, quality: 1 }, { upTo: 4, quality: 0.5 }], above: 0 } }), 'error /measures/0/curve/steps/1'],
    ['a value that is said twice', withMeasure({ curve: { kind: 'points', points: [[1, 1], [2, 0.5], [1, 0]], otherwise: 0 } }), 'error /measures/0/curve/points/2'],
    ['no values at all', withMeasure({ curve: line() }), 'error /measures/0/curve/points'],
    ['points where a quality is meant', withMeasure({ curve: line([0, 0], [10, 5]) }), 'error /measures/0/curve/points/1'],
    ['points above the steps', withMeasure({ curve: { kind: 'steps', boundary: 'belongs to the upper step', steps: [{ upTo: 5, quality: 0 }], above: 2 } }), 'error /measures/0/curve/above'],
    ['a quality below 0 of other values', withMeasure({ curve: { kind: 'points', points: [[1, 1]], otherwise: -1 } }), 'error /measures/0/curve/otherwise'],
    ['a curve that says the same of everything', withMeasure({ weight: 0.5, curve: line([0, 0.5]) }), 'warning /measures/0/curve'],
    ['a measure that is never good', withMeasure({ weight: 0.5, curve: line([0, 0.7], [9, 0]) }), 'warning /measures/0/curve'],
    ['a measure that is never poor', withMeasure({ weight: 0.5, curve: line([0, 1], [9, 0.5]) }), 'warning /measures/0/curve'],
    ['a sum that ends at 0', withGroups({ ...sums, combine: { kind: 'sum', start: 0, max: 0 } }), 'error /groups/0/combine/max', 'error '],
    ['a sum too small to be counted in', withGroups({ ...sums, combine: { kind: 'sum', start: 0, max: 1e-305 } }), 'error /groups/0/combine/max'],
    ['a sum without end', withGroups({ ...sums, combine: { kind: 'sum', start: 0, max: Infinity } }), 'error /groups/0/combine/max'],
    ['points far beyond their sum', inPoints([[0, 100_001], [90, 0]]), 'error /measures/0/curve'],
    ['points far below their sum', inPoints([[0, 10], [90, -100_001]]), 'error /measures/0/curve'],
    ['a group far beyond its sum', { ...sound, combine: { kind: 'sum', start: 0, max: 10 }, groups: [{ ...sums, weight: 100_001 }], measures: [{ ...contact, curve: line([0, 10], [90, 0]) }] }, 'error /groups/0/weight'],
    ['sums in sums that come to far more than the whole', { ...sound, combine: { kind: 'sum', start: 0, max: 10 }, groups: [{ ...sums, weight: 10_000 }], measures: [{ ...contact, curve: line([0, 101], [90, 0]) }] }, 'error /measures/0/curve'],
    ['a sum that starts above its end', withGroups({ ...sums, combine: { kind: 'sum', start: 11, max: 10 } }), 'error /groups/0/combine/start'],
    ['a cap above 100', withGroups({ ...sound.groups[0]!, cap: 101 }), 'error /groups/0/cap'],
    ['bands in the wrong order', withBands({ watch: 80 }), 'error /bands', 'error /bands/margin'],
    ['bands beyond 100', withBands({ healthy: 101 }), 'error /bands'],
    ['no band of watch', withBands({ watch: 70, margin: 0 }), 'warning /bands/watch'],
    ['a margin below 0', withBands({ margin: -1 }), 'error /bands/margin'],
    ['a margin as wide as watch', withBands({ margin: 30 }), 'error /bands/margin'],
    ['a coverage that cannot be had', withBands({ leastCoverage: 101 }), 'error /bands/leastCoverage'],
    ['bands of measures in the wrong order', { ...sound, measureBands: { good: 0.3, fair: 0.4 } }, 'error /measureBands'],
    ['a scale without length', { ...sound, scale: { max: 0, decimals: 1 } }, 'error /scale'],
    ['half a decimal', { ...sound, scale: { max: 10, decimals: 0.5 } }, 'error /scale'],
    ['more than all of its own', { ...sound, rollUp: { kind: 'blend', own: 1.2 } }, 'error /rollUp/own'],
    ['a cap that keeps everybody from healthy', withGroups({ ...sound.groups[0]!, cap: 60 }), 'error /bands/healthy'],
    ['points that never come to a healthy sum', inPoints([[0, 6], [90, 0]]), 'error /bands/healthy'],
    ['a sum that starts too high for at-risk', { ...inPoints([[0, 5], [90, 0]]), groups: [{ ...sums, combine: { kind: 'sum', start: 5, max: 10 } }] }, 'warning /bands/watch'],
    ['an edge that belongs to the lower band, and is the best there is', { ...withGroups({ ...sound.groups[0]!, cap: 70 }), bands: { ...sound.bands, boundary: 'belongs to the lower band' } }, 'error /bands/healthy'],
    ['a margin that nobody passes upwards', withGroups({ ...sound.groups[0]!, cap: 71 }), 'warning /bands/margin'],
    ['a margin that nobody passes downwards', { ...sound, measures: [{ ...contact, curve: line([0, 1], [90, 0.38]) }] }, 'warning /bands/margin'],
    ['a ceiling that never applies', withMeasure({ curve: line([0, 1], [90, 0.2]), ceilings: [{ upTo: 0.1, score: 30 }] }), 'warning /measures/0/ceilings/0/upTo'],
    ['a ceiling that always applies', withMeasure({ ceilings: [{ upTo: 1, score: 80 }] }), 'warning /measures/0/ceilings/0/upTo'],
    ['a ceiling that keeps everybody from healthy', withMeasure({ ceilings: [{ upTo: 1, score: 60 }] }), 'warning /measures/0/ceilings/0/upTo', 'error /bands/healthy'],
    ['a ceiling behind another', withMeasure({ ceilings: [{ upTo: 0, score: 50 }, { upTo: 0.2, score: 40 }] }), 'warning /measures/0/ceilings/0'],
    ['a ceiling twice', withMeasure({ ceilings: [{ upTo: 0, score: 50 }, { upTo: 0, score: 50 }] }), 'warning /measures/0/ceilings/1'],
    ['a ceiling above every score', { ...withMeasure({ ceilings: [{ upTo: 0, score: 90 }] }), cap: 85 }, 'warning /measures/0/ceilings/0/score'],
    ['a ceiling above 100', withMeasure({ ceilings: [{ upTo: 0, score: 120 }] }), 'error /measures/0/ceilings/0'],
    ['a ceiling of a weight of 0', withMeasure({ weight: 0, ceilings: [{ upTo: 0, score: 50 }] }), 'warning /measures/0/weight', 'warning /measures/0/ceilings/0'],
    ['no label', withMeasure({ label: ' ' }), 'error /measures/0/label'],
    ['no unit', withMeasure({ unit: '' }), 'error /measures/0/unit'],
    ['a label too long for its sentences', withMeasure({ label: 'The number of days that have gone by since anybody of us spoke with them last' }), 'error /measures/0/label'],
    ['a label of a group too long for its sentences', withGroups({ id: 'people', label: Array(19).fill('very').join(' ') }), 'error /groups/0/label'],
  ];

  it.each(cases)('%s', (_, card, ...expected) => {
    expect(found(card)).toEqual(expected);
    for (const { say } of checkCard(card)) {
      expect(say.split(/\s+/).length).toBeLessThanOrEqual(25);
      expect(say).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('measures of which nobody has data, where it is told of whom they are known', () => {
    const of = (known: number, customers = 4) => checkCard(sound, { customers, measures: [{ id: 'contact', known: 4, share: 1 }, { id: 'pulse', known, share: known / 4 }] });
    expect(of(0)).toEqual([{ level: 'warning', pointer: '/measures/1/signal', say: 'Send what Pulse is made from, or leave it out: it is known of no customer.' }]);
    expect([of(1), of(0, 0)]).toEqual([[], []]);
  });

  it('quotes names, which may be words of a sentence', () => {
    expect(checkCard(withMeasure({ group: 'none' }))[0]!.say).toBe('Name one of the card\'s groups: there is no "none".');
    expect(checkCard(withMeasure({ signal: 'none' as CardMeasure['signal'] }))[0]!.say).toContain('"none" is none.');
    expect(checkCard(withGroups({ id: 'people', label: 'People', parent: 'none' }))[0]!.say).toContain('there is no "none".');
  });

  it('says how many words a label may have', () => {
    const long = withMeasure({ label: Array(30).fill('word').join(' ') });
    const most = Number(/to (\d+) words/.exec(checkCard(long)[0]!.say)![1]);
    expect(found(withMeasure({ label: Array(most).fill('word').join(' ') }))).toEqual([]);
    expect(found(withMeasure({ label: Array(most + 1).fill('word').join(' ') }))).toEqual(['error /measures/0/label']);
  });
});

describe('Whatever the card', () => {
  it('a check ends, with pointers to what is there and sentences of at most 25 words', () => {
    fc.assert(fc.property(anyCard, fc.nat(5), fc.nat(5), (card, from, to) => {
      const tied = { ...card, groups: card.groups.map((group, at) => (at === from % card.groups.length ? { ...group, parent: card.groups[to % card.groups.length]!.id } : group)) };
      for (const { pointer, say } of [...checkCard(card), ...checkCard(tied)]) {
        expect(say.split(/\s+/).length).toBeLessThanOrEqual(25);
        const names = pointer.split('/').slice(1);
        names.slice(0, -1).reduce<Record<string, unknown>>((part, name) => {
          expect(part[name]).toBeDefined();
          return part[name] as Record<string, unknown>;
        }, tied as unknown as Record<string, unknown>);
      }
    }), { numRuns: 500 });
  });

  it('nobody of whom all is known has a better band than a check says can be had, or a worse', () => {
    fc.assert(fc.property(readCard(), ({ card, read }) => {
      const found = checkCard(card);
      fc.pre(!found.some(({ level, pointer }) => level === 'error' && pointer !== '/bands/healthy') && read.every((reading) => !('missing' in reading)));
      const band = bandOf({ score: weighReadings(read, card).score, coverage: 100 }, null, card);
      if (band === 'healthy') expect(found.map(({ pointer }) => pointer)).not.toContain('/bands/healthy');
      if (band === 'at-risk') expect(found.map(({ pointer }) => pointer)).not.toContain('/bands/watch');
    }), { numRuns: 1000 });
  });
});
