import { eventType } from '../event-type.js';
import { code, contactRef, count, eventRef, fields, label, list, text } from '../shapes.js';

const feedback = code('Our id of this feedback.');
const department = code('Id of the department.');
const note = text('What should be remembered about it.');
const who = { system: 'crm', id: 'P-2207' };

export const feedbackTypes = [
  eventType({
    type: 'feedback.request-raised', version: 1, person: 'contact',
    description: 'The customer said what they want or what disturbs them, in an answer, a ticket or a talk, and somebody of ours wrote it down.',
    schema: fields({ feedback }, {
      what: text('What they want, in their words or ours; it may be left out where an answer holds the words.'),
      contact: contactRef('Who said it.'),
      survey: code('The survey whose answer it comes out of.'), ticket: code('The ticket it comes out of.'), talk: eventRef('The fact about a talk that it comes out of.'),
    }),
    check: ({ what, survey }) => (what === undefined && survey === undefined ? [{ path: ['what'], message: 'say what they want, or which answer says it' }] : []),
    example: { feedback: 'F-12', what: 'Labels should print from a tablet, too.', contact: who, survey: 'V-901' },
  }),
  eventType({
    type: 'feedback.themed', version: 1,
    description: 'Somebody of ours said what the feedback is about.',
    schema: fields({ feedback, themes: { ...list(code('A theme, as a key of ours.'), 'All its themes; they take the place of those before.', 20), minItems: 1 } as const }),
    example: { feedback: 'F-12', themes: ['printing', 'mobile'] },
  }),
  eventType({
    type: 'feedback.routed', version: 1,
    description: 'The feedback was sent to the department that can do something about it.',
    schema: fields({ feedback, department }, { note }),
    example: { feedback: 'F-12', department: 'product', note: 'Third customer who asks for it.' },
  }),
  eventType({
    type: 'feedback.accepted', version: 1,
    description: 'The department took the feedback on.',
    schema: fields({ feedback, department }, { note }),
    example: { feedback: 'F-12', department: 'product' },
  }),
  eventType({
    type: 'feedback.declined', version: 1,
    description: 'The department will not deal with the feedback, or not do what it asks for.',
    schema: fields({ feedback, department, reason: code('Why, as a key of ours, such as not-ours or not-planned.') }, { note }),
    example: { feedback: 'F-12', department: 'product', reason: 'not-planned', note: 'Tablets go next year.' },
  }),
  eventType({
    type: 'feedback.answered', version: 1, person: 'to',
    description: 'The department answered the feedback.',
    schema: fields({ feedback, department, what: text('What it answered.') }, { to: contactRef('Who at the customer got the answer; left out where we are to pass it on.') }),
    example: { feedback: 'F-12', department: 'product', what: 'Printing from tablets comes with the release in March.' },
  }),
  eventType({
    type: 'feedback.customer-told', version: 1, person: 'contact',
    description: 'The customer learned what became of their feedback.',
    schema: fields({ feedback }, { contact: contactRef('Who at the customer was told.'), note }),
    example: { feedback: 'F-12', contact: who, note: 'Glad of the date.' },
  }),
  eventType({
    type: 'feedback.workaround-tool-seen', version: 1,
    description: 'People at the customer use something else where ours should do: a need that we do not meet.',
    schema: fields({ tool: label('What they use.') }, { themes: list(code('A theme, as a key of ours.'), 'Themes of requests that it stands for.', 20), seats: count('How many use it.'), unit: label('Part of the customer that uses it.'), note }),
    example: { tool: 'Shared spreadsheet', themes: ['reporting'], seats: 14, unit: 'Logistics', note: 'They keep the stock in it.' },
  }),
] as const;
