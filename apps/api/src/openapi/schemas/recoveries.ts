import { clockNames, findType } from '#journey';
import { choice, count, figure, instant, list, orNull, position, record, ref, type Schema, text, yesNo } from '../schema.js';
import { customerId } from './common.js';

const number = text('Number of the recovery.', { examples: ['R-8c1f0a6b3d2e4f50'] });
const clock = (description: string) => choice(clockNames, description);
const reasons = list(choice(['low-answer', 'wants-contact', 'complaint', 'by-hand'], 'One of them.'), 'Why: an answer below the bar, one that asks to be contacted, one that a person took for a complaint, or somebody of yours thought so.');
const customer = record('The customer.', { id: customerId, name: orNull(text('Null until somebody registers the customer.')) });
const state = choice(['open', 'closed', 'withdrawn'], 'Whether there is still something to do. `withdrawn`: nothing, because the answer that opened it was taken back.');
const person = (description: string) => orNull(text(`${description} Null: nobody.`));
const percent = (description: string) => orNull(figure(`${description}, in per cent; null without any.`, { minimum: 0, maximum: 100 }));
const minutes = (description: string) => orNull(figure(`${description}, in minutes; null without any.`, { minimum: 0 }));
const decided = orNull(record('What was decided last; null: the usual counts, which nobody has decided.', { at: instant('When.'), by: ref('Actor', 'Who.'), reason: text('Why.') }));
const say = orNull(text('That the usual counts, in words; null once somebody has decided.'));

/** What a setting is sent as: the data of the fact that it becomes. */
export const policyBody = findType('recoverypolicy.set')!.schema as Schema;
export const hoursBody = findType('workinghours.set')!.schema as Schema;
const partOf = (schema: Schema, name: string) => (schema['properties'] as Record<string, Schema>)[name]!;

