import { type PublicStream, publicTypes, testEvent } from '#outbound';
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

/** The whole event: in the feed, and in Kafka for who has chosen it. */
export const structured = {
  name: 'event', title: 'A public event', summary: 'A CloudEvent 1.0 in its JSON form.', contentType: 'application/cloudevents+json',
} as const;

/** Of a request to an endpoint, as Standard Webhooks has them. */
export const webhookHeaders: Schema = {
  type: 'object', description: 'Of the request, beside those of HTTP.', required: ['content-type', 'webhook-id', 'webhook-timestamp', 'webhook-signature'],
  properties: {
    'content-type': text('Keep the bytes as they came: the signature is over them.', { examples: ['application/cloudevents+json; charset=utf-8'] }),
    'webhook-id': text('Names the fact for this endpoint: the same on every attempt, and when it is sent again.', { pattern: '^msg_[A-Za-z0-9_-]+$' }),
    'webhook-timestamp': text('When this attempt was made, in seconds since 1970.', { pattern: '^\\d+$', examples: ['1764231600'] }),
    'webhook-signature': text('One signature of `id.timestamp.body`, or two with a blank between them while the secret is changed: `v1,` HMAC-SHA256 or `v1a,` Ed25519, and base64.', { pattern: '^v1a?,\\S+( v1a?,\\S+)*$' }),
    traceparent: text('W3C trace context, where it is known.'),
  },
};

/** What is posted: a fact, or what `webhooks test` sends. */
export const posted = [
  { name: 'webhook', title: 'A public event, posted', summary: 'A CloudEvent 1.0 in its JSON form, signed.', payload: ref('Event') },
  { name: 'webhook-test', title: 'A test of an endpoint', summary: 'Sent when somebody asks for it; no fact, with the attributes of one.', payload: ref('Test'), examples: [{ name: 'test', payload: testEvent('msg_test_6b1f5c0e9a7d4c2f83b0d1e5', 'wh_0eb14e034ddd2c27', new Date('2026-11-27T10:00:00Z')) }] },
] as const;
