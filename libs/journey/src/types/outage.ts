import { eventType } from '../event-type.js';
import { code, contactRef, fields, instant, list, text } from '../shapes.js';

const outage = code('Number of the outage.');
const service = code('The service that failed.');
const startedAt = instant('When it began.');
const detectedAt = instant('When we saw it.');
const customers = { ...list(code('Our own id of a customer.'), 'Whom it hit.', 1_000), minItems: 1 } as const;

export const outageTypes = [
  eventType({
    type: 'outage.declared', version: 1, internal: true,
    description: 'An outage of ours that hits several customers; what is told of it is told to all of them.',
    schema: fields({ outage, customers }, { service, startedAt, detectedAt }),
    example: { outage: 'X-47', service: 'mail', startedAt: '2026-11-03T07:40:00Z', detectedAt: '2026-11-03T07:52:00Z', customers: ['c-2207', 'c-2208'] },
  }),
  eventType({
    type: 'outage.customers-added', version: 1, internal: true,
    description: 'An outage that was declared turned out to hit more customers.',
    schema: fields({ outage, customers }),
    example: { outage: 'X-47', customers: ['c-2209'] },
  }),
  eventType({
    type: 'outage.customer-affected', version: 1,
    description: 'An outage of ours hit this customer.',
    schema: fields({ outage }, { service, startedAt, detectedAt }),
    example: { outage: 'X-31', service: 'mail', startedAt: '2026-11-03T07:40:00Z', detectedAt: '2026-11-03T07:52:00Z' },
  }),
  eventType({
    type: 'outage.customer-reported', version: 1, person: 'contact',
    description: 'This customer told us of the outage.',
    schema: fields({ outage }, { ticket: code('The ticket by which they did.'), contact: contactRef('Who told us.') }),
    example: { outage: 'X-31', ticket: 'T-4410', contact: { system: 'crm', id: 'P-2207' } },
  }),
  eventType({
    type: 'outage.customer-notified', version: 1,
    description: 'We told this customer about the outage.',
    schema: fields({ outage }),
    example: { outage: 'X-31' },
  }),
  eventType({
    type: 'outage.eta-given', version: 1,
    description: 'We told this customer when it will work again.',
    schema: fields({ outage, eta: instant('The time we named.') }),
    example: { outage: 'X-31', eta: '2026-11-03T11:00:00Z' },
  }),
  eventType({
    type: 'outage.workaround-offered', version: 1,
    description: 'We told this customer how to work in the meantime.',
    schema: fields({ outage }, { text: text('What we offered.') }),
    example: { outage: 'X-31', text: 'Web mail works, the address is in the portal.' },
  }),
  eventType({
    type: 'outage.updated', version: 1,
    description: 'We told this customer how things stand.',
    schema: fields({ outage }, { text: text('What we told.') }),
    example: { outage: 'X-31', text: 'Half of the mailboxes are back.' },
  }),
  eventType({
    type: 'outage.resolved', version: 1,
    description: 'The service works again for this customer.',
    schema: fields({ outage }),
    example: { outage: 'X-31' },
  }),
] as const;
