import { eventType } from '../event-type.js';
import { code, eventRef, fields, instant, label, list } from '../shapes.js';

const reason = label('Why, in a few words without names of persons: it is not sealed, so that it can be read after an erasure.');

export const recordTypes = [
  eventType({
    type: 'record.retracted', version: 1,
    description: 'Earlier events, or all of one import, were wrong and count no longer. Name either the events or the import.',
    schema: {
      ...fields({ reason }, { events: { ...list(eventRef('One event.'), 'The events that count no longer.', 1000), minItems: 1 }, import: code('The import that counts no longer.') }),
      minProperties: 2, maxProperties: 2,
    },
    example: { events: [{ source: 'helpdesk', id: 'T-4410-opened' }], reason: 'Sent for the wrong customer' },
  }),
  eventType({
    type: 'record.amended', version: 1,
    description: 'An earlier event reads otherwise from now on.',
    schema: fields({
      event: eventRef('The event that was wrong.'),
      data: { type: 'object', additionalProperties: true, description: 'Its right data, in full; checked and sealed by the rules of its own type at the version it was recorded in.' },
      reason,
    }, { time: instant('When it really happened; left out: as recorded.') }),
    example: { event: { source: 'billing', id: 'I-2026-1180-issued' }, data: { invoice: 'I-2026-1180', amount: { amount: 446_250, currency: 'EUR' }, dueOn: '2026-12-15' }, reason: 'Due day mistyped' },
  }),
] as const;
