import type { DataOfSchema } from '../data-of-schema.js';
import { eventType } from '../event-type.js';
import { choice, code, contactRef, count, eventRef, fields, instant, label, list, number, text, yesNo } from '../shapes.js';
import { flawsOfScale } from './scale.js';
import { liftAnswer } from './survey-lift.js';

const survey = code('Number of this one asking.');
const kind = choice(['nps', 'csat', 'ces', 'xla', 'custom'], 'What kind of question it is.');
const contact = contactRef('Who is asked or answers.');
const ticket = code('The ticket it is about.');
const note = text('What should be remembered about it.');
const score = number('The answer, on the scale asked.', -1000, 1000);
const instrument = {
  ...fields({ kind, min: number('Worst answer possible.', -1000, 1000), max: number('Best answer possible.', -1000, 1000) }, {
    name: label('Name of the questionnaire.'), id: code('The instrument, where it is one of ours.'), version: count('Its version.', 1_000_000),
    bar: number('An answer below this is a miss.', -1000, 1000), excellentFrom: number('An answer from here on is excellent.', -1000, 1000),
  }),
  description: 'The question and its scale.',
} as const;
const subject = choice(['service', 'product', 'support', 'relationship'], 'What the question was about.');
/** Of what a program of ours asks, or does not. */
const byProgram = { program: code('The program that wants it.'), because: eventRef('The fact that it answers.') } as const;
const asked = fields({ survey, instrument }, {
  contact, ticket, subject, ...byProgram, channel: choice(['mail', 'webhook'], 'How the question goes out.'), until: instant('It can be answered until then.'),
});
const aboutAnswer = {
  subject, ticket, contact,
  role: choice(['payer', 'user'], 'In which role the person answered.'),
  verbatim: text('What the person wrote.'),
  wantsContact: yesNo('The person asked to be contacted.'),
} as const;
const lostMinutes = number('Minutes of work that the person lost by what the question is about, as the person says.', 0, 525_600);
const answered = fields({ survey, instrument, score }, { ...aboutAnswer, lostMinutes });
const scale = ({ instrument }: DataOfSchema<typeof asked>) => flawsOfScale(instrument).map((flaw) => ({ ...flaw, path: ['instrument', ...flaw.path] }));
const answer = (data: DataOfSchema<typeof answered>) => {
  const { instrument: { min, max } } = data;
  const outside = min < max && (data.score < min || data.score > max);
  return outside ? [{ path: ['score'], message: `the answer ${data.score} is not on the scale from ${min} to ${max}` }] : scale(data);
};
const csat = { kind: 'csat', min: 1, max: 5, name: 'after-ticket' } as const;
const who = { system: 'crm', id: 'P-2207' };

export const surveyTypes = [
  eventType({
    type: 'survey.requested', version: 1, person: 'contact',
    description: 'Somebody or something wants this person to be asked.',
    schema: asked, check: scale,
    example: { survey: 'V-901', instrument: csat, contact: who, ticket: 'T-4410' },
  }),
  eventType({
    type: 'survey.sent', version: 1, person: 'contact',
    description: 'The question went out.',
    schema: asked, check: scale,
    example: { survey: 'V-901', instrument: csat, contact: who, ticket: 'T-4410' },
  }),
  eventType({
    type: 'survey.suppressed', version: 1, person: 'contact',
    description: 'The question was held back on purpose.',
    schema: fields({ survey, reason: code('Why, as a key of ours.') }, { contact, ticket, ...byProgram, instrument }),
    example: { survey: 'V-902', reason: 'asked-lately', contact: who },
  }),
  eventType({
    type: 'survey.responded', version: 2, person: 'contact',
    description: 'The person answered.',
    schema: answered, check: answer,
    example: {
      survey: 'V-901', instrument: csat, score: 2, subject: 'support', ticket: 'T-4410', contact: who, role: 'user',
      verbatim: 'Friendly, but it took three days.', wantsContact: true,
    },
    older: {
      1: {
        schema: fields({ survey, kind, scale: { type: 'string', pattern: '^\\d{1,3}-\\d{1,3}$', maxLength: 7, description: 'Worst and best answer, such as 0-10.' }, score }, aboutAnswer),
        example: { survey: 'V-120', kind: 'nps', scale: '0-10', score: 9, subject: 'relationship', role: 'payer', verbatim: 'You know us by now.' },
        lift: liftAnswer,
      },
    },
  }),
  eventType({
    type: 'survey.response-revised', version: 1, person: 'contact',
    description: 'The person changed the answer; this one counts from now on.',
    schema: answered, check: answer,
    example: { survey: 'V-901', instrument: csat, score: 4, subject: 'support', ticket: 'T-4410', contact: who, role: 'user', verbatim: 'Solved in the end, thank you.' },
  }),
  eventType({
    type: 'survey.response-viewed', version: 1,
    description: 'Somebody of ours read the answer.',
    schema: fields({ survey, viewer: code('Our own id of the person.') }, { role: code('In which role the person read it, such as csm or executive.') }),
    example: { survey: 'V-901', viewer: 'mara', role: 'csm' },
  }),
  eventType({
    type: 'survey.marked-complaint', version: 1, person: 'contact',
    description: 'Somebody of ours takes the answer for a complaint, whatever its score.',
    schema: fields({ survey }, { contact, note }),
    example: { survey: 'V-901', contact: who, note: 'Friendly words, but they have lost three days.' },
  }),
  eventType({
    type: 'survey.set-aside', version: 1, person: 'contact',
    description: 'Somebody of ours read the answer and found that there is nothing to do.',
    schema: fields({ survey, reason: code('Why there is nothing to do, as a key of ours, such as praise or dealt-with.') }, { contact, note }),
    example: { survey: 'V-901', reason: 'dealt-with', contact: who },
  }),
  eventType({
    type: 'survey.themed', version: 1,
    description: 'Somebody of ours read the answer and said what it is about.',
    schema: fields({ survey, themes: list(code('Id of a theme.'), 'All of them; none where it is about nothing that has a theme.', 20) }),
    example: { survey: 'V-901', themes: ['speed'] },
  }),
  eventType({
    type: 'survey.expired', version: 1,
    description: 'The question can no longer be answered and was not.',
    schema: fields({ survey }),
    example: { survey: 'V-901' },
  }),
] as const;
