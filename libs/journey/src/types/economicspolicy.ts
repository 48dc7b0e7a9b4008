import { eventType } from '../event-type.js';
import { choice, count, fields, label, list, number } from '../shapes.js';

export const economicspolicyTypes = [
  eventType({
    type: 'economicspolicy.set', version: 1, internal: true,
    description: 'It was decided how margins, CAC and LTV are worked out; what is left out is worked out as usual.',
    schema: fields({ name: label('What the policy is called.') }, {
      income: choice(['payments-or-subscription', 'payments', 'invoices', 'subscription'], 'What counts as income of a customer.'),
      costOfRevenue: list(label('A driver.'), 'Costs of service with these drivers are costs of revenue; left out: all are.', 50),
      windowDays: count('Figures look back so many days where no time is chosen.', 3_660), horizonMonths: count('LTV counts at most so many months.', 600),
      fitBands: { ...list(number('An edge.', 0, 100), 'Lower edges of the middle and the upper band of fit.', 2), minItems: 2 },
      fitMonths: count('Who left within so many months of the sale has churned, in figures of fit.', 120),
      reason: label('Why, in a few words without names of persons.'),
    }),
    example: { name: 'board', costOfRevenue: ['labour', 'licences'], windowDays: 90, horizonMonths: 36, reason: 'As the board pack has it' },
  }),
] as const;
