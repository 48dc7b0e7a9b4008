import { CertificateDto, CertificateEventsQuery, CertificateQuery } from '../../certificates/certificate.dto.js';
import { ClearDto, OverrideDto } from '../../overrides/override.dto.js';
import { DoneDto, SnoozeDto } from '../../today/today.dto.js';
import { ChurnRiskQuery, CustomersQuery, HealthQuery, HistoryQuery, NoQuery, OwnerQuery, ReadQuery, SpanQuery, TimelineQuery, TodayQuery } from '../../reads/queries.dto.js';
import { WhatIfDto } from '../../reads/what-if.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';
import { ifNoneMatch, read, waits } from './reading.js';

const id = text('The customer: our id, or `system:id` with the id in another system.', { examples: ['crm:C-1001'] });

const ofCustomer = { method: 'get', tag: 'Customers', scope: 'customers:read', params: { id }, headers: ifNoneMatch, problems: [...waits, 'customer-unknown', 'not-found'] } as const;
const ofTask = { method: 'post', tag: 'Today', scope: 'today:write', query: NoQuery, params: { id }, problems: ['invalid-parameter', 'invalid-body', 'data-invalid', 'text-unstorable', 'customer-unknown', 'not-found'] } as const;

const ofOverride = { ...ofTask, tag: 'Customers', scope: 'events:write', answers: { 201: { description: 'The fact was recorded.', content: json(ref('TouchNoted')) } } } as const;

