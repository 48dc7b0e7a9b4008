import { eventType } from '../event-type.js';
import { day, fields, label, list, number } from '../shapes.js';

const currency = (description: string) => ({ type: 'string', pattern: '^[A-Z]{3}$', maxLength: 3, description }) as const;

export const exchangeratesTypes = [
  eventType({
    type: 'exchangerates.set', version: 1, internal: true,
    description: 'It was decided at which rates amounts are converted: a period is counted at those in force when it begins.',
    schema: fields({
      currency: currency('ISO 4217 code of the currency that is reported in.'), on: day('The day from which they hold.'),
      rates: list({ ...fields({ currency: currency('ISO 4217 code.'), rate: number('Whole units of the reporting currency for one whole unit of this one.', 1e-9, 1e9) }), description: 'Of one other currency.' }, 'One for each other currency.', 200),
    }, { reason: label('Why, in a few words without names of persons.') }),
    check: ({ currency: reporting, rates }) => rates.flatMap((each, place) => (each.currency === reporting || rates.findIndex((other) => other.currency === each.currency) < place
      ? [{ path: ['rates', String(place), 'currency'], message: each.currency === reporting ? 'is the currency that is reported in' : 'stands there twice' }] : [])),
    example: { currency: 'EUR', on: '2026-07-01', rates: [{ currency: 'USD', rate: 0.92 }, { currency: 'CHF', rate: 1.04 }], reason: 'Rates of the group for the third quarter' },
  }),
] as const;
