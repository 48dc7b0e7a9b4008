import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { cardSchema, type DataFor, keywords } from '#journey';
import type { Card } from './card.js';
import { firstScorecard } from './first-scorecard.js';

type Sent = DataFor<'scorecard.drafted'>['card'];

const validate = new Ajv({ strict: true, allErrors: true, keywords: [...keywords] }).compile(cardSchema);
const flaws = (card: unknown) => (validate(card) ? [] : validate.errors!.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`));

/** Every word that a card may use. */
const whole: Card = {
  id: 'msp', version: 3, label: 'Managed services', bands: { healthy: 75, watch: 50, margin: 2, leastCoverage: 30, boundary: 'belongs to the lower band' }, measureBands: { good: 0.8, fair: 0.5 },
  combine: { kind: 'mean' }, cap: 95, whole: true, scale: { max: 10, decimals: 1 }, rollUp: { kind: 'blend', own: 0.6 },
  groups: [
    { id: 'a', label: 'A', weight: 2, combine: { kind: 'sum', start: 5, max: 10 }, cap: 80, whole: false }, { id: 'b', label: 'B', parent: 'a', combine: { kind: 'worst' } },
  ],
  measures: [
    { id: 'x', group: 'a', signal: 'slaMissed', weight: 1, label: 'X', unit: 'tickets', staleAfter: null, curve: { kind: 'steps', boundary: 'belongs to the upper step', steps: [{ upTo: 2, quality: -3 }], above: 1 } },
    { id: 'y', group: 'b', signal: 'measurement:pulse', weight: 0, label: 'Y', unit: 'of 5', staleAfter: 30, whenUnknown: 'worst', ceilings: [{ upTo: 0.2, score: 60 }], curve: { kind: 'points', points: [[1, 0], [5, 1]], otherwise: 0.5 } },
    { id: 'z', group: 'b', signal: 'trend', weight: 1.5, label: 'Z', unit: '%', staleAfter: 0, whenUnknown: 'neutral', curve: { kind: 'line', points: [[-50, 0], [0, 1]] } },
  ],
};

describe('A card', () => {
  it('is what the fact of its draft takes, and what that says is a card', () => {
    const sent: Sent = whole;
    // The fact does not know which signals there are, nor that a label may be left out.
    const back: Omit<Card, 'measures'> & { readonly measures: readonly Omit<Card['measures'][number], 'signal'>[] } = sent;
    expect([flaws(sent), flaws(back), flaws(firstScorecard)]).toEqual([[], [], []]);
    for (const kind of ['own', 'mean-of-children', 'worst-child'] as const) expect(flaws({ ...whole, rollUp: { kind } })).toEqual([]);
  });

  it('is refused with anything else in it, wherever it stands', () => {
    const paths = ['', '/bands', '/measureBands', '/scale', '/groups/0', '/measures/0', '/measures/1/ceilings/0', '/measures/0/curve/steps/0'];
    for (const path of paths) {
      const card = structuredClone(whole) as object;
      const place = path.split('/').slice(1).reduce((inner, step) => inner[step] as Record<string, any>, card as Record<string, any>);
      place['surprise'] = 1;
      expect(flaws(card)).toContain(`${path} additionalProperties`);
    }
    expect(flaws({ ...whole, combine: { kind: 'mean', max: 3 } })).toContain('/combine anyOf');
    for (const combine of [{ kind: 'sum', start: 0, max: 1e-305 }, { kind: 'sum', start: 0, max: 1e7 }, { kind: 'sum', start: -1, max: 10 }]) expect(flaws({ ...whole, combine })).toContain('/combine anyOf');
    expect(flaws({ ...whole, scale: { max: 0, decimals: 0 } })).toEqual(['/scale/max minimum']);
    expect(flaws({ ...whole, measures: [] })).toEqual(['/measures minItems']);
    expect(flaws({ ...whole, measures: Array(101).fill(whole.measures[0]) })).toEqual(['/measures maxItems']);
    expect(flaws({ ...whole, measures: [{ ...whole.measures[0], signal: 'measurement: pulse' }] })).toEqual(['/measures/0/signal pattern']);
  });
});
