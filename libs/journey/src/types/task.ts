import { eventType } from '../event-type.js';
import { code, day, fields, text } from '../shapes.js';

const list = code('The list it stood on, such as today.');
const note = text('What should be remembered.');

export const taskTypes = [
  eventType({
    type: 'task.done', version: 1,
    description: 'Somebody of ours dealt with this customer as a list had asked.',
    schema: fields({ list, outcome: code('What came of it, as a key of ours.') }, { note }),
    example: { list: 'today', outcome: 'reached', note: 'Wants an offer for the second site.' },
  }),
  eventType({
    type: 'task.snoozed', version: 1,
    description: 'Somebody of ours put this customer off to a later day.',
    schema: fields({ list, until: day('Day from which it counts again.') }, { note }),
    example: { list: 'today', until: '2026-12-01', note: 'On holiday until then.' },
  }),
] as const;
