import { defaultLimits } from '#intake';
import { eventTypes } from '#journey';
import { ImportQuery, RetractionDto } from '../../events/import.dto.js';
import { NoQuery } from '../../reads/queries.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { list, ref, type Schema, text } from '../schema.js';

const plain = { id: '4711', source: 'helpdesk', type: 'ticket.opened', time: '2026-03-01T09:30:00Z', customer: { system: 'crm', id: 'C-1001' }, data: { ticket: 'T-1', priority: 'urgent' } };
const { customer: _, ...bare } = plain;
const cloud = { specversion: '1.0', ...bare, subject: 'crm:C-1001' };
const recorded = { results: [{ index: 0, status: 'appended', id: '4711', source: 'helpdesk', position: '1.42', customer: 'a2bd163d-eb46-8743-98ee-0cdeb24f2588' }], position: '1.42' };
const several = (schema: Schema) => list(schema, 'Each gets its own verdict.', { minItems: 1, maxItems: defaultLimits.batchItems });

const binary = (name: string) => text(`Of a CloudEvent in binary mode: its \`${name}\`, percent-encoded where it is not ASCII.`);
const refusals = ['not-an-object', 'item-too-large', 'too-deep', 'text-too-long', 'text-unstorable', 'number-out-of-range', 'field-missing', 'field-unknown', 'field-invalid', 'reserved-source',
  'data-not-json', 'type-unknown', 'type-internal', 'version-unknown', 'data-invalid', 'time-invalid', 'time-out-of-range', 'observed-at-refused', 'event-unknown', 'import-unknown', 'not-amendable'] as const;

export const eventOperations: readonly Operation[] = [
  {
    method: 'post', path: '/v1/events', id: 'recordEvents', tag: 'Facts in', scope: 'events:write', query: NoQuery,
    summary: 'Records one event or a list.',
    description: `A list is answered 200 with a verdict for each event: the good ones are kept when others are refused. One event by itself is answered 201 when it was appended, 200 when it was recorded before, and with a problem when it was refused.
Acknowledged means durable. Sending again changes nothing: an event is named for ever by its \`source\` and \`id\`.
Takes our own plain form and CloudEvents 1.0: structured, as a batch, and binary (with the header \`ce-specversion\` and an \`application/json\` body that is the data).
What the role of the key does not let pass is refused by itself, as \`type-forbidden\`, \`not-own-fact\` or \`import-forbidden\`; \`POST /v1/admin/keys\` lists the roles.
Limits: ${defaultLimits.batchItems} events, ${defaultLimits.bodyBytes} bytes, ${defaultLimits.itemBytes} bytes for one event, ${defaultLimits.depth} levels, ${defaultLimits.textLength} characters in one text. Of a name that comes twice in a JSON object the last one counts.`,
    headers: {
      Prefer: text('`wait=5`: answers when the read models show what was written, or after so many seconds, 10 at most (RFC 7240).', { examples: ['wait=5'] }),
      'ce-specversion': { ...binary('specversion'), enum: ['1.0'] }, 'ce-id': binary('id'), 'ce-source': binary('source'), 'ce-type': binary('type'),
      'ce-subject': binary('subject'), 'ce-time': binary('time'), 'ce-typeversion': binary('typeversion'), 'ce-correlationid': binary('correlationid'), 'ce-causationid': binary('causationid'), 'ce-traceparent': binary('traceparent'),
      traceparent: text('W3C trace context of the request; kept with each fact that names none.'),
    },
    body: {
      content: {
        'application/json': {
          schema: { anyOf: [ref('Event'), ref('CloudEvent'), several({ anyOf: [ref('Event'), ref('CloudEvent')] }), { description: 'In binary mode: the data alone.', anyOf: dataRefs() }] },
          examples: { one: plain, list: [plain, { ...plain, id: '4712', type: 'ticket.resolved', data: { ticket: 'T-1' } }], 'data of a binary CloudEvent': plain.data },
        },
        'application/cloudevents+json': { schema: ref('CloudEvent'), examples: { one: cloud } },
        'application/cloudevents-batch+json': { schema: several(ref('CloudEvent')), examples: { batch: [cloud] } },
      },
    },
    answers: {
      200: { description: 'A list, or an event that was recorded before.', content: json(ref('Recorded'), recorded) },
      201: { description: 'The one event was appended.', content: json(ref('Recorded'), recorded) },
    },
    problems: ['bad-request', 'invalid-parameter', 'invalid-body', 'empty-batch', 'batch-too-large', 'type-forbidden', 'not-own-fact', 'import-forbidden', 'id-conflict', 'alias-taken', ...refusals],
  },
  {
    method: 'post', path: '/v1/events/import', id: 'importEvents', tag: 'Facts in', scope: 'imports:write', query: ImportQuery,
    summary: 'Records NDJSON of any length, as a stream.',
    description: `One event a line, in the plain form or as a structured CloudEvent; it may also say when it was known (\`observedAt\`). \`Content-Encoding: gzip\` is taken. Lines may have ${defaultLimits.itemBytes} bytes.
Answers as it goes, in NDJSON: every line that was not plainly appended, now and then how far it is, and at the end a summary, or a problem when it came to no end. The status is sent at the start, so only the last line says how it ended.
An import that breaks off has recorded what came before; send the whole again, nothing is doubled.`,
    headers: { 'Content-Encoding': text('How the body is packed.', { enum: ['gzip', 'identity'] }) },
    body: {
      required: false,
      content: { 'application/x-ndjson': { schema: text('One `ImportedEvent` or `CloudEvent` a line.', { examples: [ndjson(plain)] }), examples: { 'two lines': ndjson(plain, { ...plain, id: '4712', observedAt: '2026-03-02T08:00:00Z' }) } } },
    },
    answers: {
      200: {
        description: 'The answer is on its way.',
        headers: { 'Touchline-Import': text('Id of the import, with which it can be taken back.') },
        content: { 'application/x-ndjson': { schema: text('One `ImportLine` a line.'), examples: { summary: ndjson({ line: 2, status: 'duplicate', id: '4711', source: 'helpdesk', position: '1.42' }, {
          summary: { import: 'helpdesk-2025', lines: 2, appended: 1, duplicate: 1, conflict: 0, rejected: 0, customers: 1, historic: 1, notOpened: { recoveries: 1, surveyCauses: 0 }, position: '1.43', seconds: 0.2 } }) } } },
      },
    },
    problems: ['invalid-parameter'],
  },
  {
    method: 'post', path: '/v1/imports/{id}/retraction', id: 'retractImport', tag: 'Facts in', scope: 'imports:write', query: NoQuery,
    summary: 'Takes back every fact of an import.',
    description: 'The facts stay in the log; from now on nothing counts them. Doing it again changes nothing.',
    params: { id: text('Id of the import, as you gave it or as `Touchline-Import` said.', { examples: ['helpdesk-2025'] }) },
    body: { content: json(bodySchema(RetractionDto), { reason: 'The wrong file.' }) },
    answers: { 200: { description: 'It is taken back.', content: json(ref('Retracted')) } },
    problems: ['invalid-parameter', 'invalid-body', 'import-unknown', 'not-found'],
  },
];

function dataRefs(): Schema[] {
  return eventTypes.filter(({ internal }) => !internal).map(({ type }) => ref(type));
}

function ndjson(...lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
