import { eventType } from '../event-type.js';
import { choice, code, count, day, fields, label, price, yesNo } from '../shapes.js';

const subscription = code('Number of the subscription.');
const product = label('What is subscribed to.');
const recurring = price('What is paid per interval.');
const interval = choice(['month', 'quarter', 'year'], 'How often the recurring amount is paid.');
const seats = count('Users or devices paid for.');
const termMonths = count('Length of the term in months.', 1200);
const noticeDays = count('Notice must be given this many days before the renewal.', 3660);
const renewsOn = day('Day on which the term ends or renews.');
const usageBased = yesNo('What is paid follows what is used: no part of ARR unless a policy says so.');
const because = choice(['escalator', 'price', 'volume', 'product', 'other'], 'Why the amount changed; escalator: a rise, or a step of a ramp, that the contract had agreed in advance.');
const autoRenew = yesNo('Renews by itself unless notice is given.');

export const subscriptionTypes = [
  eventType({
    type: 'subscription.started', version: 1,
    description: 'Something recurring began to run and to be paid for.',
    schema: fields({ subscription, recurring, interval }, { product, seats, termMonths, noticeDays, renewsOn, autoRenew, usageBased }),
    example: {
      subscription: 'S-310', product: 'Managed Workplace', recurring: { amount: 375_000, currency: 'EUR' }, interval: 'month',
      seats: 150, termMonths: 24, noticeDays: 90, renewsOn: '2027-04-01', autoRenew: true,
    },
  }),
  eventType({
    type: 'subscription.changed', version: 1,
    description: 'Amount, interval, seats or product changed; fields that are left out stay as they were.',
    schema: { ...fields({ subscription }, { recurring, interval, seats, product, because, usageBased }), minProperties: 2 },
    example: { subscription: 'S-310', recurring: { amount: 412_500, currency: 'EUR' }, seats: 165 },
  }),
  eventType({
    type: 'subscription.cancellation-requested', version: 1,
    description: 'The customer gave notice.',
    schema: fields({ subscription }, { effectiveOn: day('Day on which it is to end.'), reason: code('Why, as a key of ours.') }),
    example: { subscription: 'S-310', effectiveOn: '2027-04-01', reason: 'price' },
  }),
  eventType({
    type: 'subscription.cancellation-withdrawn', version: 1,
    description: 'The customer took the notice back.',
    schema: fields({ subscription }),
    example: { subscription: 'S-310' },
  }),
  eventType({
    type: 'subscription.paused', version: 1,
    description: 'The subscription rests and nothing is paid meanwhile.',
    schema: fields({ subscription }),
    example: { subscription: 'S-310' },
  }),
  eventType({
    type: 'subscription.resumed', version: 1,
    description: 'A resting subscription runs again.',
    schema: fields({ subscription }),
    example: { subscription: 'S-310' },
  }),
  eventType({
    type: 'subscription.ended', version: 1,
    description: 'The subscription no longer runs.',
    schema: fields({ subscription, reason: choice(['voluntary', 'payment', 'merger', 'bad-fit', 'other'], 'Why it ended.') }),
    example: { subscription: 'S-310', reason: 'voluntary' },
  }),
  eventType({
    type: 'subscription.terms-set', version: 1,
    description: 'Term, notice or renewal were agreed anew; fields that are left out stay as they were.',
    schema: { ...fields({ subscription }, { termMonths, noticeDays, renewsOn, autoRenew }), minProperties: 2 },
    example: { subscription: 'S-310', noticeDays: 60, renewsOn: '2028-04-01' },
  }),
] as const;
