import { type EventType, familyOf } from '#journey';
import { DERIVED, publicDataSchema, type PublicStream, publicTypes, TEST } from '#outbound';
import { instant, position, record, ref, type Schema, text, whole } from '../openapi/schema.js';

/** A version of a type's data, with a recorded example. */
export interface TypeVersion { readonly type: string; readonly version: number; readonly name: string; readonly example: object }

export const versionsOf = ({ type, version, example, older = {} }: EventType): TypeVersion[] => [
  { type, version, name: type, example: example as object },
  ...Object.entries(older).map(([old, each]) => ({ type, version: Number(old), name: `${type}.v${old}`, example: each.example })),
];

/** A tenant's own type. */
const OWN_TYPE = '^x-[a-z0-9]+(-[a-z0-9]+)*\\.[a-z0-9]+(-[a-z0-9]+)*$';

/** What every public event says of itself, beside its type and data. */
export const always: Readonly<Record<string, Schema>> = {
  id: text("The sender's own id of the fact. With `source` it names the fact for ever."),
  source: text('System that the fact came from; those that start with "touchline:" are ours.', { format: 'uri-reference' }),
  specversion: text('Version of CloudEvents.', { enum: ['1.0'] }),
  subject: text('The customer in whose stream the fact stands, by our id.'),
  time: instant('When it was true.'),
  typeversion: whole('Version of the data.', { minimum: 1 }),
  observedat: instant('When the business knew it.'),
  recordedtime: instant('When it was recorded.'),
  sequence: text('Place in the stream, from 0, in digits that sort as text. Gaps are normal.', { pattern: '^\\d{10,}$' }),
  position: position('Place in the log.'),
  partitionkey: text('The customer: facts with the same key come in order.'),
};

/** And where that is known. */
export const sometimes: Readonly<Record<string, Schema>> = {
  dataschema: text('JSON Schema of the data; not there for types of your own.', { format: 'uri' }),
  importid: text('The import that it came with; `record.retracted` may take a whole one back.'),
  correlationid: text('What this and other facts have in common.'),
  causationid: text('The fact that led to this one, as `source/id`.'),
  traceparent: text('W3C trace context of whoever recorded it.'),
};

const data = (schema: Schema | undefined): Schema => {
  const { $schema: _, title: __, ...rest } = schema!;
  return rest;
};

const versions = publicTypes.flatMap(versionsOf);

/** A public event, whatever its type. */
export const publicEventSchema: Schema = record('A fact as a CloudEvent 1.0 in its JSON form.', {
  ...always, type: text('What happened.', { examples: ['ticket.opened'] }), datacontenttype: text('Always JSON.', { enum: ['application/json'] }),
  data: { type: 'object', description: 'What the fact says. Personal fields are sealed, or opened, or null where the person was erased.', additionalProperties: true },
}, sometimes);

/** Of the data of every public type and version, and of the whole event. */
export const schemas: Readonly<Record<string, Schema>> = {
  Attributes: publicEventSchema,
  Event: {
    description: 'A public event. Its data fits the schema of its type and version.',
    allOf: [ref('Attributes')],
    anyOf: [
      ...versions.map(({ type, version, name }) => ({ properties: { type: { const: type }, typeversion: { const: version }, data: ref(name) } })),
      { properties: { type: { type: 'string', pattern: OWN_TYPE }, data: ref('Own') } },
    ],
  },
  Test: {
    description: 'What an endpoint is tried by. `subject` and `partitionkey` are the endpoint; it stands in no log, so `position` and `sequence` are the least that there are.', allOf: [ref('Attributes')],
    properties: { type: { const: TEST }, data: record('Nothing has happened.', { says: text('In words.') }) },
  },
  Own: { type: 'object', description: "Of a tenant's own type: the whole of it sealed as `{sealed: {kid, iv, ct}}`, or opened." },
  ...Object.fromEntries(versions.map(({ type, version, name }) => [name, data(publicDataSchema(type, version))])),
};

export const streamOfType = (type: string): PublicStream => (DERIVED.includes(familyOf(type)) ? 'insight' : 'journey');
