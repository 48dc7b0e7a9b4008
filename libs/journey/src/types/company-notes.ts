import { eventType } from '../event-type.js';
import { choice, code, count, day, fields, label, list, price, yesNo } from '../shapes.js';

/** What we do and note about ourselves: they belong to no customer and stand in streams of the tenant. */
export const companyNoteTypes = [
  eventType({
    type: 'company.meeting-held', version: 1, internal: true,
    description: 'The board or the management met, and talked about these things for so long. What is recorded later under the same number replaces it, an empty agenda takes it back.',
    schema: fields({
      meeting: code('Number of the meeting.'), body: choice(['board', 'management'], 'Who met.'), heldOn: day('The day on which it was held.'),
      agenda: list({
        ...fields({ topic: label('What it was about, without names of persons.'), minutes: count('How long it was talked about.', 1_440), aboutCustomers: yesNo('Whether it was about customers: what they need, say, pay for or leave for.') }, { decision: code('Number of the decision that came of it.') }),
        description: 'One item.',
      }, 'What was talked about, all of it: time that is left out makes the share of customers too large.', 50),
    }),
    example: {
      meeting: 'B-2026-09', body: 'board', heldOn: '2026-09-17',
      agenda: [{ topic: 'Why mid-market customers leave', minutes: 35, aboutCustomers: true, decision: 'D-4' }, { topic: 'Budget of next year', minutes: 85, aboutCustomers: false }],
    },
  }),
  eventType({
    type: 'company.coaching-given', version: 1, internal: true,
    description: 'Somebody who works with customers, or a whole team, was trained or coached. What is recorded later under the same number replaces it.',
    schema: fields({
      coaching: code('Number of the coaching.'), of: choice(['agent', 'queue'], 'Whether one agent was coached, or all who work on a queue.'), who: label('The agent or the queue, written as tickets have it.'),
      topic: label('What it was about, without names of persons.'), givenOn: day('The day on which it was given; its last day where it took several.'),
    }, { void: yesNo('It was recorded by mistake, and does not count.') }),
    example: { coaching: 'K-12', of: 'queue', who: 'Workplace', topic: 'Saying when it will be done', givenOn: '2026-06-15' },
  }),
  eventType({
    type: 'company.alternative-priced', version: 1, internal: true,
    description: 'It was found out what somebody else would take for the same service. Until the next word on the same alternative it holds.',
    schema: fields({
      alternative: code('Short name of the alternative.'), per: choice(['ticket', 'customer-year'], 'What the price is for: one ticket, or a year of serving one customer.'), price: price('What they would take; 0 takes the alternative back.'),
      from: day('The first day on which the price holds.'), source: label('Where the price comes from, such as an offer or a price list, without names of persons.'),
    }, { what: label('Who or what it is, and what is in the price.') }),
    example: { alternative: 'outsourcer-a', per: 'ticket', price: { amount: 2_400, currency: 'EUR' }, from: '2026-07-01', source: 'Offer of 12 June 2026', what: 'Service desk by an outsourcer, nights included' },
  }),
] as const;
