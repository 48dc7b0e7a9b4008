import { NoQuery } from '../../reads/queries.dto.js';
import { DeliveriesQuery, NewWebhookDto, RedeliveryDto, WebhookDto, WebhookRotationDto } from '../../webhooks/webhook.dto.js';
import { bodySchema } from '../dto-schema.js';
import { json, type Operation } from '../operation.js';
import { ref, text } from '../schema.js';

const id = text('Id of it.', { examples: ['wh_0eb14e034ddd2c27'] });
const common = { tag: 'Webhooks', scope: 'admin', query: NoQuery } as const;
const answer = (schema: string, status = 200): Operation['answers'] => ({ [status]: { description: status === 200 ? 'The answer.' : 'Done.', content: json(ref(schema)) } });
const problems = ['invalid-parameter', 'webhook-unknown', 'not-found'] as const;
const example = { url: 'https://hooks.us.example/touchline', description: 'Tickets to the warehouse', filter: { types: ['ticket.*'] } };
const on = { ...common, params: { id } } as const;

export const webhookOperations: readonly Operation[] = [
  { ...common, method: 'get', path: '/v1/webhooks', id: 'listWebhooks', summary: 'Who is told of facts by webhook.', answers: answer('Webhooks'), problems: ['invalid-parameter'] },
  {
    ...common, method: 'post', path: '/v1/webhooks', id: 'createWebhook', summary: 'Tells an address of facts, from a place in the log on.',
    description: 'What it gets is signed by Standard Webhooks and holds one CloudEvent (`application/cloudevents+json`). Whatever is not taken (2xx) is tried again for three days; `webhook-id` stays the same. 410 disables the endpoint.',
    body: { content: json(bodySchema(NewWebhookDto), { ...example, start: 'now' }) }, answers: answer('NewWebhook', 201), problems: ['invalid-parameter', 'invalid-body', 'webhooks-too-many', 'customer-unknown', 'foreign-epoch'],
  },
  { ...on, method: 'get', path: '/v1/webhooks/{id}', id: 'getWebhook', summary: 'One of them, and how it does.', answers: answer('Webhook'), problems },
  {
    ...on, method: 'put', path: '/v1/webhooks/{id}', id: 'changeWebhook', summary: 'Sets it, in the place of what was set before.', description: 'What waits goes by it too. Where it begins is not changed: make another one for that.',
    body: { content: json(bodySchema(WebhookDto), example) }, answers: answer('Webhook'), problems: [...problems, 'invalid-body', 'customer-unknown'],
  },
  { ...on, method: 'delete', path: '/v1/webhooks/{id}', id: 'deleteWebhook', summary: 'Deletes it, with what waits for it and its log.', answers: { 204: { description: 'It is gone.' } }, problems },
  { ...on, method: 'post', path: '/v1/webhooks/{id}/enable', id: 'enableWebhook', summary: 'It is told again, of all that came meanwhile.', answers: answer('Webhook'), problems },
  { ...on, method: 'post', path: '/v1/webhooks/{id}/disable', id: 'disableWebhook', summary: 'It is told of nothing more; its place in the log is kept.', answers: answer('Webhook'), problems },
  { ...on, method: 'get', path: '/v1/webhooks/{id}/secret', id: 'getSecretOfWebhook', summary: 'What its receiver checks signatures with.', answers: answer('SecretOfWebhook'), problems },
  {
    ...on, method: 'post', path: '/v1/webhooks/{id}/rotation', id: 'rotateSecretOfWebhook', summary: 'Gives it a new secret; for a while all is signed with both.',
    body: { required: false, content: json(bodySchema(WebhookRotationDto), { graceHours: 24 }) }, answers: answer('SecretOfWebhook', 201), problems: [...problems, 'invalid-body'],
  },
  { ...on, method: 'post', path: '/v1/webhooks/{id}/test', id: 'testWebhook', summary: 'Sends it a test, once, also where it is disabled.', description: 'The log says what it answered. When it is taken, all that waits for an endpoint that is enabled is sent at once.', answers: answer('WebhookTest', 202), problems },
  { ...on, method: 'get', path: '/v1/webhooks/{id}/deliveries', id: 'listDeliveries', query: DeliveriesQuery, summary: 'What it was sent, or is to be, the newest first.', description: 'What was taken stands there for 7 days, what was given up for 30.', answers: answer('Deliveries'), problems },
  {
    ...on, method: 'post', path: '/v1/webhooks/{id}/deliveries/{delivery}/redelivery', id: 'redeliver', params: { id, delivery: text('Its id, which is its `webhook-id`.') }, summary: 'Sends something again, with the same webhook-id.',
    answers: answer('Redelivered', 202), problems: [...problems, 'delivery-unknown'],
  },
  { ...on, method: 'post', path: '/v1/webhooks/{id}/redelivery', id: 'redeliverFailed', summary: 'Sends again all that was given up since a moment.', body: { content: json(bodySchema(RedeliveryDto)) }, answers: answer('Redelivered', 202), problems: [...problems, 'invalid-body'] },
];
