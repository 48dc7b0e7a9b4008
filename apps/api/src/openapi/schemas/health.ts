import { choice, count, day, figure, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';
import { askedAs, atMoments, band, customerId, score, today } from './common.js';

const known = choice(['known', 'unknown'], '`unknown` when there is no data, or only data that is too old.');
const shares = {
  points: figure('Points it brings to the score; below 0 where one poor measure holds the whole score down.'),
  maxPoints: figure('Points it could bring.'),
  lost: figure('`maxPoints` less `points`.'),
};

const enough = yesNo('False where too little was known for a score: then `score` is only what the known measures sum to.');

export const healthSchemas: Readonly<Record<string, Schema>> = {
  Health: record('Health of one customer at one moment. The points of the measures sum to the computed score exactly.', {
    ...atMoments,
    score: score('What counts, from 0 to 100, 100 is healthy, two decimals: an override while it holds, else what was computed; null while too little is known.'),
    band: band('Where that score lies. A computed band is left only beyond a margin, so that it does not flicker; that of an override goes by its score alone.'),
    computed: ref('ScoreAndBand', 'What was computed, whether an override holds or not.'),
    override: orNull(record('A score that somebody set by hand, while it holds.', {
      score: figure('0 to 100.', { minimum: 0, maximum: 100 }), band: band('Where it lies.'), since: day('Its first day.'), until: day('Its last day.'),
      by: ref('Actor', 'Who set it.'), reason: text('Why.'), event: ref('Evidence', 'The fact that set it.'),
    })),
    shown: record("The score that counts on the card's own scale.", { score: orNull(figure('From 0 to `max`; null while too little is known.')), max: figure('The best.') }),
    bandYesterday: orNull(band('The computed band at the last close of a day; null before the first.')),
    coverage: figure('Per cent of the scorecard that is known; below 40 the band is `unknown`.', { minimum: 0, maximum: 100 }),
    dataAge: orNull(count('Days since the newest fact, a score set by hand or cleared aside; null without such facts.')),
    polarity: choice(['100 is healthy'], 'Which end is good.'),
    scale: text('Version of the scale from 0 to 100.'),
    arithmetic: text('Raised only when the same facts and card can give another figure.'),
    card: ref('CardOfScore', 'The scorecard used.'),
    bands: record('The edges of the card, in points.', {
      healthy: figure('Healthy from here on.'), watch: figure('To be watched from here on; below it is at risk.'), boundary: choice(['belongs to the upper band', 'belongs to the lower band'], 'Which band a score on an edge is in: with `lower`, 70 is not healthy where that begins at 70.'), margin: figure('How far beyond an edge a band is kept.'), leastCoverage: figure('Per cent of the card that must be known.'),
    }),
    knowledge: choice(['witnessed', 'declared'], '`declared` when an import said when at least one counted fact was known, and we did not see it ourselves.'),
    held: yesNo('True while a fact that could not be read holds back the figures of this customer.'),
    heldBy: orNull(ref('Evidence', 'The first fact that could not be read, where one holds the customer back: the figures are those before it.')),
    groups: list(ref('ScoreGroup'), "In the card's order. The points of those without a parent sum to the computed score."),
    measures: list(ref('Measure'), "In the card's order."),
    ceiling: orNull(record('The measure that holds the whole score down; null when none does.', {
      measure: text('Its id.'), at: figure('The points that the score cannot exceed.'), cost: figure('Points that this takes.'),
    })),
    perspectives: record('How it looks to those who pay and to those who use, by cards of their own.', {
      payer: orNull(ref('Perspective', 'Null where no card scores this customer so.')), user: orNull(ref('Perspective', 'Null where no card scores this customer so.')),
      apart: orNull(figure('Points that the payer sees less those that the user sees; null unless enough is known of both.', { minimum: -100, maximum: 100 })),
      say: orNull(text('In a sentence, from 15 points apart on; else null.')),
    }),
    rollUp: orNull(ref('RollUp', 'Null where the card rolls nothing up, or nobody belongs to the customer.')),
  }),
  ScoreAndBand: record('A score and where it lies.', { score: score('Null while too little is known.'), band: band('Where it lies.') }),
  CardOfScore: record('A version of a scorecard.', { id: text('Its id.'), version: whole('Its version.', { minimum: 1 }), label: orNull(text('Its name; null where it has none.')) }),
  ScoreGroup: record('A group of measures.', { id: text('Its id.'), label: text('Its name.'), parent: orNull(text('Id of the group it belongs to; null for the score itself.')), status: known, ...shares }),
  Perspective: record('How it looks to some of them.', {
    score: score('Null while too little is known.'), band: band('Where it lies, without memory.'), coverage: figure('Per cent of that card that is known.', { minimum: 0, maximum: 100 }),
    card: ref('CardOfScore'), groups: list(ref('ScoreGroup'), "In that card's order."),
  }),
  RollUp: record('The health of a customer with that of what belongs to it. Own scores stay what they are.', {
    kind: choice(['own', 'mean-of-children', 'worst-child', 'blend'], 'How the card rolls up.'),
    score: score('Null while too little is known.'), band: band('Where it lies, without memory; unknown while less is known than the card asks for.'),
    own: score('The score of the customer itself that counts.'), coverage: figure('Per cent known of what it is made of: how many of the children, and of a blend its own share, too.', { minimum: 0, maximum: 100 }),
    children: list(record('A customer that belongs to it directly; who has left is not among them.', {
      id: customerId, name: orNull(text('Null until somebody registers the customer.')), score: score('What counts, with what belongs to it in turn; null while too little is known.'), band: band('Where it lies.'),
      arr: list(ref('Money'), 'Annual recurring revenue, one amount per currency.'), weight: figure('Its share, 0 to 1: by yearly amounts where those of the known children are all of one currency (who has none weighs nothing), else all alike.', { minimum: 0, maximum: 1 }),
    }), 'By id.'),
    unknown: count('Children of whom too little is known.'),
    say: text('In words.'),
  }),
  Measure: record('One measure of the scorecard and what it does to the score.', {
    id: text('Its id on the card.'),
    group: text('Id of its group.'),
    label: text('Its name.'),
    status: known,
    reason: orNull(text('Why it is unknown; null when known.')),
    value: orNull(figure('The measured value; null when unknown.')),
    unit: text('Of the value.'),
    weight: figure("Share of the score, in the card's own unit.", { minimum: 0 }),
    ...shares,
    band: choice(['good', 'fair', 'poor', 'unknown'], 'Where the value lies.'),
    age: orNull(count('Days since the newest data that counted; null when unknown.')),
    since: orNull(day('Since when it is so; null where there is no such day.')),
    say: text('A sentence of at most 25 words.'),
    events: list(ref('Evidence'), 'The events that set the value, at most the 25 latest.', { maxItems: 25 }),
  }),
  HealthHistory: record('Score and band at the closes of days.', {
    customer: customerId,
    askedAs,
    today,
    position: position('The log position that the answer stands on.'),
    held: yesNo('True while a fact that could not be read holds the customer back: this is what could be computed before it.'),
    points: list(record('One close.', {
      date: day('The day.'), score: score('What counted; null when too little was known.'), band: band('At that close.'), coverage: figure('Per cent of the scorecard that was known.', { minimum: 0, maximum: 100 }),
    }, { computed: ref('ScoreAndBand', 'What was computed, where an override counted.') }), 'From the earliest day on.'),
  }),
  HealthDifference: record('What moved the score between two moments. The points of the lines sum to the difference exactly; a score of null counts as 0.', {
    customer: customerId,
    askedAs,
    today,
    position: position('The log position that the answer stands on.'),
    held: yesNo('True while a fact that could not be read holds the customer back: this is what could be computed before it.'),
    from: record('The earlier moment.', { at: instant('When.'), score: score('Then.'), enough }),
    to: record('The later moment.', { at: instant('When.'), score: score('Then.'), enough }),
    lines: list(record('One event, or what passing time did to one measure.', {
      kind: choice(['event', 'time'], 'What moved the score.'), points: figure('Signed.'), say: text('In a sentence.'),
    }, {
      measure: text('Of `time`: the measure.'),
      event: ref('Evidence', 'Of `event`: which.'),
      measures: list(record('A share.', { id: text('The measure.'), points: figure('Signed.') }), 'Of `event`: which measures moved; they sum to `points`.'),
    }), 'Events in the order in which they happened, then passing time by measure.'),
    eventsWithoutEffect: count('Events of the span that moved nothing.'),
  }),
};
