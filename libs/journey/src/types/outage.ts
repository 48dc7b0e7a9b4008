import { eventType } from '../event-type.js';
import { code, fields, instant, text } from '../shapes.js';

const outage = code('Number of the outage.');

export const outageTypes = [
  eventType({
    type: 'outage.customer-affected', version: 1,
    description: 'An outage of ours hit this customer.',
    schema: fields({ outage }, { service: code('The service that failed.'), startedAt: instant('When it began.') }),
    example: { outage: 'X-31', service: 'mail', startedAt: '2026-11-03T07:40:00Z' },
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
