import { defaultLimits } from '#intake';
import { eventIdPattern, type EventType, eventTypes } from '#journey';
import { choice, count, figure, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';

const OUR_ID = '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$';
const NOT_OURS = '(?![Tt][Oo][Uu][Cc][Hh][Ll][Ii][Nn][Ee]:)';
const TENANT_TYPE = '^x-[a-z0-9]+(-[a-z0-9]+)*\\.[a-z0-9]+(-[a-z0-9]+)*$';

const named = (description: string, more: Schema = {}) => text(description, { pattern: eventIdPattern, maxLength: 200, ...more });
const names = {
  id: named("The sender's own id of the event. With `source` it names the event for ever: sent again, it is a duplicate.", { examples: ['4711'] }),
  source: named('System that the fact came from; names that start with "touchline:" are ours.', { pattern: eventIdPattern.replace('^', `^${NOT_OURS}`), examples: ['helpdesk'] }),
  type: text('Type of the fact: one of `GET /v1/event-types`, or `x-family.fact` for one of your own.', { maxLength: 100, examples: ['ticket.opened'] }),
};
const time = instant('When it was true: from 1970 to now, give or take five minutes. The moment of arrival when left out.');
const group = named('Events of one group are refused together when one of them is: those of one request, or lines of an import that stand together, 500 at most. No part of the fact.', { examples: ['row-17'] });
const links = {
  correlation: named('What this and other facts have in common, such as one order. No part of the fact: sent again with another, it is a duplicate.', { examples: ['order-4711'] }),
  causation: named('The fact that led to this one, as `source/id`.', { pattern: eventIdPattern.replace('200', '401'), maxLength: 401, examples: ['shop/4711'] }),
  trace: text('W3C trace context of whoever tells the fact.', { pattern: '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}', maxLength: 200, examples: ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'] }),
};
const versionOf = whole("Version of the type's data; the current one when left out.", { minimum: 1, maximum: 32_767 });

/** `data` as each type and version wants it, and any object for types of a tenant's own. */
const fitting = (version: string): Schema[] => [
  ...eventTypes.filter(({ internal }) => !internal).flatMap(({ type, version: current, older = {} }) => [
    { properties: { type: { const: type }, [version]: { const: current }, data: ref(type) } },
    ...Object.keys(older).map((old) => ({ properties: { type: { const: type }, [version]: { const: Number(old) }, data: ref(`${type}.v${old}`) }, required: [version] })),
  ]),
  { properties: { type: { pattern: TENANT_TYPE }, data: { type: 'object' } } },
];

const data: Schema = { type: 'object', description: 'What happened; the schema of the type is among the schemas here, under its name.' };

const plain = (description: string, more: Readonly<Record<string, Schema>> = {}): Schema => ({
  ...record(description, {
    ...names,
    customer: {
      description: 'The customer, by our id or by the id in another system. Of one that nobody knows a new customer is opened, to be claimed later.',
      anyOf: [text('Our id.', { pattern: OUR_ID }), { ...ref('Alias') }],
    },
    data,
  }, { time, version: versionOf, group, correlationId: links.correlation, causationId: links.causation, traceParent: links.trace, ...more }),
  additionalProperties: false,
  oneOf: fitting('version'),
});

export const eventSchemas: Readonly<Record<string, Schema>> = {
  Alias: { ...record('The id in another system.', {
    system: text('That system.', { pattern: '^[a-z0-9-]{1,32}$', examples: ['crm'] }), id: text('Its id there.', { minLength: 1, maxLength: 200, examples: ['C-1001'] }),
  }), additionalProperties: false },
  Event: plain('A fact in our own plain form.'),
  ImportedEvent: plain('A line of an import: as a plain event, and it may say when the fact was known.', {
    observedAt: instant('When the business knew it: not before `time` and not in the future. The moment of arrival when left out.'),
  }),
  CloudEvent: {
    ...record('A CloudEvent 1.0 in its JSON form. Extensions are allowed, and not kept but for those named here. An attribute that is null counts as left out.', {
      specversion: choice(['1.0'], 'Version of CloudEvents.'),
      ...names,
      subject: text('The customer: our id, or `system:id`.', { pattern: '^([A-Za-z0-9][A-Za-z0-9._-]{0,63}|[a-z0-9-]{1,32}:[\\s\\S]{1,200})$', examples: ['crm:C-1001'] }),
      data,
    }, {
      time: orNull(time),
      typeversion: orNull(versionOf),
      correlationid: orNull(links.correlation), causationid: orNull(links.causation), traceparent: orNull(links.trace),
      datacontenttype: orNull(text('application/json, or left out.', { pattern: '^application/json' })),
      dataschema: orNull(text('Not looked at.')),
    }),
    propertyNames: { pattern: '^[a-z0-9]{1,64}$' },
    not: { required: ['data_base64'] },
    oneOf: fitting('typeversion'),
  },
  Recorded: record('What became of the events.', {
    results: list(ref('Verdict'), 'One for each event, in the order sent.', { minItems: 1, maxItems: defaultLimits.batchItems }),
    position: orNull(position('The last position among them: send it as `minPosition` to read what was written. Null when nothing stands in the log.')),
  }),
  Verdict: record('What became of one event.', {
    index: whole('Its place in the request, from 0.', { minimum: 0 }),
    status: choice(['appended', 'duplicate', 'conflict', 'rejected'],
      '`appended`: it is durable. `duplicate`: it was recorded before. `conflict`: another event has its source and id. `rejected`: nothing of it was stored.'),
  }, verdictFields()),
  Refusal: record('Why an event was not taken.', {
    code: text('Stable; `GET /problems` explains it.', { examples: ['data-invalid'] }),
    title: text('What kind of refusal this is.'),
    detail: text('What is wrong with this event.'),
    pointer: text('RFC 6901 pointer into the event as it was sent; empty for the whole.'),
    remedy: text('What to do about it.'),
  }, { errors: list(ref('Flaw'), 'Every flaw that was found, when there are several.') }),
  ImportLine: {
    description: 'One line of the answer to an import.',
    anyOf: [
      record('A line that was not plainly appended.', {
        line: whole('Its number, from 1.', { minimum: 1 }),
        status: choice(['duplicate', 'conflict', 'rejected'], 'As in the verdict of an event; in a dry run, what it would be.'),
      }, verdictFields()),
      record('How far the import is, about once a second.', { progress: record('So far.', {
        lines: count('Lines worked off.'), position: orNull(position('Of the last event recorded; null before the first.')),
      }) }),
      record('The last line, when the import came to its end.', { summary: ref('ImportSummary') }),
      record('The only line, when the whole import is refused.', { problem: ref('Refusal') }),
      record('The last line, when it did not. What came before is recorded; send the whole again, nothing is doubled.', { problem: ref('Problem') }),
    ],
  },
  ImportSummary: record('An import in numbers.', {
    import: text('Its id, with which it can be taken back.'),
    lines: count('Lines that are not blank.'),
    appended: count('Recorded.'),
    duplicate: count('Recorded before.'),
    conflict: count('Another event has the same source and id.'),
    rejected: count('Refused.'),
    customers: count('Customers that the import touched, in all its runs.'),
    historic: count('Appended facts that were known more than 7 days before.'),
    notOpened: record('What they would have opened, but did not, because it happened, or was known, more than 7 days before.', { recoveries: count('Answers that would have opened a recovery.'), surveyCauses: count('Facts after which survey programs ask (tickets solved, products gone live), whether or not a program runs.') }),
    position: orNull(position('Of the last event recorded; null when none was.')),
    seconds: figure('How long it took.', { minimum: 0 }),
  }, { valid: count('Of a dry run: lines with which nothing is wrong.') }),
  Retracted: record('What was taken back.', { events: count('Facts of the import in the log.'), customers: count('Customers that they are about.'), aliases: count('Ids of other systems that were given back.'), already: yesNo('True when it had been taken back before; then nothing has changed, unless that was cut short.') }),
  EventTypes: record('The published language.', { eventTypes: list(record('A type of fact.', { ...typeFields(), href: text('Where its schema is.', { format: 'uri-reference' }) }), 'By family.') }),
  EventType: record('A type of fact with its schema.', {
    ...typeFields(),
    schema: { type: 'object', description: 'JSON Schema of `data`.' },
    example: { type: 'object', description: 'Of `data`.' },
    older: list(record('A former version that is still accepted.', {
      version: whole('Its number.', { minimum: 1 }), schema: { type: 'object', description: 'JSON Schema of its `data`.' }, example: { type: 'object', description: 'A recorded one.' },
    }), 'Former versions, oldest first.'),
  }),
};

function verdictFields(): Record<string, Schema> {
  return {
    id: text('As sent, where it could be read.'),
    source: text('As sent, where it could be read.'),
    position: position('Where the event stands; of a duplicate or a conflict, where the first one stands.'),
    customer: text('Our id of the customer.'),
    problem: ref('Refusal', 'Of `conflict` and `rejected`: why.'),
  };
}

function typeFields(): Record<string, Schema> {
  return {
    type: text('Its name.', { examples: ['ticket.opened'] }),
    family: text('The part before the dot.'),
    version: whole('The current version of its data.', { minimum: 1 }),
    accepted: list(whole('A version.', { minimum: 1 }), 'Versions that are taken.'),
    description: text('What it says.'),
    personal: list(text('A field of data.'), 'Fields that are sealed when stored.'),
  };
}

/** `data` of every type and of the versions still accepted, under `type` and `type.vN`. */
export function dataSchemas(types: readonly EventType[]): Record<string, Schema> {
  return Object.fromEntries(types.flatMap(({ type, description, schema, example, older = {} }) => [
    [type, { description, ...(schema as object), examples: [example] }],
    ...Object.entries(older).map(([version, old]) => [`${type}.v${version}`, { description: `${description} Version ${version}.`, ...(old.schema as object), examples: [old.example] }]),
  ]));
}
