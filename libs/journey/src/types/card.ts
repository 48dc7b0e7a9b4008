import { choice, code, count, fields, label, list, number, yesNo } from '../shapes.js';

/** The bands of a score. */
export const bandNames = ['healthy', 'watch', 'at-risk', 'unknown'] as const;
/** Which card, in which version. */
export const cardRef = (description: string) => ({ ...fields({ id: code('Its id.'), version: count('Its version.', 1_000_000) }), description }) as const;
/** How many came from one band into another. */
export const bandMoves = list({
  ...fields({ from: choice(bandNames, 'The band before.'), to: choice(bandNames, 'The band after.'), customers: count('So many customers.') }),
  description: 'From one band into another.',
}, 'How many came from which band into which.', 16);

const points = (description: string, minimum = 0) => number(description, minimum, 100);
const share = (description: string) => number(description, 0, 1);
const value = (description: string) => number(description, -1e12, 1e12);
/** Points, where the curve stands in a group that adds up. */
const quality = (description: string) => number(description, -1e6, 1e6);
const kind = <const K extends string>(name: K) => choice([name], 'Its kind.');
const pairs = {
  type: 'array', minItems: 1, maxItems: 100, description: 'Values, each with its quality.',
  items: { type: 'array', minItems: 2, maxItems: 2, items: quality('The value, then its quality.'), description: 'A value and its quality.' },
} as const;

const curve = {
  description: 'How the value becomes a quality from 0 (poor) to 1 (good), or points where its group adds up.',
  anyOf: [
    { ...fields({ kind: kind('line'), points: pairs }), description: 'Straight between the points, whose values ascend; flat beyond them.' },
    {
      ...fields({
        kind: kind('steps'), boundary: choice(['belongs to the lower step', 'belongs to the upper step'], 'Where a value on an edge belongs.'), above: quality('The quality beyond the last step.'),
        steps: list({ ...fields({ upTo: value('Its upper edge.'), quality: quality('What it counts.') }), description: 'A step.' }, 'The steps, whose edges ascend.'),
      }),
      description: 'Steps.',
    },
    { ...fields({ kind: kind('points'), points: pairs, otherwise: quality('The quality of any other value.') }), description: 'Exactly these values.' },
  ],
} as const;

const rules = {
  combine: {
    description: 'How its members become one quality; left out: their weighted mean.',
    anyOf: [
      { ...fields({ kind: kind('mean') }), description: 'Their weighted mean.' },
      { ...fields({ kind: kind('sum'), start: number('Points that it starts with.', 0, 1e6), max: number('It is kept between 0 and this, and counts as a share of it.', 0.01, 1e6) }), description: 'The sum of their points.' },
      { ...fields({ kind: kind('worst') }), description: 'The worst of them.' },
    ],
  },
  cap: points('It brings at most so many of its 100 points.'),
  whole: yesNo('It is rounded to whole ones of its 100 points.'),
} as const;

const group = {
  ...fields({ id: code('Its id.'), label: label('Its name.') }, { ...rules, parent: code('The group that it belongs to; left out: the card itself.'), weight: number('Its share of what the group above brings.', 0, 1e6) }),
  description: 'A group of measures.',
} as const;

const staleAfter = { description: 'Data older than this many days counts as unknown; null: never.', anyOf: [count('Days.', 36_600), { type: 'null', description: 'It never gets too old.' }] } as const;
/** What a measure reads: one of our signals, or the latest figure that was recorded under a name. */
const signal = {
  type: 'string', pattern: '^(measurement:)?[A-Za-z0-9._:/-]{1,100}$', maxLength: 112, description: 'What it reads: a signal such as licenceUse, or measurement: and the name under which figures are recorded.',
} as const;

const measure = {
  ...fields({
    id: code('Its id.'), group: code('Its group.'), signal, weight: number('Share of what its group brings.', 0, 1e6), label: label('Its name.'), unit: label('What its value counts.'), curve, staleAfter,
  }, {
    ceilings: list({ ...fields({ upTo: share('While its quality is at most this,'), score: points('the score is at most so many points.') }), description: 'A ceiling.' }, 'What it holds the whole score to.', 10),
    whenUnknown: choice(['redistribute', 'neutral', 'worst'], 'What it counts as while it is unknown; left out: its share goes to what is known.'),
  }),
  description: 'A measure.',
} as const;

const rollUp = {
  description: 'What the health of who has children is; left out: its own.',
  anyOf: [
    { ...fields({ kind: choice(['own', 'mean-of-children', 'worst-child'], 'Its own, the mean of its children by recurring revenue, or that of the worst.') }), description: 'One of these.' },
    { ...fields({ kind: kind('blend'), own: share('Part of its own; the rest is the mean of its children.') }), description: 'Both.' },
  ],
} as const;

/** A whole scorecard: what `insight` scores by. It says which shape a card has; whether it makes sense is for a check of its own. */
export const cardSchema = {
  ...fields({
    id: code('Its id.'), version: count('Its version.', 1_000_000),
    bands: {
      ...fields({
        healthy: points('Healthy from so many points on.'), watch: points('Watch from so many points on, below that at-risk.'), margin: points('A band is left only so many points beyond its edge.'),
        leastCoverage: points('Percent of the weight that must be known.'),
      }, { boundary: choice(['belongs to the upper band', 'belongs to the lower band'], 'Where a score on an edge belongs; left out: to the upper band.') }),
      description: 'The bands of its score.',
    },
    measureBands: { ...fields({ good: share('Good from this quality on.'), fair: share('Fair from this on, else poor.') }), description: 'The bands of one measure.' },
    groups: list(group, 'Its groups.', 50), measures: { ...list(measure, 'Its measures.', 100), minItems: 1 },
  }, {
    ...rules, label: label('Its name.'), rollUp,
    scale: { ...fields({ max: number('The best score as people read it.', 0.01, 1e6), decimals: count('Its decimals.', 6) }), description: 'How people read its score; left out: 0 to 100 with two decimals.' },
  }),
  description: 'The card in full.',
} as const;
