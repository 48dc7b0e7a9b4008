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
  Health: record('Health of one customer at one moment. The points of the measures sum to `score` exactly.', {
    ...atMoments,
    score: score('From 0 to 100, 100 is healthy, two decimals; null while too little is known.'),
    band: band('Where the score lies; a band is left only beyond a margin, so that it does not flicker.'),
    bandYesterday: orNull(band('The band at the last close of a day; null before the first.')),
    coverage: figure('Per cent of the scorecard that is known; below 40 the band is `unknown`.', { minimum: 0, maximum: 100 }),
    dataAge: orNull(count('Days since the newest fact; null without facts.')),
    polarity: choice(['100 is healthy'], 'Which end is good.'),
    scale: text('Version of the scale from 0 to 100.'),
    arithmetic: text('Raised only when the same facts and card can give another figure.'),
    card: record('The scorecard used.', { id: text('Its id.'), version: whole('Its version.', { minimum: 1 }) }),
    knowledge: choice(['witnessed', 'declared'], '`declared` when an import said when at least one counted fact was known, and we did not see it ourselves.'),
    held: yesNo('True while a fact that could not be read holds back the figures of this customer.'),
    heldBy: orNull(ref('Evidence', 'The first fact that could not be read, where one holds the customer back: the figures are those before it.')),
    groups: list(record('A group of measures.', { id: text('Its id.'), label: text('Its name.'), status: known, ...shares }), "In the card's order. Their points sum to the score."),
    measures: list(ref('Measure'), "In the card's order."),
    ceiling: orNull(record('The measure that holds the whole score down; null when none does.', {
      measure: text('Its id.'), at: figure('The points that the score cannot exceed.'), cost: figure('Points that this takes.'),
    })),
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
      date: day('The day.'), score: score('Null when nothing was known.'), band: band('At that close.'), coverage: figure('Per cent of the scorecard that was known.', { minimum: 0, maximum: 100 }),
    }), 'From the earliest day on.'),
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
