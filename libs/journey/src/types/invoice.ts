import { eventType } from '../event-type.js';
import { code, count, day, fields, label, money } from '../shapes.js';

const invoice = code('Number of the invoice.');

export const invoiceTypes = [
  eventType({
    type: 'invoice.issued', version: 1,
    description: 'An invoice went out.',
    schema: fields({ invoice, amount: money('Gross amount due.'), dueOn: day('Day by which it is to be paid.') }, { net: money('Amount without tax, in the same currency.'), product: label('What is invoiced, as subscriptions name it.') }),
    check: ({ amount, net }) => (net && net.currency !== amount.currency ? [{ path: ['net', 'currency'], message: `the net amount cannot be in ${net.currency} where the gross one is in ${amount.currency}` }] : []),
    example: { invoice: 'I-2026-1180', amount: { amount: 446_250, currency: 'EUR' }, dueOn: '2026-11-30', net: { amount: 375_000, currency: 'EUR' }, product: 'Managed Workplace' },
  }),
  eventType({
    type: 'invoice.paid', version: 1,
    description: 'The invoice was paid in full.',
    schema: fields({ invoice }),
    example: { invoice: 'I-2026-1180' },
  }),
  eventType({
    type: 'invoice.overdue', version: 1,
    description: 'The invoice was not paid in time.',
    schema: fields({ invoice }, { days: count('Days past the due day.', 36_600) }),
    example: { invoice: 'I-2026-1180', days: 14 },
  }),
  eventType({
    type: 'invoice.credited', version: 1,
    description: 'The invoice was taken back, in full or in part.',
    schema: fields({ invoice, amount: money('Amount credited, as a positive number.') }),
    example: { invoice: 'I-2026-1180', amount: { amount: 50_000, currency: 'EUR' } },
  }),
] as const;
