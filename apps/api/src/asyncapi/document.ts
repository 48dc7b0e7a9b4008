import { type PublicStream, topicOf } from '#outbound';
import { portable } from '../openapi/portable.js';
import { ref, type Schema, text } from '../openapi/schema.js';
import { headers, messages, posted, structured, webhookHeaders } from './messages.js';
import { schemas } from './schemas.js';

const DESCRIPTION = `Facts out: what happened between you and your customers, and what follows from it, as CloudEvents 1.0.

Each fact comes at least once everywhere, once to readers of committed records in Kafka; facts of one customer come in order. \`source\` and \`id\` name a fact for ever, so who gets it again knows it.
Personal fields are sealed, unless who asked for them may see them. What each attribute means, gaps, corrections and erasures: libs/outbound/EVENTS.md.`;

const message = (name: string): Schema => ({ $ref: `#/components/messages/${name}` });
const of = (channel: string, name: string): Schema => ({ $ref: `#/channels/${channel}/messages/${name.replaceAll('/', '~1')}` });
const kafkaKey = { kafka: { key: text('The customer, as `partitionkey`.'), bindingVersion: '0.5.0' } };

function topic(stream: PublicStream, summary: string): Schema {
  return {
    address: topicOf('{tenant}', stream), title: `Kafka: ${stream}`, summary,
    description: 'For tenants that opt in. The key is the customer, so facts of one customer are in order. Headers `family` and `type` tell what a record holds. The binary mode of CloudEvents unless the tenant has chosen the structured one.',
    servers: [{ $ref: '#/servers/kafka' }], parameters: { tenant: { description: 'The tenant.' } },
    messages: Object.fromEntries([...messages.filter((each) => each.stream === stream).map(({ name }) => [name, message(name)]), [structured.name, message(structured.name)]]),
    bindings: { kafka: { topicConfiguration: { 'cleanup.policy': ['delete'] }, bindingVersion: '0.5.0' } },
  };
}

const sent = (channel: string, title: string, summary: string, more: Schema = {}): Schema => ({ action: 'send', channel: { $ref: `#/channels/${channel}` }, title, summary, ...more });

/** AsyncAPI 3 of everything that tells other systems of facts, made of the same schemas as the way in. */
function asyncApiDocument(): Schema {
  const whole = { [structured.name]: message(structured.name) };
  return portable({
    asyncapi: '3.0.0',
    info: { title: 'Touchline: facts out', version: '1', description: DESCRIPTION },
    defaultContentType: 'application/json',
    servers: {
      kafka: { host: '{brokers}', protocol: 'kafka-secure', description: 'Your own brokers.', variables: { brokers: { description: 'host:port of one of them.', default: 'localhost:9092' } } },
      api: { host: '{host}', protocol: 'https', description: 'The API.', variables: { host: { description: 'Where it is.', default: 'localhost:3000' } }, security: [{ $ref: '#/components/securitySchemes/key' }] },
    },
    channels: {
      journey: topic('journey', 'What happened between you and your customers.'),
      insight: topic('insight', 'What follows from it: computed changes, recoveries and tasks.'),
      feed: {
        address: '/v1/events', title: 'The feed', summary: 'Facts by HTTP: as pages with long-poll, and as server-sent events.',
        description: 'What GET /openapi.json describes as the feed. As server-sent events `id` is the position, `event` the type, and `data` the message.', servers: [{ $ref: '#/servers/api' }], messages: whole,
      },
      webhook: {
        address: null, title: 'Webhooks', summary: 'Facts posted to addresses that you name.',
        description: 'Signed as Standard Webhooks; `webhook-id` is the same on every attempt for the same endpoint and fact. Any answer of 2xx takes it.', messages: Object.fromEntries(posted.map(({ name }) => [name, message(name)])),
      },
    },
    operations: {
      sendJourney: sent('journey', 'Facts to Kafka', 'Each fact once, for readers of committed records.', { bindings: { kafka: { bindingVersion: '0.5.0' } } }),
      sendInsight: sent('insight', 'What follows from facts to Kafka', 'Each once, for readers of committed records.', { bindings: { kafka: { bindingVersion: '0.5.0' } } }),
      sendFeed: sent('feed', 'Facts to who reads the feed', 'From any position on, at least once.', { messages: [of('feed', structured.name)], bindings: { http: { method: 'GET', bindingVersion: '0.3.0' } } }),
      postWebhook: sent('webhook', 'Facts to your endpoint', 'At least once, for up to three days.', { messages: posted.map(({ name }) => of('webhook', name)), bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } } }),
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', bearerFormat: 'tl_<id>_<secret>', description: 'An API key.' } },
      schemas,
      messageTraits: {
        webhook: { headers: webhookHeaders, contentType: 'application/cloudevents+json' },
        binary: { headers, contentType: 'application/json', bindings: kafkaKey },
      },
      messages: Object.fromEntries([
        ...messages.map(({ name, summary, payload, examples }) => [name, { name, title: name, summary, payload, examples, traits: [{ $ref: '#/components/messageTraits/binary' }] }]),
        [structured.name, { ...structured, payload: ref('Event') }],
        ...posted.map((each) => [each.name, { ...each, traits: [{ $ref: '#/components/messageTraits/webhook' }] }]),
      ]),
    },
  });
}

/** The document as it is committed and served. */
export const asyncApiText = (): string => `${JSON.stringify(asyncApiDocument(), null, 1)}\n`;
