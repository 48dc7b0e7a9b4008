import { eventType } from '../event-type.js';
import { choice, code, contactRef, day, eventRef, fields, list, number, price, text } from '../shapes.js';

const goal = code('Number of the goal.');
const outcome = code('Number of the outcome.');
const contact = contactRef('Who said so.');
const evidence = list(eventRef('One of them.'), 'The facts that show it.', 25);
const what = text('In the words of whoever wants it.', 1000);

export const goalTypes = [
  eventType({
    type: 'goal.set', version: 1,
    description: 'A goal was set that the customer or we want to reach with the service.',
    schema: fields({ goal, whose: choice(['customer', 'ours'], 'Who wants it.'), what }, { dueOn: day('Day by which.') }),
    example: { goal: 'G-9', whose: 'customer', what: 'New starters can work on their first day', dueOn: '2027-03-31' },
  }),
  eventType({
    type: 'goal.progressed', version: 1,
    description: 'How far the goal has come.',
    schema: fields({ goal, percent: number('0 is not begun, 100 is reached.', 0, 100) }),
    example: { goal: 'G-9', percent: 60 },
  }),
  eventType({
    type: 'goal.attained', version: 1,
    description: 'The goal was reached.',
    schema: fields({ goal }, { evidence }),
    example: { goal: 'G-9', evidence: [{ source: 'product', id: 'usage-2027-03-22' }] },
  }),
  eventType({
    type: 'goal.missed', version: 1,
    description: 'The goal was not reached.',
    schema: fields({ goal }),
    example: { goal: 'G-9' },
  }),
  eventType({
    type: 'goal.outcome-claimed', version: 1,
    description: 'We say that the customer gained something from the service.',
    schema: fields({ outcome, what }, { goal, evidence, value: price('What it is worth to them a year, as we say.'), initiative: code('The initiative of ours that it came of.') }),
    example: { outcome: 'W-4', goal: 'G-9', what: 'Starters wait two days less', value: { amount: 1_200_000, currency: 'EUR' } },
  }),
  eventType({
    type: 'goal.outcome-confirmed', version: 1, person: 'contact',
    description: 'The customer agrees that it gained this.',
    schema: fields({ outcome }, { contact, evidence, value: price('What it is worth to them a year, as they say; left out: what was claimed.') }),
    example: { outcome: 'W-4', contact: { system: 'crm', id: 'P-2207' }, evidence: [{ source: 'crm', id: 'review-2027-04' }] },
  }),
  eventType({
    type: 'goal.outcome-rejected', version: 1, person: 'contact',
    description: 'The customer does not agree that it gained this.',
    schema: fields({ outcome }, { contact, reason: text('Why not.') }),
    example: { outcome: 'W-4', contact: { system: 'crm', id: 'P-2207' }, reason: 'We hired nobody this year.' },
  }),
] as const;
