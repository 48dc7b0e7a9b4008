import { type Contradiction, eventType } from '../event-type.js';
import { choice, code, day, eventRef, fields, label, text } from '../shapes.js';

const list = code('The list it stood on, such as today: then it is about the customer as a whole.');
const task = code('Number of the task.');
const note = text('What should be remembered.');
const outcome = code('What came of it, as a key of ours.');
const until = day('Day from which it counts again.');

/** Facts of the first version were all about a list. */
const sameData = (data: Record<string, unknown>): Record<string, unknown> => data;
const oneOf = ({ list: onList, task: ofTask }: { list?: string; task?: string }): Contradiction[] => (
  (onList === undefined) === (ofTask === undefined) ? [{ path: [onList === undefined ? 'task' : 'list'], message: 'exactly one of task and list says what it is about' }] : []);

export const taskTypes = [
  eventType({
    type: 'task.created', version: 1,
    description: 'Somebody of ours, or a playbook, wants something done for this customer.',
    schema: fields({ task, what: label('What is to be done, without names of persons: it is not sealed.'), dueOn: day('Day by which.') }, {
      owner: code('Who is to do it: our own id of a person. Left out: who looks after the customer.'), hint: label('What to keep in mind, without names of persons.'), note,
      playbook: code('The playbook that asked for it.'), step: code('Which of its tasks.'), because: eventRef('The fact that called for it.'),
      cause: choice(['risk', 'band', 'condition', 'recovery', 'answer'], 'What kind of fact that is.'),
    }),
    example: { task: 'A-31', what: 'Find out who sponsors us now', dueOn: '2026-12-04', owner: 'mara', playbook: 'sponsor-gone', step: 'successor', because: { source: 'touchline:insight', id: 'condition-changed:0190-af:sponsor-gone:began:1.88' }, cause: 'condition' },
  }),
  eventType({
    type: 'task.done', version: 2,
    description: 'Somebody of ours did a task, or dealt with this customer as a list had asked.',
    schema: fields({ outcome }, { list, task, note }),
    check: oneOf,
    example: { task: 'A-31', outcome: 'reached', note: 'Wants an offer for the second site.' },
    older: { 1: { schema: fields({ list, outcome }, { note }), example: { list: 'today', outcome: 'reached', note: 'Wants an offer for the second site.' }, lift: sameData } },
  }),
  eventType({
    type: 'task.snoozed', version: 2,
    description: 'Somebody of ours put a task, or this customer, off to a later day.',
    schema: fields({ until }, { list, task, note }),
    check: oneOf,
    example: { list: 'today', until: '2026-12-01', note: 'On holiday until then.' },
    older: { 1: { schema: fields({ list, until }, { note }), example: { list: 'today', until: '2026-12-01', note: 'On holiday until then.' }, lift: sameData } },
  }),
  eventType({
    type: 'task.dropped', version: 1,
    description: 'A task is not to be done any more.',
    schema: fields({ task, reason: label('Why, in a few words without names of persons.') }),
    example: { task: 'A-31', reason: 'They named a new sponsor by themselves' },
  }),
] as const;