export const recoverySchemas: Readonly<Record<string, Schema>> = {
  Recovery: record('Something that is made good with a customer, or was.', {
    id: number, customer, state, reasons,
    since: instant('When we knew of it: its clocks run from here on.'), openedAt: instant('When it was opened.'), reopenedAt: orNull(instant('When it was opened again last; null: never.')), reopenings: count('How often it was opened again.'), closedAt: orNull(instant('When it was closed; null while it is open.')),
    owner: person('Who looks after it.'), escalateTo: person('Who is told when a clock runs out.'),
    clocks: list(record('A clock.', {
      clock: clock('The first look, the first contact, or the close, which runs anew when it is opened again.'), minutes: count('Working minutes that it has.'), used: count('Of them, so many are used: until its step was done, else until now. May be more than it has.'),
      by: instant('When its time is over.'), doneAt: orNull(instant('When its step was done; null while it is not.')), escalatedAt: orNull(instant('When it was said that it ran out; null: it was not.')),
      state: choice(['running', 'overdue', 'done', 'late', 'stopped'], 'Its step is still to be done, in time or not; or was done in time, or late; or need not be done any more.'),
    }), 'All three.'),
    next: orNull(record('The clock that runs out next; null when none runs.', { clock: clock('Which.'), by: instant('When.') })), overdue: yesNo('A clock has run out, and its step is not done.'),
    answer: orNull(record('The answer that it is about; null: none.', { survey: text('Number of the asking.'), score: figure('The answer.'), kind: text('Kind of question.'), min: figure('Worst answer possible.'), max: figure('Best answer possible.'), bar: figure('An answer below this is a miss.') })),
    contact: person('Our id of the person whom it is about.'), tickets: list(text('Number of a ticket.'), 'Tickets that it belongs together with.'), others: list(text('Number of a recovery.'), 'Recoveries that it was linked to.'),
    cause: orNull(text('The cause, as a key of yours; null while it is not known.')), sameCause: orNull(count('How many other recoveries have the same cause; null while it is not known.')),
    prevention: orNull(record('What was said of a prevention; null: nothing yet.', { noneBecause: orNull(text('Why nothing prevents it, as a key of yours; null: something does.')) })),
    done: record('What was done since it was opened, or opened again: closing needs all of it.', { contact: yesNo('The customer was contacted.'), cause: yesNo('The cause was named.'), prevention: yesNo('It was said what prevents it, or why nothing does.') }),
    proof: orNull(record('What the next answer of the same person said of it; null: nothing yet.', { fix: choice(['confirmed', 'disproved'], 'Whether it worked.'), at: instant('When.'), survey: text('Number of the asking.') })),
    arr: list(ref('Money'), 'Annual recurring revenue of the customer, one amount per currency.'),
    version: position('Its latest fact. Send it as `If-Match` with what you do, so that nothing is done on what somebody else has changed meanwhile.'),
  }),
  Recoveries: record('Recoveries, those that wait longest first.', { now: instant('The moment at which the clocks were read.'), recoveries: list(ref('Recovery'), 'One page.'), next: orNull(text('`cursor` of the next page; null at the end.')) }),
  RecoveryStory: record('A recovery with all that was done.', {
    now: instant('The moment at which the clocks were read.'), recovery: ref('Recovery'),
    story: list(record('A fact.', {
      position: position('In the log.'), source: text('System that told it.'), id: text("That system's id of the fact."), type: text('Type of fact.'), words: text('What happened, as a clause.'), occurredAt: instant('When.'), actor: ref('Actor', 'Who.'),
      data: { type: 'object', description: 'As it was sent, personal fields opened; null where they were erased.', additionalProperties: true },
    }), 'The answers that it deals with, and every step, in order.'),
    alike: list(record('Another with the same cause.', { id: number, customer, state, since: instant('When we knew of it.') }), 'The latest first, at most 20.'),
  }),
  RecoverySummary: record('Recoveries in figures.', {
    now: instant('The moment at which the clocks were read.'), recoveries: count('All of them, but for those that were withdrawn.'), open: count('Still open.'), overdue: count('Of which a clock has run out.'), escalated: count('Of which it was ever said that a clock ran out.'), unowned: count('Open ones that nobody looks after.'),
    actedOn: percent('The share of which the customer was contacted'), repeatCauseRate: percent('Of those whose cause is known, the share whose cause had been found in an earlier one'),
    withoutPrevention: count('Closed, or with a known cause, and nothing prevents it.'),
    steps: list(record('How long a step took.', { clock: clock('Which.'), done: count('In so many it was done.'), missed: count('In so many its time is over, and it is not done.'), inTime: percent('The share done in time of those done or missed'), worked: minutes('The median of working time, open ones counted as far as they have waited; null where half are not done'), passed: minutes('The same of the time that passed') }), 'All three.'),
    fixes: record('What the next answer of the same person said.', { confirmed: count('It worked.'), disproved: count('It did not.'), unproved: count('Closed, and no answer has come yet.') }),
    arrAtStake: list(ref('Money'), 'What customers with an open recovery pay a year.'),
    causes: list(record('A cause.', { cause: text('As a key of yours, as it was written first: capitals make no other cause of it.'), recoveries: count('With this cause.'), open: count('Of them open.'), customers: count('Customers.'), withoutPrevention: count('Of them, nothing prevents it.') }), 'The most frequent first, at most 50.'),
  }),
  RecoveryDone: record('It was recorded.', { recovery: number, customer: customerId, position: position('Of the fact: send it as `minPosition` to read what it changed. It is the version of the recovery from now on.') }),
  RecoveryPolicy: record('Who looks after recoveries, and how long each step may take.', {
    clocks: partOf(policyBody, 'clocks'), rules: partOf(policyBody, 'rules'), otherwise: person('Who looks after recoveries of customers whom nobody looks after.'), escalateTo: person('Who is told when a clock runs out.'), decided, say,
  }),
  WorkingHours: record('When we work: clocks run only then.', { timeZone: text('Whose clock on the wall counts.'), week: partOf(hoursBody, 'week'), holidays: partOf(hoursBody, 'holidays'), decided, say }),
  Decided: record('It was recorded.', { position: position('Of the fact.') }),
};
