import { type PublicStream, publicTypes } from '#outbound';
import { choice, ref, type Schema, text } from '../openapi/schema.js';
import { always, sometimes, streamOfType, versionsOf } from './schemas.js';

interface Message { readonly name: string; readonly stream: PublicStream; readonly summary: string; readonly payload: Schema; readonly examples: readonly object[] }

const asText = ({ type: _, minimum: __, ...schema }: Schema): Schema => ({ type: 'string', ...schema });

/** Of a record in binary mode: the attributes after `ce_`, and what a reader may choose by. */
export const headers: Schema = {
  type: 'object', description: 'Attributes of the CloudEvent, by its Kafka protocol binding, and two of ours.',
  required: ['content-type', 'family', 'type', 'ce_type', ...Object.keys(always).map((name) => `ce_${name}`)],
  properties: {
    'content-type': choice(['application/json'], 'Of the value.'),
    family: text('The part of the type before the dot.'), type: text('The type.'), ce_type: text('The type.'),
    ...Object.fromEntries(Object.entries({ ...always, ...sometimes }).map(([name, schema]) => [`ce_${name}`, asText(schema)])),
  },
};

/** As it comes out: people and customers are named by our ids. */
const withOurIds = (data: object): object => Object.fromEntries(Object.entries(data).map(([field, value]) => [field, ourId(value)]));

function ourId(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ourId);
  if (typeof value !== 'object' || value === null) return value;
  return Object.keys(value).join() === 'system,id' ? OUR_ID : withOurIds(value);
}

const OUR_ID = 'a2bd163d-eb46-8743-98ee-0cdeb24f2588';

const refs = (names: readonly string[]): Schema => (names.length === 1 ? ref(names[0]!) : { anyOf: names.map((name) => ref(name)), description: 'By `ce_typeversion`.' });

/** Every public type as a record in binary mode, whose value is the data alone. */
export const messages: readonly Message[] = [
  ...publicTypes.map((type) => ({
    name: type.type, stream: streamOfType(type.type), summary: type.description, payload: refs(versionsOf(type).map(({ name }) => name)),
    examples: versionsOf(type).map(({ name, example }) => ({ name, payload: withOurIds(example) })),
  })),
  { name: 'x-own.fact', stream: 'journey', summary: 'A fact of a type of your own, `x-family.fact`.', payload: ref('Own'), examples: [{ name: 'opened', payload: { cups: 3 } }] },
];

/** The whole event: in the feed, in webhooks, and in Kafka for who has chosen it. */
export const structured = {
  name: 'event', title: 'A public event', summary: 'A CloudEvent 1.0 in its JSON form.', contentType: 'application/cloudevents+json',
} as const;