export const readOperations: readonly Operation[] = [
  {
    method: 'get', path: '/v1/customers', id: 'listCustomers', tag: 'Customers', scope: 'customers:read', query: CustomersQuery, headers: ifNoneMatch,
    summary: 'Finds customers.', answers: read(ref('CustomerPage')), problems: waits,
  },
  { ...ofCustomer, path: '/v1/customers/{id}', id: 'getCustomer', query: ReadQuery, summary: 'Who a customer is.', answers: read(ref('CustomerProfile')) },
  { ...ofCustomer, path: '/v1/customers/{id}/timeline', id: 'getTimeline', query: TimelineQuery, summary: 'Every touch, newest first.', answers: read(ref('TimelinePage')) },
  {
    ...ofCustomer, path: '/v1/customers/{id}/health', id: 'getHealth', query: HealthQuery, summary: 'The health of a customer, with what made it.', answers: read(ref('Health')),
    description: '`asOf` asks for what was true then, `knownAt` for what was known then; an earlier `knownAt` shows what you would have been told at that time.',
  },
  { ...ofCustomer, path: '/v1/customers/{id}/health/history', id: 'getHealthHistory', query: HistoryQuery, summary: 'Score and band at the closes of days.', answers: read(ref('HealthHistory')) },
  { ...ofCustomer, path: '/v1/customers/{id}/health/difference', id: 'getHealthDifference', query: SpanQuery, summary: 'What moved the score between two moments.', answers: read(ref('HealthDifference')) },
  {
    ...ofCustomer, path: '/v1/customers/{id}/health/restatements', id: 'getRestatements', query: ReadQuery, summary: 'What was said of closed days and is another now, because of facts that came late.', answers: read(ref('Restatements')),
  },
  {
    ...ofCustomer, path: '/v1/customers/{id}/health/certificate', id: 'getCertificate', query: CertificateQuery, summary: 'The health of a customer, with digests of all that it stands on.', answers: read(ref('Certificate')),
    description: 'The same parameters give the same certificate, digit by digit, whatever was told since.',
  },
  {
    ...ofCustomer, path: '/v1/customers/{id}/health/certificate/events', id: 'getCertificateEvents', query: CertificateEventsQuery, headers: {},
    summary: 'The events that a certificate stands on, each as a line whose bytes are what is digested. Sealed fields stay sealed.',
    answers: { 200: { description: 'In log order.', content: { 'application/x-ndjson': { schema: text('An event a line, in its RFC 8785 form.') } } } },
  },
  {
    method: 'post', path: '/v1/certificates/checks', id: 'checkCertificate', tag: 'Customers', scope: 'customers:read', query: NoQuery,
    summary: 'Recomputes a certificate from the log, and says whether it holds or what differs. Nothing is stored.',
    body: { content: json(bodySchema(CertificateDto)) }, answers: { 200: { description: 'The answer.', content: json(ref('CertificateCheck')) } }, problems: ['invalid-parameter', 'invalid-body'],
  },
  {
    ...ofCustomer, path: '/v1/customers/{id}/churn-risk', id: 'getChurnRisk', query: ChurnRiskQuery, summary: 'The risk that a customer leaves, with what makes it.', answers: read(ref('ChurnRisk')),
    description: 'Folded from the facts, with the model that was in force; an earlier `knownAt` takes the model that was in force then.', problems: [...ofCustomer.problems, 'model-unknown'],
  },
  {
    method: 'post', path: '/v1/customers/{id}/what-if', id: 'askWhatIf', tag: 'Customers', scope: 'customers:read', query: NoQuery, params: { id },
    summary: 'Risk and score, had facts not happened or happened at another time. Nothing is stored.',
    body: { content: json(bodySchema(WhatIfDto), { without: [{ source: 'helpdesk', id: 'T-17-reopened' }], moved: [{ event: { source: 'crm', id: 'call-3' }, to: '2026-05-01T09:00:00Z' }] }) },
    answers: { 200: { description: 'The answer.', content: json(ref('WhatIf')) } }, problems: ['invalid-parameter', 'invalid-body', 'event-unknown', 'customer-unknown', 'not-found'],
  },
  {
    ...ofOverride, path: '/v1/customers/{id}/override', id: 'setOverride', summary: 'Sets the score of a customer by hand, until a day.',
    description: 'It counts in place of the computed score, which is always shown beside it. Setting another takes its place.',
    body: { content: json(bodySchema(OverrideDto), { score: 30, reason: 'Their new management wants one supplier', until: '2026-12-31' }) },
  },
  {
    ...ofOverride, path: '/v1/customers/{id}/override/clear', id: 'clearOverride', summary: 'A score set by hand holds no longer.',
    body: { content: json(bodySchema(ClearDto), { reason: 'The new management chose us' }) }, problems: [...ofOverride.problems, 'no-override'],
  },
  {
    method: 'get', path: '/v1/portfolio', id: 'getPortfolio', tag: 'Portfolio', scope: 'portfolio:read', query: OwnerQuery, headers: ifNoneMatch,
    summary: 'Counts and amounts over all customers, or those of one owner.', answers: read(ref('Portfolio')), problems: waits,
  },
  {
    method: 'get', path: '/v1/today', id: 'getToday', tag: 'Today', scope: 'customers:read', query: TodayQuery, headers: ifNoneMatch,
    summary: 'Whom to call today, and why.', description: 'Every customer once, with all that is to be done for it. Who was called is not called again for a week; tasks, recoveries and unread answers stay, and are reported by their own ids. Of who was put off only recoveries stay until the day said.', answers: read(ref('TodayList')), problems: waits,
  },
  {
    ...ofTask, path: '/v1/today/{id}/done', id: 'noteCall', summary: 'Notes that the customer was called.',
    body: { content: json(bodySchema(DoneDto), { outcome: 'reached', note: 'They will decide next week.' }) },
    answers: { 201: { description: 'The touch was recorded.', content: json(ref('TouchNoted')) } },
  },
  {
    ...ofTask, path: '/v1/today/{id}/snooze', id: 'snoozeCall', summary: 'Puts the call off to a later day.',
    body: { content: json(bodySchema(SnoozeDto), { until: '2026-11-30', note: 'On holiday until then.' }) },
    answers: { 201: { description: 'The touch was recorded.', content: json(ref('TouchNoted')) } },
  },
  {
    method: 'get', path: '/v1/event-types', id: 'listEventTypes', tag: 'Published language', scope: 'public', query: NoQuery, headers: ifNoneMatch,
    summary: 'Every type of fact that has a schema.', answers: read(ref('EventTypes')), problems: ['invalid-parameter'],
  },
  {
    method: 'get', path: '/v1/event-types/{type}', id: 'getEventType', tag: 'Published language', scope: 'public', query: NoQuery, headers: ifNoneMatch,
    summary: 'One type: its schema, an example, and the former versions that are still taken.',
    params: { type: text('Its name.', { examples: ['ticket.opened'] }) }, answers: read(ref('EventType')), problems: ['invalid-parameter', 'event-type-unknown', 'not-found'],
  },
  {
    method: 'get', path: '/v1/event-types/{type}/schemas/{version}', id: 'getDataSchema', tag: 'Published language', scope: 'public', query: NoQuery, headers: ifNoneMatch,
    summary: 'JSON Schema of the data of public events, to which their `dataschema` leads: personal fields sealed, opened or null.',
    params: { type: text('Name of the type.', { examples: ['ticket.opened'] }), version: text('Version of its data.', { examples: ['1'] }) },
    answers: read({ type: 'object', description: 'A JSON Schema, draft 2020-12.' }), problems: ['invalid-parameter', 'event-type-unknown', 'not-found'],
  },
];
