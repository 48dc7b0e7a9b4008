import { eventType } from '../event-type.js';
import { code, fields, label, money } from '../shapes.js';

export const costTypes = [
  eventType({
    type: 'cost.acquisition-cost-recorded', version: 1,
    description: 'What winning this customer cost us.',
    schema: fields({ amount: money('Cost; negative for a correction.') }),
    example: { amount: { amount: 1_250_000, currency: 'EUR' } },
  }),
  eventType({
    type: 'cost.service-cost-recorded', version: 1,
    description: 'What serving this customer cost us.',
    schema: fields({ amount: money('Cost; negative for a correction.') }, {
      ticket: code('The ticket that caused it.'), product: label('The product that it belongs to, as subscriptions name it.'), driver: code('What kind of cost it is, as a key of ours: labour, licences, travel.'),
    }),
    example: { amount: { amount: 38_500, currency: 'EUR' }, ticket: 'T-4410', product: 'Managed Workplace', driver: 'labour' },
  }),
] as const;
