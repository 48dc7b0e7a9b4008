import { findType } from '#journey';
import { choice, count, figure, instant, list, orNull, position, record, ref, type Schema, text, yesNo } from '../schema.js';

const dataOf = (type: string): Schema => findType(type)!.schema as Schema;
const { version: _, ...sentFields } = dataOf('instrument.published')['properties'] as Record<string, Schema>;

/** A question as it is sent: which version it becomes is said by us. */
export const sentInstrument: Schema = { ...dataOf('instrument.published'), description: 'A question with its scale.', properties: sentFields, required: (dataOf('instrument.published')['required'] as string[]).filter((name) => name !== 'version') };
export const sentProgram: Schema = { ...dataOf('surveyprogram.set'), description: 'Who is asked what and when.' };

const reasons = (description: string): Schema => ({ type: 'object', description, additionalProperties: { type: 'integer', minimum: 0 } });
const contact = orNull(text('Our id of the person; null where a ticket does not say whose it is.'));
const ticket = orNull(text('The ticket that it is about; null for none.'));
const at = (description: string) => orNull(instant(description));

export const askingSchemas: Readonly<Record<string, Schema>> = {
  Instrument: { ...dataOf('instrument.published'), description: 'A question with its scale, in one version.' },
  Instruments: record('What can be asked.', {
    instruments: list(record('A question.', {
      id: text('Its id.'), versions: list(ref('Instrument'), 'Every version, the first first: answers keep the scale that was asked.'), current: { description: 'What is asked; null where it is retired.', anyOf: [ref('Instrument'), { type: 'null' }] }, retired: yesNo('Whether it is asked no more.'),
    }), 'The built-in ones first.'),
  }),
  SurveyProgram: sentProgram,
  SurveyPrograms: record('Every program.', {
    programs: list(record('A program.', { id: text('Its id.'), program: ref('SurveyProgram', 'As it was set last.'), state: choice(['running', 'stopped'], 'Whether it asks anybody.'), changedAt: instant('Since when.'), changedBy: ref('Actor', 'Who set or stopped it.') }), 'Also those that are stopped.'),
  }),
  AskingDecided: { type: 'object', description: 'The data of the fact that says what was decided, and its position.', required: ['position'], properties: { position: position('Of the fact.') }, additionalProperties: true },
  SurveyDryRun: record('Whom a program would have asked, and whom not and why. Nobody was.', {
    from: instant('Looked at from then on.'), to: instant('Until then.'), customers: count('So many were looked at.'), held: count('Of so many a fact cannot be read.'), asked: count('So many questions would have been asked.'), people: count('Of so many people.'), suppressed: reasons('How often somebody would have been held back, by reason.'),
    lines: list(record('One person.', { customer: text('Our id.'), contact, at: instant('When.'), reason: orNull(text('Why not; null: asked.')), ticket }), 'The latest first, at most 200.'),
  }),
  Surveys: record('What programs asked, or did not.', {
    days: count('Figures and lines are of what began in so many days before now.'),
    programs: list(record('How a program did.', {
      program: text('Its id.'), requested: count('Wanted, and not out yet.'), sent: count('Went out.'), answered: count('Were answered.'), expired: count('Ended unanswered.'), suppressed: reasons('Were held back, by reason.'),
      responseRate: orNull(figure('Of those that went out so many were answered, 0 to 1; null where none went out.', { minimum: 0, maximum: 1 })),
    }), 'Each that asked or held back.'),
    waiting: record('Wanted and not out yet, whenever that began.', { surveys: count('How many.'), since: at('Since when the longest; null for none. Why is said by the agenda of `survey-delivery` (touchline doctor), or there is no mail server or address of the pages: TOUCHLINE_SMTP_URL, TOUCHLINE_MAIL_FROM, PUBLIC_URL.') }),
    surveys: list(record('One asking.', {
      survey: text('Its id.'), customer: text('Our id.'), state: choice(['requested', 'sent', 'suppressed', 'answered', 'expired'], 'How far it has come.'), program: text('The program that wanted it.'), reason: orNull(text('Why it was held back; null where it was not.')),
      instrument: orNull(text('What is asked.')), instrumentVersion: orNull(count('In which version.')), channel: orNull(text('`mail` or `webhook`; null where it was held back at once.')), contact, ticket,
      beganAt: instant('When it was decided.'), sentAt: at('When it went out.'), answeredAt: at('When it was answered.'), until: at('Until when it can be answered.'),
    }), 'The newest first.'),
    next: orNull(text('`cursor` of the next page; null at the end.')),
  }),
  WebhookSecret: record('What webhooks are signed with.', { secret: text('As Standard Webhooks has it: `whsec_` and base64.') }),
};
