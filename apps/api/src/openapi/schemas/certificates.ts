import { choice, count, figure, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';
import { askedAs, band, customerId, score } from './common.js';

const digest = (description: string) => text(description, { pattern: '^[0-9a-f]{64}$' });
const bandBefore = orNull(band('The band at the close of the day before; null before the first fact.'));
const card = record('A card by its name, and what it is.', { id: text('Its id.'), version: whole('Its version.'), digest: digest('Of its whole JSON.') });

export const certificateSchemas: Readonly<Record<string, Schema>> = {
  Certificate: record('What the health of a customer stands on, and its figures. Each digest is SHA-256, in hex, of the RFC 8785 form; CERTIFICATE.md in `libs/read-model` says of what.', {
    format: text('The form of the certificate.', { examples: ['touchline/health-certificate/1'] }),
    tenant: text('Whose log it stands on.'), timeZone: text('IANA name of the zone in which days begin and end.'),
    customer: customerId, members: list(text('Our id of one of them.'), 'All who were known to be one with it; itself first.'),
    asOf: instant('What was true then counts.'), knownAt: instant('What was known then counts.'), position: position('Facts up to there count.'),
    events: record('The facts that were read.', { count: count('How many.'), chain: digest('Of the list of their digests, in log order.') }, {
      list: list(record('One of them.', { position: count('The number of its position.'), digest: digest('Of it as it is stored.') }), 'In log order; where it was asked for.'),
    }),
    arithmetic: text('Version of the arithmetic.'),
    card: { ...card, description: 'The card that scored.' },
    cards: record('Who is scored by which card.', {
      rules: list(record('The first that fits counts.', { when: { type: 'object', description: 'Whom it is for.' }, card }), 'In order.'), otherwise: card, full: list({ type: 'object', description: 'A card, whole.' }, 'All of them.'),
    }),
    figures: record('The figures, in points. Those of the lines sum to the score.', {
      score: score('Null while too little is known.'),
      shown: record("On the card's own scale.", { score: orNull(figure('As people read it.')), max: figure('The best there is.') }),
      band: band('Where the score lies.'), bandYesterday: bandBefore, coverage: figure('Per cent of the scorecard that is known.'),
      knowledge: choice(['witnessed', 'declared'], 'As in the health.'),
      lines: list(record('A measure, or what a ceiling or the bounds of a group take or add.', {
        id: text('Its id.'), group: text('Id of its group.'), status: choice(['known', 'unknown'], 'Whether there was a value.'), value: orNull(figure('The measured value.')), points: figure('What it brings.'), maxPoints: figure('What it could bring.'),
      }), "In the card's order."),
    }),
    digest: digest('Of all of the above but the list of events: the id of the certificate.'),
  }, { heldAt: count('The position of the first fact that cannot be read: the figures are those before it.') }),
  CertificateCheck: record('Whether a certificate holds.', {
    holds: yesNo('True when the log gives the same.'), digest: digest('Of the certificate that was checked.'), say: text('In a sentence.'),
    differences: list(record('One thing that differs.', {
      part: choice(['certificate', 'log', 'time-zone', 'members', 'events', 'card', 'arithmetic', 'figures'], 'Where.'), say: text('In a sentence.'),
    }), 'All that differs; empty when it holds.'),
  }),
  Restatements: record('Figures of closed days that became others because of facts that came late.', {
    customer: customerId, askedAs, restatements: list(ref('Restatement'), 'The newest first, at most 100.'),
  }),
  Restatement: record('One of them.', {
    day: text('The last closed day that it concerns.', { format: 'date' }), from: text('The first day on which it is another.', { format: 'date' }),
    was: score('What was said of that last day; null: too little was known.'), is: score('What it is.'), wasBand: band('The band that was said.'), isBand: band('The band that it is.'),
    knownSince: instant('Since when that is known.'), because: list(ref('Evidence'), 'The late facts, at most the 25 latest.', { maxItems: 25 }),
    card: record('The card that scores.', { id: text('Its id.'), version: whole('Its version.') }), say: text('In a sentence.'),
  }),
};
