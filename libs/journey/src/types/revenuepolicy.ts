import { eventType } from '../event-type.js';
import { choice, count, fields, label, list } from '../shapes.js';

export const revenuepolicyTypes = [
  eventType({
    type: 'revenuepolicy.set', version: 1, internal: true,
    description: 'It was decided how recurring revenue is counted; what is left out is counted as usual.',
    schema: fields({ name: label('What the policy is called.') }, {
      reactivation: choice(['separate', 'expansion', 'net'], 'Who comes back: told apart, as expansion, or taken off churn.'),
      reactivationDays: count('Who comes back after more days is new; left out: nobody who has paid before ever is.', 36_500),
      currency: { type: 'string', pattern: '^[A-Z]{3}$', maxLength: 3, description: 'ISO 4217 code: what amounts are converted to.' } as const,
      churnAt: choice(['end', 'notice'], 'A cancelled subscription stops counting as it ends, or as notice is given.'), pause: choice(['stops', 'keeps'], 'One that rests counts nothing, or as before.'),
      midTerm: choice(['when-told', 'at-renewal'], 'A new amount counts as it is told, or from the end of the term that runs then.'), escalators: choice(['expansion', 'apart'], 'Rises that were agreed in advance.'),
      usage: choice(['excluded', 'included', 'only'], 'What is paid by use.'), merge: choice(['together', 'apart'], 'Merged customers are one, or each is counted by itself.'),
      renewalsBy: choice(['due', 'decided'], 'Renewals of a period are those due in it, or decided in it.'), graceDays: count('A renewal may come so many days late.', 366),
      groupMinutes: count('Changes of a customer within so many minutes are one movement.', 44_640), earnedChannels: list(label('One of them.'), 'Channels of sales by which customers came through others.', 50),
      reason: label('Why, in a few words without names of persons.'),
    }),
    example: { name: 'board', reactivation: 'net', reactivationDays: 180, currency: 'EUR', graceDays: 45, reason: 'As the board pack has it' },
  }),
] as const;
