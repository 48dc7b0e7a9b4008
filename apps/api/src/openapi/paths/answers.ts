import { AnswerOfQuery, AnswerQuery, AnswersQuery, AnswersSummaryQuery, ComplaintDto, SetAsideDto } from '../../answers/answers.dto.js';
import { AcceptDto, AnswerDto, DeclineDto, DepartmentDto, FeedbackQuery, RaiseDto, RouteDto, TellDto, ThemesDto } from '../../feedback/feedback.dto.js';
import { NoQuery, ReadQuery } from '../../reads/queries.dto.js';
import { type Dto, bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';

const survey = text('Number of the asking.', { examples: ['V-901'] });
const feedback = text('Our id of the feedback.');
const department = text('Id of the department.', { examples: ['product'] });
const etag = { ETag: text('Names this answer; send it as `If-None-Match`.') };
const read = (schema: string): Operation['answers'] => ({ 200: { description: 'The answer.', content: json(ref(schema)), headers: etag }, 304: { description: 'Nothing changed since the answer that you have.', headers: etag } });
const recorded = (schema: string, status = 201): Operation['answers'] => ({ [status]: { description: 'The fact was recorded.', content: json(ref(schema)) } });
const reads = { method: 'get', tag: 'Answers and feedback', scope: 'customers:read', headers: { 'If-None-Match': text('The ETag of the answer you have: 304 when it is still the newest.') } } as const;
const writes = { method: 'post', tag: 'Answers and feedback', scope: 'today:write' } as const;
const waits = ['invalid-parameter', 'foreign-epoch', 'not-yet-visible'] as const;
const ofAnswer = ['invalid-parameter', 'customer-unknown', 'answer-unknown', 'not-found'] as const;
const ofBody = ['invalid-body', 'data-invalid', 'text-unstorable'] as const;

const step = (name: string, dto: Dto, summary: string, example: object): Operation => ({
  ...writes, path: `/v1/feedback/{feedback}/${name}`, id: `${name}Feedback`, params: { feedback }, query: NoQuery, summary, body: { content: json(bodySchema(dto), example) }, answers: recorded('FeedbackNoted'),
  problems: ['invalid-parameter', ...ofBody, 'feedback-unknown', 'feedback-refused', 'department-unknown', 'not-found'],
});

export const answerOperations: readonly Operation[] = [
  { ...reads, path: '/v1/answers', id: 'listAnswers', query: AnswersQuery, summary: 'Answers of customers: the queue of unread ones when nothing else is asked for.', answers: read('AnswersPage'), problems: [...waits, 'customer-unknown'] },
  { ...reads, scope: 'portfolio:read', path: '/v1/answers/summary', id: 'getAnswersSummary', query: AnswersSummaryQuery, summary: 'How answers are dealt with: read in time, by executives, acted on.', answers: read('AnswersSummary'), problems: waits },
  { ...reads, path: '/v1/answers/{survey}', id: 'getAnswer', params: { survey }, query: AnswerQuery, summary: 'One answer with its story. Asking leaves no trace; the page of an answer does.', answers: read('AnswerStory'), problems: [...waits, ...ofAnswer] },
  { ...writes, scope: 'customers:read', path: '/v1/answers/{survey}/view', id: 'viewAnswer', params: { survey }, query: AnswerOfQuery, summary: 'Notes that the caller read the answer: once, and once more after it was revised.', answers: recorded('AnswerViewed', 200), problems: ofAnswer },
  {
    ...writes, path: '/v1/answers/{survey}/complaint', id: 'markComplaint', params: { survey }, query: AnswerOfQuery, summary: 'Marks the answer as a complaint, whatever its score; whoever does has read it.', description: 'It opens a recovery where the answer has none, and opens one again that is closed and not proved yet. One that a later answer has proved stays closed: open it again with POST /v1/recoveries/{id}/reopen.',
    body: { content: json(bodySchema(ComplaintDto), { note: 'Friendly words, but they have lost three days' }) }, answers: recorded('AnswerNoted'), problems: [...ofAnswer, ...ofBody, 'answer-refused'],
  },
  {
    ...writes, path: '/v1/answers/{survey}/nothing-to-do', id: 'setAnswerAside', params: { survey }, query: AnswerOfQuery, summary: 'Says that there is nothing to do about the answer, and why; whoever does has read it.',
    body: { content: json(bodySchema(SetAsideDto), { reason: 'praise' }) }, answers: recorded('AnswerNoted'), problems: [...ofAnswer, ...ofBody, 'answer-refused'],
  },
  { ...reads, path: '/v1/feedback', id: 'listFeedback', query: FeedbackQuery, summary: 'What customers want, and which department has it; the oldest first.', answers: read('FeedbackList'), problems: [...waits, 'customer-unknown'] },
  { ...reads, path: '/v1/feedback/{feedback}', id: 'getFeedback', params: { feedback }, query: ReadQuery, summary: 'One piece of feedback with its story.', answers: read('FeedbackStory'), problems: [...waits, 'feedback-unknown', 'not-found'] },
  {
    ...writes, path: '/v1/feedback', id: 'raiseFeedback', query: NoQuery, summary: 'Writes down what a customer wants, out of an answer, a ticket or a talk, and sends it to a department where one is named.',
    body: { content: json(bodySchema(RaiseDto), { survey: 'V-901', department: 'product' }) }, answers: recorded('FeedbackNoted'), problems: ['invalid-parameter', ...ofBody, 'customer-unknown', 'answer-unknown', 'department-unknown'],
  },
  step('route', RouteDto, 'Sends it to a department, or on to another one, until it is answered.', { department: 'product' }),
  step('themes', ThemesDto, 'Says what it is about.', { themes: ['printing'] }),
  step('accept', AcceptDto, 'The department takes it on.', {}),
  step('decline', DeclineDto, 'The department will not deal with it; it can be sent on.', { reason: 'not-planned' }),
  step('answer', AnswerDto, 'The department answers, with or without having accepted it.', { what: 'It comes with the release in March.' }),
  step('tell', TellDto, 'The customer was told what became of it.', {}),
  { ...reads, scope: 'portfolio:read', path: '/v1/departments', id: 'listDepartments', query: ReadQuery, summary: 'Departments that get feedback, and how they deal with it.', answers: read('Departments'), problems: waits },
  {
    ...writes, method: 'put', scope: 'admin', path: '/v1/departments/{department}', id: 'setDepartment', params: { department }, query: NoQuery, summary: 'Makes a department, or changes it.',
    body: { content: json(bodySchema(DepartmentDto), { name: 'Product management', owner: 'ilka', answerWithinHours: 40 }) }, answers: recorded('DepartmentNoted', 200), problems: ['invalid-parameter', 'invalid-body', 'not-found'],
  },
  { ...writes, scope: 'admin', path: '/v1/departments/{department}/retire', id: 'retireDepartment', params: { department }, query: NoQuery, summary: 'The department gets no feedback any more.', answers: recorded('DepartmentNoted', 200), problems: ['invalid-parameter', 'department-unknown', 'not-found'] },
];
