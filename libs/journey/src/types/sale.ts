import { eventType } from '../event-type.js';
import { code, fields, label, money, number } from '../shapes.js';

const opportunity = code('Number of the opportunity.');
const product = label('What is offered.');
const seller = code('Who sells: our own id of a person.');
const amount = money('Worth of the opportunity, for one year.');
const reason = label('Why, in a few words without names of persons.');

export const saleTypes = [
  eventType({
    type: 'sale.opportunity-opened', version: 1,
    description: 'A chance to sell something to this customer was opened.',
    schema: fields({ opportunity }, { product, seller, amount }),
    example: { opportunity: 'O-881', product: 'Managed Workplace', seller: 'petra', amount: { amount: 4_800_000, currency: 'EUR' } },
  }),
  eventType({
    type: 'sale.won', version: 1,
    description: 'The customer bought.',
    schema: fields({ opportunity }, { amount, product, seller, channel: label('How the customer found us.') }),
    example: { opportunity: 'O-881', amount: { amount: 4_500_000, currency: 'EUR' }, product: 'Managed Workplace', seller: 'petra', channel: 'partner' },
  }),
  eventType({
    type: 'sale.lost', version: 1,
    description: 'The customer decided against the offer.',
    schema: fields({ opportunity }, { competitor: label('Company that won instead.'), reason }),
    example: { opportunity: 'O-902', competitor: 'Brightfold', reason: 'price' },
  }),
  eventType({
    type: 'sale.declined-by-us', version: 1,
    description: 'We did not want the business.',
    schema: fields({ opportunity }, { reason }),
    example: { opportunity: 'O-917', reason: 'needs round-the-clock cover on site' },
  }),
  eventType({
    type: 'sale.fit-assessed', version: 1,
    description: 'How well the customer fits what we are good at, judged at the sale and not changed later.',
    schema: fields({ score: number('0 fits not at all, 100 fits perfectly.', 0, 100) }, { rubric: code('The list of questions used.'), seller }),
    example: { score: 72, rubric: 'fit-2', seller: 'petra' },
  }),
] as const;
