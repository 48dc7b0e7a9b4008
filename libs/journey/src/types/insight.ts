import { eventType } from '../event-type.js';
import { choice, code, eventRef, fields, number } from '../shapes.js';

export const insightTypes = [
  eventType({
    type: 'insight.churn-risk-changed', version: 1, internal: true,
    description: "Computed: a customer's churn risk has come to another level.",
    schema: fields({
      customer: code('Our id of the customer.'), from: number('The probability when the level changed last; where it never did, the first that was known.', 0, 1), to: number('The probability now.', 0, 1),
      horizon: choice(['30', '90', '180', 'renewal'], 'Days ahead, or the next renewal.'), model: code('Id of the model that says so; prior for the one that assumptions make.'),
      cause: {
        ...fields({ kind: choice(['fact', 'time', 'late-fact'], 'What changed it; late-fact: one of a day that was closed. A new model changes many at once: its promotion is the announcement.') }, { event: eventRef('The fact that did.') }),
        description: 'Why.',
      },
    }),
    example: { customer: '0190-af', from: 0.11, to: 0.34, horizon: '90', model: 'cm-0a1b2c3d4e5f', cause: { kind: 'fact', event: { source: 'billing', id: 'S-77-cancel' } } },
  }),
] as const;
