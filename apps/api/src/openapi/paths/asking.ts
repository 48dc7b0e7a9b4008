import { DryRunQuery, EndAskingDto, SurveysQuery } from '../../asking/asking.dto.js';
import { NoQuery } from '../../reads/queries.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';
import { sentInstrument, sentProgram } from '../schemas/asking.js';

const id = text('Id of it.', { examples: ['after-ticket'] });
const reads = { method: 'get', tag: 'Asking', scope: 'customers:read', query: NoQuery } as const;
const writes = { method: 'post', tag: 'Asking', scope: 'admin', query: NoQuery } as const;
const answer = (schema: string, status = 200): Operation['answers'] => ({ [status]: { description: status === 201 ? 'Done.' : 'The answer.', content: json(ref(schema)) } });
const program = { program: 'after-ticket', instrument: 'csat', trigger: 'ticket-resolved', whom: 'ticket-contact', channel: 'mail', delayMinutes: 1_440 };
const ends = { required: false, content: json(bodySchema(EndAskingDto), { reason: 'A new one begins in May' }) };

export const askingOperations: readonly Operation[] = [
  { ...reads, path: '/v1/instruments', id: 'listInstruments', summary: 'The questions that can be asked, with every version.', answers: answer('Instruments'), problems: ['invalid-parameter'] },
  {
    ...writes, path: '/v1/instruments', id: 'publishInstrument', summary: 'A new version of a question, or a new question.', description: 'From now on programs ask it so; what was asked before keeps its scale.',
    body: { content: json(sentInstrument) }, answers: answer('AskingDecided', 201), problems: ['invalid-parameter', 'invalid-body'],
  },
  { ...writes, path: '/v1/instruments/{id}/retire', id: 'retireInstrument', params: { id }, summary: 'A question is asked no more.', body: ends, answers: answer('AskingDecided'), problems: ['invalid-parameter', 'invalid-body', 'instrument-unknown', 'instrument-in-use', 'not-found'] },
  { ...reads, path: '/v1/survey-programs', id: 'listSurveyPrograms', summary: 'Who is asked what and when.', answers: answer('SurveyPrograms'), problems: ['invalid-parameter'] },
  {
    ...writes, path: '/v1/survey-programs', id: 'setSurveyProgram', summary: 'Sets a program, in the place of what was set under its id before.',
    description: 'One that answers a fact asks when its delay is over; one that goes by the calendar asks those who are there already too, and each morning at nine whose turn it is. Nobody is asked twice within 30 days, nor with an open ticket of their own; that somebody was held back is a fact with its reason.',
    body: { content: json(sentProgram, program) }, answers: answer('AskingDecided', 201), problems: ['invalid-parameter', 'invalid-body', 'instrument-unknown'],
  },
  {
    ...writes, path: '/v1/survey-programs/dry-run', id: 'rehearseSurveyProgram', query: DryRunQuery, summary: 'Whom a program would have asked in the last days, and whom not and why.', description: 'It reads the story of every customer, so it takes as long as they are many.',
    body: { content: json(sentProgram, program) }, answers: answer('SurveyDryRun'), problems: ['invalid-parameter', 'invalid-body', 'instrument-unknown'],
  },
  { ...reads, scope: 'admin', path: '/v1/survey-programs/webhook-secret', id: 'getWebhookSecret', summary: 'What webhooks are signed with.', answers: answer('WebhookSecret'), problems: ['invalid-parameter'] },
  { ...writes, path: '/v1/survey-programs/{id}/stop', id: 'stopSurveyProgram', params: { id }, summary: 'A program asks nobody any more; what was asked can still be answered.', body: ends, answers: answer('AskingDecided'), problems: ['invalid-parameter', 'invalid-body', 'survey-program-unknown', 'survey-program-stopped', 'not-found'] },
  { ...reads, path: '/v1/surveys', id: 'listSurveys', query: SurveysQuery, summary: 'What programs asked, or did not and why, the newest first; with figures of each program.', answers: answer('Surveys'), problems: ['invalid-parameter'] },
];
