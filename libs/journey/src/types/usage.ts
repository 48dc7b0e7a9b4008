import { eventType } from '../event-type.js';
import { count, day, fields, label, list, number } from '../shapes.js';

const product = label('The product used.');
const feature = label('Name or key of the feature.');

export const usageTypes = [
  eventType({
    type: 'usage.reported', version: 1,
    description: 'How much the customer used a product in a period, both days included.',
    schema: fields({ from: day('First day of the period.'), to: day('Last day of the period.') }, {
      product, licensed: count('Users or devices that may use it.'), active: count('Users or devices that did use it. More than licensed is overuse, and taken as told.'),
      features: list(feature, 'Features used in the period.', 500), volume: number('Anything countable: logins, backups, calls.', 0, 1e15),
    }),
    check: ({ from, to }) => (from <= to ? [] : [{ path: ['to'], message: `the period ends on ${to}, before it begins on ${from}` }]),
    example: { from: '2026-11-09', to: '2026-11-15', product: 'Managed Workplace', licensed: 150, active: 118, features: ['self-service', 'remote-help'], volume: 2310 },
  }),
  eventType({
    type: 'usage.feature-adopted', version: 1,
    description: 'The customer began to use a feature in earnest.',
    schema: fields({ feature }, { product }),
    example: { feature: 'self-service', product: 'Managed Workplace' },
  }),
] as const;
