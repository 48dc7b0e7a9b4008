import { eventType } from '../event-type.js';
import { choice, code, count, fields, label, list } from '../shapes.js';

/** Nobody is asked twice within 30 days. */
const LEAST_CADENCE = 31;
const program = code('Id of the program.');

const address = {
  type: 'string', pattern: '^https?://[^@\\s\\p{Cc}]{1,500}$', maxLength: 510, personal: false, description: 'Where the webhook goes, http or https, without user and password.',
} as const;

const programSchema = fields({
  program, instrument: code('What is asked: the version in force then.'),
  trigger: choice(['ticket-resolved', 'went-live', 'before-renewal', 'cadence'], 'When: after a ticket was solved, after a product went live, before the term ends, or again and again.'),
  whom: choice(['ticket-contact', 'payers', 'users', 'sponsors', 'everybody'], 'Who is asked: who opened the ticket, or all with this role.'),
  channel: choice(['mail', 'webhook'], 'How the question goes out.'),
}, {
  delayMinutes: count('So long after the ticket was solved or the product went live.', 525_600),
  days: count('So many days before the term ends, or between two times that somebody is asked.', 3_660),
  segments: list(label('A segment.'), 'Only customers of these segments; all when left out.'),
  webhook: address,
  expiresAfterDays: count('So many days it can be answered; 21 when left out.', 366),
});

export const surveyprogramTypes = [
  eventType({
    type: 'surveyprogram.set', version: 1, internal: true,
    description: 'Who is asked what and when from now on; it takes the place of what was set under this id before.',
    schema: programSchema,
    check: ({ trigger, whom, days, delayMinutes, channel, webhook, expiresAfterDays }) => {
      const timed = trigger === 'before-renewal' || trigger === 'cadence';
      const least = trigger === 'cadence' ? LEAST_CADENCE : 1;
      return [
        ...(timed && (days === undefined || days < least) ? [{ path: ['days'], message: `a program of this kind needs days, at least ${least}` }] : []),
        ...(!timed && days !== undefined ? [{ path: ['days'], message: 'a program that answers a fact has a delay and no days' }] : []),
        ...(timed && delayMinutes !== undefined ? [{ path: ['delayMinutes'], message: 'a program that goes by the calendar has days and no delay' }] : []),
        ...(whom === 'ticket-contact' && trigger !== 'ticket-resolved' ? [{ path: ['whom'], message: 'only after a ticket there is somebody who opened it' }] : []),
        ...((channel === 'webhook') !== (webhook !== undefined) ? [{ path: ['webhook'], message: 'a webhook needs its address, and a mail has none' }] : []),
        ...(expiresAfterDays === 0 ? [{ path: ['expiresAfterDays'], message: 'it can be answered for a day at least' }] : []),
      ];
    },
    example: { program: 'after-ticket', instrument: 'csat', trigger: 'ticket-resolved', whom: 'ticket-contact', channel: 'mail', delayMinutes: 1_440, segments: ['mid-market'], expiresAfterDays: 14 },
  }),
  eventType({
    type: 'surveyprogram.stopped', version: 1, internal: true,
    description: 'A program asks nobody any more; what was asked can still be answered.',
    schema: fields({ program }, { reason: label('Why, in a few words without names of persons.') }),
    example: { program: 'after-ticket', reason: 'A new one begins in May' },
  }),
] as const;
