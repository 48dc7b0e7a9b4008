import { NewKeyDto, RotationDto } from '../../access/key.dto.js';
import { rolesTable } from '../../access/roles-table.js';
import { NoQuery } from '../../reads/queries.dto.js';
import { ParkedQuery, ReplayQuery, SwitchQuery } from '../../projections/projections.dto.js';
import { EpochDto } from '../../log/epoch.dto.js';
import { VerifyQuery } from '../../verify/verify.dto.js';
import { PinDto } from '../../tenant/pin.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';

const keyId = text('Id of the key.', { examples: ['0eb14e034ddd2c27'] });
const name = text('The read model.', { examples: ['customers'] });
const admin = { tag: 'Administration', scope: 'admin', query: NoQuery } as const;
const operator = { ...admin, scope: 'operator' } as const;
const open = { tag: 'Service', scope: 'public', query: NoQuery } as const;

export const adminOperations: readonly Operation[] = [
  {
    ...admin, method: 'get', path: '/v1/tenant/today', id: 'getTenantToday', summary: "The tenant's today, and who set it.",
    answers: { 200: { description: 'The answer.', content: json(ref('TenantToday')) } }, problems: ['invalid-parameter'],
  },
  {
    ...admin, method: 'put', path: '/v1/tenant/today', id: 'setTenantToday', summary: "Sets the tenant's today by hand, or lets it follow the clock again.",
    description: 'For demonstrations and tests. Every answer says that the day is pinned. It cannot lie in the future. Scores in lists stay those of the day that they name in `asOf`; questions about one customer are answered as of the pinned day.',
    body: { content: json(bodySchema(PinDto), { day: '2026-11-02' }) },
    answers: { 200: { description: 'It is set. Who did it is kept.', content: json(ref('TenantToday')) } }, problems: ['invalid-parameter', 'invalid-body'],
  },
  {
    ...admin, method: 'get', path: '/v1/admin/keys', id: 'listKeys', summary: 'Lists keys, without their secrets.',
    answers: { 200: { description: 'The answer.', content: json(ref('Keys')) } }, problems: ['invalid-parameter'],
  },
  {
    ...admin, method: 'post', path: '/v1/admin/keys', id: 'makeKey', summary: 'Makes a key. Its text is in this answer and nowhere else.',
    description: `Nobody gives away more than they have: only an operator makes, rotates or revokes a key of role operator.\n\n${rolesTable()}`,
    body: { content: json(bodySchema(NewKeyDto), { name: 'Helpdesk to Touchline', role: 'ingest', actor: { kind: 'system', id: 'helpdesk' } }) },
    answers: { 201: { description: 'The key.', content: json(ref('NewKey')) } }, problems: ['invalid-parameter', 'invalid-body'],
  },
  {
    ...admin, method: 'post', path: '/v1/admin/keys/{id}/rotation', id: 'rotateKey', summary: 'Gives a key a new secret; the former one stays good for a while.', params: { id: keyId },
    body: { required: false, content: json(bodySchema(RotationDto), { graceHours: 24 }) },
    answers: { 201: { description: 'The key and its new secret.', content: json(ref('RotatedKey')) } }, problems: ['invalid-parameter', 'invalid-body', 'key-unknown', 'not-found'],
  },
  {
    ...admin, method: 'delete', path: '/v1/admin/keys/{id}', id: 'revokeKey', summary: 'Ends a key at once.', params: { id: keyId },
    answers: { 204: { description: 'The key opens nothing any more.' } }, problems: ['invalid-parameter', 'key-unknown', 'last-key', 'not-found'],
  },
  {
    ...admin, method: 'get', path: '/v1/admin/projections', id: 'listProjections', summary: 'The read models and how far they are.',
    answers: { 200: { description: 'The answer.', content: json(ref('Projections')) } }, problems: ['invalid-parameter'],
  },
  {
    ...operator, method: 'post', path: '/v1/admin/projections/{name}/rebuild', id: 'rebuildProjection', summary: 'Builds a read model anew.',
    description: 'A new generation is built beside the one that is read, which it replaces when it has caught up. While one is being built, its number is given again.',
    params: { name },
    answers: { 202: { description: 'It is being built; follow it with `GET /v1/admin/projections`.', content: json(ref('RebuildBegun')) } }, problems: ['invalid-parameter', 'projection-unknown', 'not-found'],
  },
  {
    ...operator, method: 'get', path: '/v1/admin/doctor', id: 'examine', summary: 'What stands still, lags or is open, and what to do about it.',
    description: 'Names the database session that keeps readers from going on, tables that tenants would share, and read models that are behind, stopped or nobody follows.',
    answers: { 200: { description: 'What was seen.', content: json(ref('Findings')) } }, problems: ['invalid-parameter'],
  },
  {
    ...operator, method: 'post', path: '/v1/admin/epoch', id: 'beginEpoch', summary: 'Begins a new epoch after a copy of the database was put back.',
    description: 'Positions that were given out since the copy was made are refused from now on. Point-in-time restores, promotions and dumps are noticed without it.',
    body: { content: json(bodySchema(EpochDto), { reason: 'Copy of Monday 02:00 put back' }) },
    answers: { 200: { description: 'It has begun.', content: json(ref('EpochBegun')) } }, problems: ['invalid-parameter', 'invalid-body'],
  },
  {
    ...operator, method: 'post', path: '/v1/admin/verify', id: 'verify', summary: 'Holds the log against itself and every read model against the log.',
    description: 'Folds every customer from the log and compares with every stored row, while everything goes on. Answers as it goes, in NDJSON: how far it is, and the report as the last line, or a problem when it came to no end. Values are shown of your own tenant only.',
    query: VerifyQuery,
    answers: { 200: { description: 'The answer is on its way.', content: { 'application/x-ndjson': { schema: text('One `VerifyLine` a line.') } } } }, problems: ['invalid-parameter'],
  },
  ...parkedOperations(),
  ...['compare', 'switch', 'drop', 'resume'].map(ofGenerations),
  {
    ...open, method: 'get', path: '/problems', id: 'listProblems', summary: 'Every problem that an answer or a verdict can carry.',
    answers: { 200: { description: 'The answer; a page for a browser.', content: { ...json(ref('Problems')), 'text/html': { schema: text('The same to read.') } } } }, problems: ['invalid-parameter'],
  },
  {
    ...open, method: 'get', path: '/problems/{code}', id: 'getProblem', summary: 'One problem: what it means and what to do.', params: { code: text('Its code.', { examples: ['invalid-parameter'] }) },
    answers: { 200: { description: 'The answer; a page for a browser.', content: { ...json(ref('ProblemKind')), 'text/html': { schema: text('The same to read.') } } } }, problems: ['invalid-parameter', 'problem-unknown', 'not-found'],
  },
  { ...open, method: 'get', path: '/health/live', id: 'isLive', summary: 'The process answers.', answers: { 200: { description: 'It does.', content: json(ref('Live')) } }, problems: ['invalid-parameter'] },
  {
    ...open, method: 'get', path: '/health/ready', id: 'isReady', summary: 'The process can do its work: the database answers, is migrated, and we are not shutting down.',
    answers: { 200: { description: 'It can.', content: json(ref('Ready')) } }, problems: ['invalid-parameter'],
  },
  { ...open, method: 'get', path: '/openapi.json', id: 'getOpenApi', summary: 'This document.', answers: { 200: { description: 'OpenAPI 3.1.', content: json({ type: 'object', description: 'OpenAPI 3.1.' }) } } },
  { ...open, method: 'get', path: '/asyncapi.json', id: 'getAsyncApi', summary: 'What tells other systems of facts: topics of Kafka, webhooks and the feed.', answers: { 200: { description: 'AsyncAPI 3.', content: json({ type: 'object', description: 'AsyncAPI 3.' }) } } },
];

