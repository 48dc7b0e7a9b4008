import { conditions } from '#journey';
import { choice, count, day, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';
import { askedAs, customerFields, customerId, today } from './common.js';

export const contactFields = {
  id: text('Our id of the contact.'),
  name: orNull(text('Null when it was erased or never sent.')),
  role: orNull(choice(['payer', 'user', 'both'], 'Whether they pay, use, or both; null when not said.')),
  sponsor: yesNo('True for the person who wants us there.'),
};

const customerMore: Readonly<Record<string, Schema>> = {
  askedAs,
  mergedFrom: list(customerId, 'Customers that are merged into it; their facts are part of it.'),
  today,
  industry: orNull(text('As registered; null when not said.')),
  region: orNull(text('As registered; null when not said.')),
  size: orNull(count('Employees; null when not said.')),
  parent: orNull(text('Our id of the customer it belongs to, or of who stands for that one since a merge; null for none.')),
  children: list(customerId, 'Customers that belong to it.'),
  aliases: list(ref('Alias'), 'What other systems call the customer.'),
  customerSince: orNull(day('Start of the first subscription, else the day of registration; null when neither is known.')),
  contacts: list(record('A person at the customer.', {
    ...contactFields,
    email: orNull(text('Null when it was erased or never sent.')),
    title: orNull(text('Null when it was erased or never sent.')),
    leftOn: orNull(day('The day they left; null while they are there.')),
  }), 'Everybody known, also those who left.'),
  subscriptions: list(record('What the customer buys.', {
    id: text("The sender's id of the subscription."),
    product: orNull(text('Null when not said.')),
    state: choice(['active', 'paused', 'ended'], 'Whether it runs.'),
    arr: orNull(ref('Money', 'Recurring amount of a year; 0 when paused or ended, null when no amount is known.')),
    renewsOn: orNull(day('The next renewal; null when none is known, or when a request to cancel stands.')),
    noticeOn: orNull(day('The last day to give notice; null when not known, or when a request to cancel stands.')),
    cancellation: orNull(ref('Cancellation', 'The request to cancel that still stands; null when there is none.')),
  }), 'By id.'),
  conditions: list(record('Something that holds of the customer now.', { condition: choice(conditions, 'Which.'), since: orNull(day('Since when; null where that is not known.')), say: text('In words.') }), 'What holds; its beginning and end are announced as insight.condition-changed.'),
  lastTouch: orNull(record('The newest fact about the customer; null when there is none.', {
    on: day('When it happened.'), type: text('Its type.'), by: orNull(text('Who, where the fact says so.')),
  })),
  position: position('The log position that the answer stands on.'),
};

export const customerSchemas: Readonly<Record<string, Schema>> = {
  CustomerPage: record('Customers in the order asked for.', {
    today,
    customers: list(ref('Customer'), 'Of this page.'),
    next: orNull(text('Send it as `cursor` for the next page; null at the end. Good for ten minutes, during which the order stays as it was.')),
  }),
  CustomerProfile: record('Who a customer is.', { ...customerFields, ...customerMore }),
  TimelinePage: record('Touches of one customer and of who is merged into it, newest first.', {
    customer: customerId,
    askedAs,
    held: yesNo('True while a fact that could not be read holds back what came after it.'),
    touches: list(ref('Touch'), 'Of this page, newest first by when they happened.'),
    next: orNull(text('Send it as `cursor` for the next page; null at the end.')),
  }),
  Touch: record('One fact as it is kept.', {
    position: position('Its place in the log.'),
    source: text('System that sent it.'),
    id: text("That system's id of it."),
    type: text('Type of the fact; see `GET /v1/event-types`.'),
    words: text('What happened, as a clause; of a correction, what it corrected, who did it and why.', { examples: ['a ticket was reopened'] }),
    occurredAt: instant('When it was true.'),
    observedAt: instant('When it was known.'),
    recordedAt: instant('When we stored it.'),
    witnessed: yesNo('False when an import said when it was known and we have only its word.'),
    actor: ref('Actor', 'Whose key sent it.'),
    standing: yesNo('False when the fact was taken back.'),
    data: { type: 'object', description: 'As it was sent, in the current version of its type. Contacts and customers are our ids; personal fields are opened, and null when they were erased.' },
  }, { importId: text('The import that brought it.') }),
};

export const portfolioSchemas: Readonly<Record<string, Schema>> = {
  Portfolio: record('Counts and amounts over customers. `customers` is `ended` and the sum of the bands; who ended is in no band. Customers whose facts were all taken back count nowhere, and who is merged into another counts with that one.', {
    today,
    customers: count('All customers, also ended ones.'),
    ended: count('Customers that no longer buy from us.'),
    unclaimed: count('Customers that nobody has registered, ended ones left out.'),
    held: count('Customers whose figures a fact that could not be read holds back.'),
    overridden: orNull(count('Customers that have not ended and whose score somebody set by hand; they are in the band of that score. Null for a moment after an update.')),
    arrAtRisk: orNull(list(ref('Money'), 'Annual recurring revenue of each customer times its chance to leave within 90 days, summed by currency; null for a moment after an update, while the figures of the release before are read.')),
    bands: list(record('One band.', {
      band: choice(['healthy', 'watch', 'at-risk', 'unknown'], '`unknown`: of these we cannot tell.'),
      customers: count('Customers in it.'),
      arr: list(ref('Money'), 'Their annual recurring revenue, one amount per currency.'),
    }), 'Bands that have customers.'),
    segments: list(record('One band of one segment.', {
      segment: orNull(text('Null for customers without one.')), band: choice(['healthy', 'watch', 'at-risk', 'unknown'], 'The band.'), customers: whole('Customers in it.', { minimum: 1 }),
    }), 'By segment, then band.'),
  }),
};
