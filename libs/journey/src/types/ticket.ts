import { eventType } from '../event-type.js';
import { choice, code, contactRef, fields, label, text } from '../shapes.js';

const ticket = code('Number of the ticket.');
const queue = label('Team or queue that holds it.');
const priority = choice(['low', 'normal', 'high', 'urgent'], 'How urgent it is.');

export const ticketTypes = [
  eventType({
    type: 'ticket.opened', version: 1, person: 'contact',
    description: 'The customer asked for help or reported a fault.',
    schema: fields({ ticket }, {
      queue, category: label('Kind of request.'), priority, contact: contactRef('Who asked.'), subject: text('Subject line.', 1000),
    }),
    example: { ticket: 'T-4410', queue: 'Workplace', category: 'printing', priority: 'high', contact: { system: 'crm', id: 'P-2207' }, subject: 'Labels do not print in hall 3' },
  }),
  eventType({
    type: 'ticket.assigned', version: 1,
    description: 'A queue or a person of ours took the ticket.',
    schema: fields({ ticket }, { queue, agent: code('Our own id of the person.') }),
    example: { ticket: 'T-4410', queue: 'Workplace', agent: 'a-17' },
  }),
  eventType({
    type: 'ticket.replied', version: 1, person: 'contact',
    description: 'One side wrote to the other about the ticket.',
    schema: fields({ ticket, by: choice(['agent', 'customer'], 'Who wrote.') }, { contact: contactRef('Who at the customer wrote.'), text: text('What was written.') }),
    example: { ticket: 'T-4410', by: 'customer', contact: { system: 'crm', id: 'P-2207' }, text: 'It stopped again this morning.' },
  }),
  eventType({
    type: 'ticket.priority-changed', version: 1,
    description: 'The ticket became more or less urgent.',
    schema: fields({ ticket, priority }),
    example: { ticket: 'T-4410', priority: 'urgent' },
  }),
  eventType({
    type: 'ticket.paused', version: 1,
    description: 'The clock of the ticket stopped, as when we wait for the customer.',
    schema: fields({ ticket }, { reason: code('What we wait for, as a key of ours.') }),
    example: { ticket: 'T-4410', reason: 'waiting-for-customer' },
  }),
  eventType({
    type: 'ticket.resumed', version: 1,
    description: 'The clock of the ticket runs again.',
    schema: fields({ ticket }),
    example: { ticket: 'T-4410' },
  }),
  eventType({
    type: 'ticket.escalated', version: 1,
    description: 'The ticket was raised to a higher level.',
    schema: fields({ ticket }, { reason: text('Why it was raised.') }),
    example: { ticket: 'T-4410', reason: 'Shipping stands still.' },
  }),
  eventType({
    type: 'ticket.reopened', version: 1,
    description: 'A ticket that was called solved was not.',
    schema: fields({ ticket }, { reason: text('Why it is open again.') }),
    example: { ticket: 'T-4410', reason: 'The fault came back overnight.' },
  }),
  eventType({
    type: 'ticket.resolved', version: 1,
    description: 'We call the ticket solved.',
    schema: fields({ ticket }, { resolution: text('What was done.') }),
    example: { ticket: 'T-4410', resolution: 'Print server moved to new hardware.' },
  }),
  eventType({
    type: 'ticket.closed', version: 1,
    description: 'The ticket is done for both sides.',
    schema: fields({ ticket }),
    example: { ticket: 'T-4410' },
  }),
  eventType({
    type: 'ticket.sla-missed', version: 1,
    description: 'A time promised in the contract was not met.',
    schema: fields({ ticket }, { target: code('Which promise, such as first-response.') }),
    example: { ticket: 'T-4410', target: 'first-response' },
  }),
] as const;
