import { eventType } from '../event-type.js';
import { choice, code, day, fields, label, money } from '../shapes.js';

/** Facts about ourselves: they belong to no customer and stand in streams of the tenant. */
export const companyTypes = [
  eventType({
    type: 'company.period-spend-recorded', version: 1, internal: true,
    description: 'What we spent over some days on winning customers, or on keeping those that we have. What is recorded later under the same entry replaces it.',
    schema: fields({
      entry: code('Which line of our books this is.'), purpose: choice(['acquire', 'retain'], 'What it was spent for: sales and marketing, or keeping customers.'),
      amount: money('Spent; 0 takes the entry back.', 0), from: day('The first day of the period.'), to: day('The last day of the period.'),
    }, { what: label('On what, in a few words without names of persons.') }),
    check: ({ from, to }) => (from > to ? [{ path: ['to'], message: `the period cannot end on ${to}, before it begins on ${from}` }] : []),
    example: { entry: '2026-Q3-marketing', purpose: 'acquire', amount: { amount: 18_000_000, currency: 'EUR' }, from: '2026-07-01', to: '2026-09-30', what: 'Campaigns and fairs' },
  }),
] as const;
