import { eventType } from '../event-type.js';
import { choice, day, fields, label, number, price, text } from '../shapes.js';

export const budgetTypes = [
  eventType({
    type: 'budget.changed', version: 1,
    description: 'The customer said that its budget for what we do is cut, or raised. What was said last of a product, or of all of it, holds.',
    schema: fields({ direction: choice(['cut', 'raised'], 'Which way.') }, {
      share: number('By which part of what it was, from 0 to 1.', 0, 1), from: price('What it was a year.'), to: price('What it is a year from then on.'), effectiveOn: day('From when on.'), product: label('Of which product of ours; left out: of all of it.'), note: text('What was said.'),
    }),
    example: { direction: 'cut', share: 0.2, effectiveOn: '2027-01-01', product: 'Managed Workplace', note: 'All suppliers have to come down by a fifth.' },
  }),
] as const;
