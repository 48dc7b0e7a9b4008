import { eventType } from '../event-type.js';
import { choice, code, count, day, fields, instant, label, list, number } from '../shapes.js';
import { bandMoves, cardRef, cardSchema } from './card.js';

const card = code('Id of the card.');
const version = (description: string) => count(description, 1_000_000);
const reason = label('Why, in a few words without names of persons.');
const weight = (description: string) => number(description, -1e6, 1e6);
const someOf = (description: string) => ({ ...list(label('One of them.'), description), minItems: 1 }) as const;
const cardOrNone = { description: 'The card for whom no rule fits; null for payer and user: nobody else is seen that way.', anyOf: [card, { type: 'null', description: 'None.' }] } as const;

const difference = (description: string) => number(description, -1_000, 1_000);
const proposal = {
  ...fields({
    horizonDays: count('Days ahead in which they left.', 3_660), from: day('Rows are of month ends from this day on.'), to: day('Up to this day.'), knownAt: instant('What was known then counted.'), upTo: code('The facts up to this position of the log counted.'),
    seed: count('Seed of the intervals.', 4_294_967_295), rows: count('Rows that it was worked out from: customers at month ends.'), leavers: count('Of the rows, so many before a departure.'), departures: count('So many customers left.'),
    priorDepartures: count('So many departures would count as much as the weights before.'), verdict: choice(['better', 'worse', 'no better', 'not tried'], 'Whether a score with such weights ranks better who leaves, out of time.'),
    weights: list({
      ...fields({ measure: code('Id of the measure.'), was: weight('Its weight before.'), proposed: weight('Its weight now.'), low: weight('Lower end of the 95 % interval.'), high: weight('Its upper end.') }),
      description: 'Of one measure.',
    }, 'The weights.'),
  }, {
    figures: list({
      ...fields({ name: choice(['auc', 'lift10'], 'Which: the AUC, or the lift at 10 %, among rows of one month end.') }, {
        before: difference('Of the score with the weights before.'), now: difference('Of one with weights that would have been proposed at the time.'), ahead: difference('So much more it is.'), low: difference('Lower end of the 95 % interval of that.'), high: difference('Its upper end.'),
      }),
      description: 'One figure.',
    }, 'How both rank who leaves, on time that the weights had not seen.', 2),
  }),
  description: 'Where its weights come from, if outcomes proposed them.',
} as const;

const effect = {
  ...fields({
    customers: count('So many customers who had not ended were scored both ways.'), changed: count('So many came into another band.'), better: count('Into a better one.'), worse: count('Into a worse one.'), bands: bandMoves,
  }),
  description: 'What it changed, as counted when it was decided.',
} as const;

const example = {
  id: 'msp', version: 2, label: 'Managed services', bands: { healthy: 70, watch: 45, margin: 3, leastCoverage: 40 }, measureBands: { good: 0.75, fair: 0.4 },
  groups: [{ id: 'support', label: 'Support', weight: 60, cap: 80 }, { id: 'voice', label: 'Voice', weight: 40 }],
  measures: [
    { id: 'sla', group: 'support', signal: 'slaMissed', weight: 1, label: 'Missed targets', unit: 'tickets', curve: { kind: 'line', points: [[0, 1], [4, 0]] }, staleAfter: 365 },
    { id: 'pulse', group: 'voice', signal: 'measurement:pulse', weight: 1, label: 'Pulse', unit: 'of 5', curve: { kind: 'points', points: [[4, 0.8], [5, 1]], otherwise: 0.2 }, staleAfter: 90, whenUnknown: 'neutral' },
  ],
} as const;

export const scorecardTypes = [
  eventType({
    type: 'scorecard.drafted', version: 1, internal: true,
    description: 'A scorecard was written down, to be tried and talked about.',
    schema: fields({ card: cardSchema, reason }, {
      basedOn: cardRef('The card that it was made from.'),
      proposal,
    }),
    example: { card: example, reason: 'Missed targets count more', basedOn: { id: 'msp', version: 1 } },
  }),
  eventType({
    type: 'scorecard.published', version: 1, internal: true,
    description: 'A version of a scorecard came into force: from now on it scores those whom it is assigned to.',
    schema: fields({ card, version: version('The version that is in force.'), reason }, {
      revertedFrom: version('The version that it takes the place of, where an earlier one came back.'),
      effect,
    }),
    example: {
      card: 'msp', version: 2, reason: 'Agreed with support and sales', effect: { customers: 412, changed: 19, better: 4, worse: 15, bands: [{ from: 'healthy', to: 'watch', customers: 15 }, { from: 'watch', to: 'healthy', customers: 4 }] },
    },
  }),
  eventType({
    type: 'scorecard.retired', version: 1, internal: true,
    description: 'A scorecard is no longer to score anybody.',
    schema: fields({ card, reason }),
    example: { card: 'msp', reason: 'One card for all from now on' },
  }),
  eventType({
    type: 'scorecard.assigned', version: 1, internal: true,
    description: 'It was decided which card scores whom, by the first rule that fits.',
    schema: fields({
      perspective: choice(['whole', 'payer', 'user'], 'Which score it is about: that of the whole customer, or as who pays or who uses sees us.'),
      rules: list({
        ...fields({ card }, { segments: someOf('Only customers of these segments.'), industries: someOf('Only of these industries.'), regions: someOf('Only of these regions.') }),
        description: 'A rule: all that it names must fit.',
      }, 'The rules, in their order.', 50),
      otherwise: cardOrNone, reason,
    }, { effect }),
    check: ({ perspective, otherwise }) => (perspective === 'whole' && otherwise === null ? [{ path: ['otherwise'], message: 'everybody has a whole score, so a card must be named' }] : []),
    example: { perspective: 'whole', rules: [{ segments: ['enterprise'], card: 'msp' }], otherwise: 'first-scorecard', reason: 'Large customers are looked after by the service desk' },
  }),
] as const;
