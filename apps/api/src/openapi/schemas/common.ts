import { choice, count, day, figure, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';

const bands = ['healthy', 'watch', 'at-risk', 'unknown'] as const;

export const customerId = text('Our id of the customer.', { examples: ['a2bd163d-eb46-8743-98ee-0cdeb24f2588'] });

export const askedAs = orNull(text('Our id of the customer that was asked for, where it is merged into this one; else null.'));

export const band = (description: string) => choice(bands, description);
export const score = (description: string) => orNull(figure(description, { minimum: 0, maximum: 100 }));

export const customerFields: Readonly<Record<string, Schema>> = {
  id: customerId,
  name: orNull(text('Null until somebody registers the customer.')),
  knownAs: orNull(text('What another system calls a customer without a name, as `system:id`; null where there is a name.')),
  claimed: yesNo('False while the customer is only a name in events and nobody has registered it.'),
  status: choice(['active', 'ended', 'prospect', 'retracted'], 'Whether the customer buys from us now, no longer, or not yet; `retracted` when all facts about it were taken back: then no list counts it.'),
  segment: orNull(text('As registered; null when not said.')),
  owner: orNull(text('Code of the person who looks after the customer; null when nobody does.')),
  arr: list(ref('Money'), 'Annual recurring revenue, one amount per currency; empty when no amount is known.'),
  renewalOn: orNull(day('The next renewal of a subscription that nobody asked to cancel; null when none is known.')),
  noticeOn: orNull(day('The last day to give notice before it; null when not known.')),
  cancellation: orNull(ref('Cancellation', 'The request to cancel that still stands and takes effect first; null when there is none.')),
  score: score('Health that counts, from 0 to 100, 100 is healthy, two decimals: an override while it holds, else what was computed; null while too little is known.'),
  band: band('Where the score lies; `unknown` when too little is known.'),
  computed: ref('ScoreAndBand', 'What was computed, whether an override holds or not.'),
  override: orNull(record('A score that somebody set by hand, while it holds.', { score: figure('0 to 100.', { minimum: 0, maximum: 100 }), until: day('Its last day.') })),
  perspectives: orNull(record('How it looks to those who pay and to those who use; null where no card says so.', {
    payer: orNull(ref('ScoreAndBand', 'Null where no card says.')), user: orNull(ref('ScoreAndBand', 'Null where no card says.')),
    apart: orNull(figure('Points that the payer sees less those that the user sees; null unless enough is known of both.', { minimum: -100, maximum: 100 })), say: orNull(text('In a sentence, from 15 points apart on; else null.')),
  })),
  coverage: figure('Per cent of the scorecard that is known.', { minimum: 0, maximum: 100 }),
  dataAge: orNull(count('Days since the newest fact, a score set by hand or cleared aside; null without such facts.')),
  standing: choice(['prospect', 'running', 'notice', 'left'], 'No subscription is known yet; a customer; one of whom a notice stands; one who has left.'),
  risk: orNull(figure('Chance in per cent, two decimals, to leave within 90 days, by the model in force; null for who is no customer.', { minimum: 0, maximum: 100 })),
  arrAtRisk: list(ref('Money'), 'Annual recurring revenue times that chance, one amount per currency; empty without a chance.'),
  held: yesNo('True while a fact that could not be read holds back the figures of this customer.'),
  asOf: day('The day that the score is for.'),
  say: list(text('A sentence of at most 25 words.'), 'What costs most points, worst first, at most three; where the band is `unknown`, how much is known.', { maxItems: 3 }),
};

/** Parts that many answers share. */
export const commonSchemas: Readonly<Record<string, Schema>> = {
  Problem: record('What went wrong, after RFC 9457. `code` is stable; `GET /problems` explains every code.', {
    type: text('Where the code is explained.', { format: 'uri-reference', examples: ['/problems/invalid-parameter'] }),
    title: text('What kind of failure this is.'),
    status: whole('The HTTP status.', { minimum: 400, maximum: 599 }),
    detail: text('What is wrong with this request, and what to do.'),
    remedy: text('What to do, by itself; `detail` says it too.'),
    code: text('Stable; programs decide by it.', { examples: ['invalid-parameter'] }),
    requestId: text('Names this request in our log; also in the header X-Request-Id.'),
  }, {
    errors: list(ref('Flaw'), 'Every flaw that was found.'),
    current: position('Of `foreign-epoch`: where the log stands now.'),
    common: position('Of `foreign-epoch`: up to where both lives of the log are the same.'),
    position: position('Of `id-conflict`: where the first event with this id stands.'),
  }),
  Flaw: record('One flaw and its place.', {
    pointer: text('RFC 6901 pointer into the body, or `/name` of a parameter; empty for the whole.'),
    detail: text('What is wrong there.'),
  }),
  Cancellation: record('A request to cancel that still stands.', {
    requestedOn: day('When it was asked for.'),
    effectiveOn: orNull(day('When it takes effect; null when not known.')),
  }),
  Money: record('An amount of one currency.', {
    amount: whole('In minor units: 1250 EUR cents are 12.50 EUR.'),
    currency: text('ISO 4217 code.', { pattern: '^[A-Z]{3}$', examples: ['EUR'] }),
  }),
  Today: record("The tenant's today.", {
    date: day("On the tenant's calendar."),
    day: whole('The same as whole days since 1970-01-01.'),
    timeZone: text('IANA name of the zone in which days begin and end.', { examples: ['Europe/Berlin'] }),
    pinned: yesNo('True when an administrator set the day by hand, so that it does not follow the clock.'),
  }),
  Actor: record('Who did it.', {
    kind: choice(['person', 'system'], 'Whether a person or a system.'),
    id: text('Our own id of that person or system, never an e-mail address.'),
  }),
  Evidence: record('The event behind a figure.', {
    position: position('Its place in the log.'),
    source: text('System that sent it.'),
    id: text("That system's id of it."),
    type: text('Type of the fact.', { examples: ['ticket.reopened'] }),
    occurredAt: instant('When it was true.'),
  }),
  Customer: record('One line of a list of customers.', customerFields),
};

export const today = ref('Today', "The tenant's today when the answer was made.");

/** What every answer about one customer at two moments begins with. */
export const atMoments: Readonly<Record<string, Schema>> = {
  customer: customerId,
  askedAs,
  name: orNull(text('Null until somebody registers the customer.')),
  asOf: instant('What was true then counts.'),
  knownAt: instant('What was known then counts.'),
  today,
  position: position('The log position that the answer stands on.'),
};
