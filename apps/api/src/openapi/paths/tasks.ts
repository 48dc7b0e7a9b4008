import { PlaybookDto, PlaybookStopDto } from '../../playbooks/playbook.dto.js';
import { NoQuery, ReadQuery } from '../../reads/queries.dto.js';
import { MorningMailDto, StaffDto } from '../../staff/staff.dto.js';
import { ConfirmOutcomeDto, RejectOutcomeDto, SuccessPlansQuery } from '../../success-plan/success-plan.dto.js';
import { CreateTaskDto, TaskDoneDto, TaskDropDto, TasksQuery } from '../../tasks/task.dto.js';
import { SnoozeDto } from '../../today/today.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';
import { ifNoneMatch, read, waits } from './reading.js';

const id = text('The customer: our id, or `system:id` with the id in another system.', { examples: ['crm:C-1001'] });
const task = text('The number of the task.');
const noted = { 201: { description: 'The fact was recorded.', content: json(ref('TaskNoted')) } };
const ofTask = { method: 'post', tag: 'Today', scope: 'today:write', query: NoQuery, params: { task }, answers: noted, problems: ['invalid-parameter', 'invalid-body', 'data-invalid', 'text-unstorable', 'task-unknown', 'task-ambiguous', 'task-closed', 'not-found'] } as const;
const ofOutcome = {
  method: 'post', tag: 'Customers', scope: 'events:write', query: NoQuery, params: { id, outcome: text('The number of the outcome.') },
  answers: { 201: { description: 'The fact was recorded.', content: json(ref('TouchNoted')) } }, problems: ['invalid-parameter', 'invalid-body', 'data-invalid', 'text-unstorable', 'type-forbidden', 'customer-unknown', 'outcome-unknown', 'not-found'],
} as const;
const admin = { tag: 'Administration', scope: 'admin', query: NoQuery, problems: ['invalid-parameter'] } as const;
const playbook = { id: text('The playbook.', { examples: ['silence'] }) };
const done = (description: string, name: string) => ({ 200: { description, content: json(ref(name)) } });