function parkedOperations(): Operation[] {
  const answer = (schema: string) => ({ 200: { description: 'The answer.', content: json(ref(schema)) } });
  const problems = ['invalid-parameter', 'projection-unknown'] as const;
  return [
    {
      ...admin, method: 'get', path: '/v1/admin/projections/parked', id: 'listParked', summary: 'Customers that are held back, the fact that could not be handled, and the facts that wait behind it.',
      query: ParkedQuery, answers: answer('ParkedList'), problems,
    },
    { ...admin, method: 'post', path: '/v1/admin/projections/retry', id: 'retryParked', summary: 'Tries parked customers again, in order, from the log as it now is.', query: ParkedQuery, answers: answer('Retried'), problems },
    {
      ...admin, method: 'post', path: '/v1/admin/projections/replay/{customer}', id: 'replayCustomer', summary: 'Folds one customer anew from the log, parked or not.',
      params: { customer: text('Our id of the customer, or `system:id`.') }, query: ReplayQuery, answers: answer('Retried'), problems: [...problems, 'customer-unknown', 'not-found'],
    },
  ];
}

function ofGenerations(what: string): Operation {
  const [id, summary, schema] = {
    compare: ['compareProjection', 'Compares the generation beside the live one with it, customer by customer. Examples are of your own tenant only.', 'Comparison'],
    switch: ['switchProjection', 'Makes the other generation the one that is read; the one that was goes on following.', 'Switched'],
    drop: ['dropProjection', 'Drops every generation but the one that is read.', 'Dropped'],
    resume: ['resumeProjection', 'Lets a read model go on that has stopped because too many customers were parked for one cause.', 'Resumed'],
  }[what] as [string, string, string];
  return {
    ...operator, ...(what === 'switch' ? { query: SwitchQuery } : {}), method: 'post', path: `/v1/admin/projections/{name}/${what}`, id, summary, params: { name },
    answers: { 200: { description: 'Done.', content: json(ref(schema)) } }, problems: ['invalid-parameter', 'projection-unknown', 'not-found'],
  };
}
