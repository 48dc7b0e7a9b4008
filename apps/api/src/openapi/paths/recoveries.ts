import { findType } from '#journey';
import type { ProblemCode } from '../../problems/problem-codes.js';
import { NoQuery, ReadQuery } from '../../reads/queries.dto.js';
import { CauseDto, ContactedDto, LinkDto, NoteDto, NothingDto, OpenRecoveryDto, OwnerDto, PreventionDto, RecoveriesQuery, RecoverySummaryQuery } from '../../recoveries/recovery.dto.js';
import { bodySchema, type Dto } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, type Schema, text } from '../schema.js';
import { hoursBody, policyBody } from '../schemas/recoveries.js';

const tag = 'Recoveries';
const id = text('Number of the recovery.', { examples: ['R-8c1f0a6b3d2e4f50'] });
const reads = { method: 'get', tag, scope: 'customers:read' } as const;
const read = (schema: string, more: Partial<Operation['answers'][number]> = {}): Operation['answers'] => ({ 200: { description: 'The answer.', content: json(ref(schema)), ...more } });
const READ: readonly ProblemCode[] = ['invalid-parameter', 'foreign-epoch', 'not-yet-visible'];
const ON_VERSION = { 'If-Match': text('The `version` of the recovery that you looked at: refused when it has changed since. Left out: it is decided on what it is now.') };

const step = (name: string, dto: Dto, summary: string, problems: readonly ProblemCode[], example?: object, description?: string): Operation => ({
  method: 'post', tag, scope: 'today:write', path: `/v1/recoveries/{id}/${name}`, id: `${name}Recovery`, params: { id }, query: NoQuery, headers: ON_VERSION, summary, ...(description && { description }),
  body: { required: dto === ContactedDto || dto === CauseDto || dto === OwnerDto, content: json(bodySchema(dto), example) },
  answers: { 201: { description: 'Recorded.', content: json(ref('RecoveryDone')) } }, problems: ['invalid-parameter', 'invalid-body', 'recovery-unknown', 'recovery-changed', 'not-found', ...problems],
});

const setting = (path: string, name: string, schema: string, { body, summary, example }: { body: Schema; summary: string; example: object }): Operation[] => [
  { method: 'get', tag, scope: 'admin', path, id: `get${name}`, query: NoQuery, summary: `${summary} While nobody has decided, the usual, which it says.`, answers: { 200: { description: 'The answer.', content: json(ref(schema)) } }, problems: ['invalid-parameter'] },
  {
    method: 'put', tag, scope: 'admin', path, id: `set${name}`, query: NoQuery, summary: `Decides: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`, description: 'Counts for what is opened from now on; deadlines that run stay as they are.',
    body: { content: json(body, example) }, answers: { 200: { description: 'Recorded.', content: json(ref('Decided')) } }, problems: ['invalid-parameter', 'invalid-body'],
  },
];

export const recoveryOperations: readonly Operation[] = [
  {
    ...reads, path: '/v1/recoveries', id: 'listRecoveries', query: RecoveriesQuery, summary: 'What is made good, those that wait longest first.',
    description: 'An answer below the bar of its question opens one, as do one that asks to be contacted and one that a person takes for a complaint. Where the question draws no bar: below 7 of 0 to 10 (NPS, XLA), below 4 of 1 to 5 (CSAT), below the middle of the scale (CES and your own).',
    answers: read('Recoveries'), problems: [...READ, 'customer-unknown'],
  },
  { ...reads, path: '/v1/recoveries/summary', id: 'summarizeRecoveries', query: RecoverySummaryQuery, summary: 'Recoveries in figures.', answers: read('RecoverySummary'), problems: READ },
  { ...reads, path: '/v1/recoveries/{id}', id: 'getRecovery', params: { id }, query: ReadQuery, summary: 'A recovery with its whole story.', answers: read('RecoveryStory', { headers: { ETag: text('The version of the recovery, as `If-Match` takes it.') } }), problems: [...READ, 'recovery-unknown', 'not-found'] },
  {
    method: 'post', tag, scope: 'today:write', path: '/v1/recoveries', id: 'openRecovery', query: NoQuery, summary: 'Opens a recovery by hand.', body: { content: json(bodySchema(OpenRecoveryDto)) },
    answers: { 201: { description: 'Recorded.', content: json(ref('RecoveryDone')) } }, problems: ['invalid-parameter', 'invalid-body', 'customer-unknown'],
  },
  step('acknowledge', NothingDto, 'Says that you had a first look.', ['recovery-closed', 'recovery-looked-at']),
  step('contact', ContactedDto, 'Says that you talked with the customer.', ['recovery-closed'], { how: 'call', note: 'Lost three days.' }),
  step('cause', CauseDto, 'Names the cause.', ['recovery-closed'], { cause: 'print-server-overload' }),
  step('prevention', PreventionDto, 'Says what prevents the cause from coming back, or why nothing does.', ['recovery-closed'], { what: 'A second print server.' }),
  step('close', NoteDto, 'Closes a recovery.', ['recovery-closed', 'recovery-not-contacted', 'recovery-without-cause', 'recovery-without-prevention'], {}, 'Needs a contact, a cause, and a prevention or a reason why there is none, all since it was opened, or opened again. The next answer of the same person then proves it, or opens it again.'),
  step('reopen', NoteDto, 'Opens a closed recovery again: its last clock starts anew.', ['recovery-open'], { note: 'It came back.' }),
  step('assign', OwnerDto, 'Gives a recovery to somebody else.', ['recovery-closed', 'recovery-same-owner'], { owner: 'jonas' }),
  step('link', LinkDto, 'Links a recovery to a ticket or to another recovery.', ['recovery-linked'], { ticket: 'T-4522' }),
  ...setting('/v1/recovery-policy', 'RecoveryPolicy', 'RecoveryPolicy', { body: policyBody, summary: 'Who looks after recoveries, and how long each step may take.', example: findType('recoverypolicy.set')!.example }),
  ...setting('/v1/working-hours', 'WorkingHours', 'WorkingHours', { body: hoursBody, summary: 'When we work: clocks run only then.', example: findType('workinghours.set')!.example }),
];
