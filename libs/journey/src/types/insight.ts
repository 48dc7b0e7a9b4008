import { eventType } from '../event-type.js';
import { choice, code, day, eventRef, fields, instant, label, list, number } from '../shapes.js';
import { bandNames, cardRef } from './card.js';

const customer = code('Our id of the customer.');
const card = cardRef('The card that scores the customer.');
const points = (description: string) => ({ description, anyOf: [number('0 to 100 points.', 0, 100), { type: 'null', description: 'Nothing was known.' }] }) as const;
const cause = (late: string) => ({
  ...fields({ kind: choice(['fact', 'time', 'late-fact'], `What changed it; late-fact: one of a day that was closed. ${late}`) }, { event: eventRef('The fact that did.') }),
  description: 'Why.',
}) as const;

/** What may hold of a customer for a while; insight says when. */
export const conditions = ['sponsor-gone', 'notice-near-falling', 'stalled-deployment', 'silence'] as const;
export type ConditionName = (typeof conditions)[number];

export const insightTypes = [
  eventType({
    type: 'insight.churn-risk-changed', version: 1, internal: true,
    description: "Computed: a customer's churn risk has come to another level.",
    schema: fields({
      customer, from: number('The probability when the level changed last; where it never did, the first that was known.', 0, 1), to: number('The probability now.', 0, 1),
      horizon: choice(['30', '90', '180', 'renewal'], 'Days ahead, or the next renewal.'), model: code('Id of the model that says so; prior for the one that assumptions make.'),
      cause: cause('A new model changes many at once: its promotion is the announcement.'),
    }),
    example: { customer: '0190-af', from: 0.11, to: 0.34, horizon: '90', model: 'cm-0a1b2c3d4e5f', cause: { kind: 'fact', event: { source: 'billing', id: 'S-77-cancel' } } },
  }),
  eventType({
    type: 'insight.health-band-changed', version: 1, internal: true,
    description: "Computed: a customer's health has come into another band.",
    schema: fields({
      customer, day: day('On which day.'), from: choice(bandNames, 'The band before.'), to: choice(bandNames, 'The band now.'), score: points('The score now.'),
      cause: cause('A new card changes many at once: its publication says how many.'), card,
    }),
    example: { customer: '0190-af', day: '2026-11-20', from: 'healthy', to: 'watch', score: 64.5, cause: { kind: 'fact', event: { source: 'helpdesk', id: 'T-4410-reopened' } }, card: { id: 'first-scorecard', version: 1 } },
  }),
  eventType({
    type: 'insight.metric-restated', version: 1, internal: true,
    description: 'Computed: what a figure was on a day that is closed has become another, because more is known now.',
    schema: fields({
      customer, metric: choice(['health'], 'Which figure.'), day: day('The last closed day that it concerns.'), from: day('The first day on which it is another.'), was: points('What was said of that last day.'), is: points('What it is.'),
      wasBand: choice(bandNames, 'The band that was said.'), isBand: choice(bandNames, 'The band that it is.'), knownSince: instant('Since when that is known.'),
      because: list(eventRef('One of them.'), 'The facts that came late, the latest of them.', 25), card,
    }),
    example: {
      customer: '0190-af', metric: 'health', day: '2026-11-22', from: '2026-11-14', was: 72, is: 64, wasBand: 'healthy', isBand: 'watch', knownSince: '2026-11-23T08:15:00.000Z',
      because: [{ source: 'helpdesk', id: 'T-4410-reopened' }], card: { id: 'first-scorecard', version: 1 },
    },
  }),
  eventType({
    type: 'insight.condition-changed', version: 1, internal: true,
    description: 'Computed: something began to hold of a customer, or holds no longer.',
    schema: fields({
      customer, condition: choice(conditions, 'Which.'), state: choice(['began', 'ended'], 'Whether it holds now.'), day: day('On which day it was seen.'), say: label('In words.'),
      evidence: list(eventRef('One of them.'), 'The facts that it stands on, the latest of them.', 25), cause: cause('Another card changes many at once and is no cause.'),
    }),
    example: {
      customer: '0190-af', condition: 'silence', state: 'began', day: '2026-11-20', say: '45 days without use, tickets, answers or a conversation',
      evidence: [{ source: 'product', id: 'usage-2026-10-05' }], cause: { kind: 'time' },
    },
  }),
] as const;