export const taskOperations: readonly Operation[] = [
  {
    method: 'get', path: '/v1/tasks', id: 'listTasks', tag: 'Today', scope: 'customers:read', query: TasksQuery, headers: ifNoneMatch, summary: 'Tasks: what is to be done for customers, by whom and by when.',
    answers: read(ref('Tasks')), problems: [...waits, 'customer-unknown'],
  },
  {
    ...ofTask, path: '/v1/customers/{id}/tasks', id: 'createTask', params: { id }, summary: 'Sets a task by hand.',
    body: { content: json(bodySchema(CreateTaskDto), { what: 'Send the offer for the second site', dueOn: '2026-12-04' }) }, problems: ['invalid-parameter', 'invalid-body', 'data-invalid', 'text-unstorable', 'customer-unknown', 'not-found'],
  },
  { ...ofTask, path: '/v1/tasks/{task}/done', id: 'doTask', summary: 'Notes that a task was done, and what came of it.', body: { content: json(bodySchema(TaskDoneDto), { outcome: 'reached' }) } },
  { ...ofTask, path: '/v1/tasks/{task}/snooze', id: 'snoozeTask', summary: 'Puts a task off to a later day.', body: { content: json(bodySchema(SnoozeDto), { until: '2026-11-30' }) } },
  { ...ofTask, path: '/v1/tasks/{task}/drop', id: 'dropTask', summary: 'Says that a task is not to be done any more, and why.', body: { content: json(bodySchema(TaskDropDto), { reason: 'They named a new sponsor by themselves' }) } },
  { method: 'get', path: '/v1/playbooks', id: 'listPlaybooks', tag: 'Today', scope: 'customers:read', query: NoQuery, summary: 'Which tasks are made when something happens at a customer.', answers: done('All of them.', 'Playbooks'), problems: ['invalid-parameter'] },
  {
    ...admin, method: 'put', path: '/v1/playbooks/{id}', id: 'setPlaybook', params: playbook, summary: 'Sets a playbook, in place of what ran under its id.', answers: done('It is set. Who did it is kept.', 'Playbook'), problems: ['invalid-parameter', 'invalid-body', 'not-ready', 'not-found'],
    body: { content: json(bodySchema(PlaybookDto), { label: 'Quiet customers', when: { kind: 'condition', condition: 'silence' }, segments: ['enterprise'], tasks: [{ step: 'call', what: 'Call and ask how it goes', dueInWorkingDays: 3 }], reason: 'Agreed with the team' }) },
  },
  {
    ...admin, method: 'post', path: '/v1/playbooks/{id}/stop', id: 'stopPlaybook', params: playbook, summary: 'A playbook makes no more tasks; those that it has made stay.', answers: done('It is stopped.', 'Playbook'),
    body: { content: json(bodySchema(PlaybookStopDto), { reason: 'Our quiet customers are well' }) }, problems: ['invalid-parameter', 'invalid-body', 'playbook-unknown', 'playbook-stopped', 'not-ready', 'not-found'],
  },
  { method: 'get', path: '/v1/customers/{id}/success-plan', id: 'getSuccessPlan', tag: 'Customers', scope: 'customers:read', query: ReadQuery, params: { id }, headers: ifNoneMatch, summary: 'What the customer wants to reach, what we do, and what was gained.', answers: read(ref('SuccessPlan')), problems: [...waits, 'customer-unknown', 'not-found'] },
  { method: 'get', path: '/v1/success-plans', id: 'listSuccessPlans', tag: 'Portfolio', scope: 'customers:read', query: SuccessPlansQuery, headers: ifNoneMatch, summary: 'The success plans of running customers, those without a goal of their own first.', answers: read(ref('SuccessPlans')), problems: waits },
  { ...ofOutcome, path: '/v1/customers/{id}/success-plan/outcomes/{outcome}/confirm', id: 'confirmOutcome', summary: 'Notes that a contact of the customer agrees that it gained this, and where they said so.', body: { content: json(bodySchema(ConfirmOutcomeDto), { contact: 'P-2207', evidence: [{ source: 'crm', id: 'review-2027-04' }] }) } },
  { ...ofOutcome, path: '/v1/customers/{id}/success-plan/outcomes/{outcome}/reject', id: 'rejectOutcome', summary: 'Notes that a contact of the customer does not agree.', body: { content: json(bodySchema(RejectOutcomeDto), { contact: 'P-2207', reason: 'We hired nobody this year' }) } },
  { ...admin, method: 'get', path: '/v1/staff', id: 'listStaff', summary: 'Who works for the tenant, and where they are written to.', answers: done('All of them.', 'Staff') },
  {
    ...admin, method: 'put', path: '/v1/staff/{id}', id: 'setStaff', params: { id: text('The code under which facts know the person.', { examples: ['mara'] }) }, summary: 'Says where somebody is written to, and what they do.',
    body: { content: json(bodySchema(StaffDto), { email: 'mara@us.example', roles: ['csm'] }) }, answers: done('It is kept.', 'StaffSet'), problems: ['invalid-parameter', 'invalid-body', 'not-found'],
  },
  { ...admin, method: 'delete', path: '/v1/staff/{id}', id: 'removeStaff', params: { id: text('The code of the person.') }, summary: 'Forgets somebody and their address.', answers: { 204: { description: 'Nothing of them is kept but their code in facts.' } }, problems: ['invalid-parameter', 'staff-unknown', 'not-found'] },
  { ...admin, method: 'get', path: '/v1/tenant/morning-mail', id: 'getMorningMail', summary: 'When the mail of the morning goes out.', answers: done('The answer.', 'MorningMail') },
  {
    ...admin, method: 'put', path: '/v1/tenant/morning-mail', id: 'setMorningMail', summary: 'Says when the mail of the morning goes out, on working days, to everybody of the staff for whom there is something to do.',
    body: { content: json(bodySchema(MorningMailDto), { at: '07:30', on: true }) }, answers: done('It is kept.', 'MorningMail'), problems: ['invalid-parameter', 'invalid-body'],
  },
];
