import { eventType } from '../event-type.js';
import { code, day, fields, text } from '../shapes.js';

const promise = code('Number of the promise.');

export const promiseTypes = [
  eventType({
    type: 'promise.made', version: 1,
    description: 'We promised the customer something.',
    schema: fields({ promise, what: text('What was promised.', 1000) }, { dueOn: day('Day by which.'), kind: code('What kind of promise, as a key of ours, such as delivery or fix.'), by: code('Who of ours promised.') }),
    example: { promise: 'K-18', what: 'A spare printer in hall 3', dueOn: '2026-11-20', by: 'mara' },
  }),
  eventType({
    type: 'promise.kept', version: 1,
    description: 'We did what we promised.',
    schema: fields({ promise }),
    example: { promise: 'K-18' },
  }),
  eventType({
    type: 'promise.broken', version: 1,
    description: 'We did not do what we promised.',
    schema: fields({ promise }),
    example: { promise: 'K-18' },
  }),
] as const;
