import { count, day, figure, instant, list, orNull, position, record, ref, type Schema, text, whole } from '../schema.js';
import { customerId, today } from './common.js';
import { contactFields } from './customers.js';
import { todayPart } from './tasks.js';

export const todaySchemas: Readonly<Record<string, Schema>> = {
  TodayList: record('Whom to call today, worst first.', {
    today,
    order: text('How the list is ordered, in words.'),
    items: list(ref('TodayItem'), 'In that order.'),
    more: count('How many more there are to call: `limit` takes up to 100.'),
    cannotTell: count('Customers of whom too little is known to say anything.'),
    owner: orNull(text('Whose customers the list has; null for everybody\'s. A key of role csm that names no owner gets its own.')),
    note: orNull(text('Why the list is empty, when no customer has the owner asked for; else null.')),
  }),
  TodayItem: record('One customer to call, and all that the caller needs to know.', {
    id: text("The customer's id; report `done` or `snooze` on it."),
    customer: ref('Customer'),
    contact: orNull(record('Whom to call; null when nobody is known.', { ...contactFields, because: text('Why them.') })),
    whyNow: list(text('A sentence.'), 'At most three sentences.', { maxItems: 3 }),
    since: orNull(day('When the worst of it began; null when not known.')),
    risk: record('The risk that they leave within 90 days.', {
      probability: orNull(figure('From 0 to 1; null where nothing can be said.', { minimum: 0, maximum: 1 })),
      otherwise: orNull(figure('The same, if what raises it most were well; null where nothing would lower it.', { minimum: 0, maximum: 1 })),
      say: text('Both in a sentence.', { examples: ['Risk 31 % within 90 days; 14 % had usage stayed at its usual level.'] }),
    }),
    atStake: record('What can be lost.', {
      arrAtRisk: list(ref('Money'), 'The recurring revenue times the chance to leave within 90 days.'),
      arr: list(ref('Money'), 'Annual recurring revenue, one amount per currency.'),
      date: orNull(day('The next date that counts; null for none.')),
      what: orNull(text('What that date is; null for none.', { examples: ['the renewal'] })),
    }),
    say: record('What to say.', {
      openPromises: list(text('A promise.'), 'Promises of ours that are open.'),
      lastWords: orNull(record('Their last words; null when they said none.', { text: text('As they wrote it.'), on: day('When.'), about: text('Where they said it, in words.'), by: orNull(text('Who; null when not known.')) })),
      fixedSince: list(text('A sentence.'), 'What was fixed since those words.'),
    }),
    doNot: list(text('A sentence.'), 'What not to do.'),
    lastTouch: orNull(record('The last time we spoke; null for never.', { on: day('When.'), what: text('As a clause.'), by: orNull(text('Who of us; null when not said.')) })),
    parts: list(todayPart, 'What is to be done for them, the most pressing first.'),
    order: record('Why this place in the list.', { priority: whole('The higher, the earlier.', { minimum: 0 }), because: text('In a sentence.') }),
  }),
  TouchNoted: record('The touch was recorded.', { customer: customerId, position: position('Of the fact; send it as `minPosition` to read what it changed.') }),
  TenantToday: record("The tenant's today, and who set it.", {
    today,
    setBy: orNull(ref('Actor', 'Who set or freed the day last; null when nobody ever did.')),
    setAt: orNull(instant('When; null when nobody ever did.')),
  }),
};
