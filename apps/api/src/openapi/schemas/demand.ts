import { DEMAND_SORTS } from '#insight';
import { feedbackSteps } from '#journey';
import { choice, count, day, figure, instant, list, orNull, position, record, ref, type Schema, text, yesNo } from '../schema.js';
import { customerId, today } from './common.js';

const share = (description: string) => ref('Share', description);
const amounts = (description: string) => list(ref('Money'), description);
const code = (description: string) => orNull(text(`${description}; null where nobody says.`));
const when = (description: string) => orNull(instant(`${description}; null where that has not happened.`));
const events = list(record('A fact.', { source: text('System that sent it.'), id: text("That system's id of it."), type: text('Its type.'), at: instant('When it was true.') }), 'The facts that say so.');
const customer = record('A customer.', { id: customerId, name: orNull(text('Null until somebody registers the customer.')), owner: code('Code of the person who looks after it'), arr: amounts('What it pays a year.') });
const cut = (item: Schema, description: string) => record(description, { items: list(item, 'The first of them.'), more: count('So many are left out.') });
const notMeasured = orNull(text('Which facts would be needed, where nothing is known; else null.'));
const policy = text('How it is counted.');
const head = {
  today, asOf: instant('What had happened by then counts.'), knownAt: instant('What was known by then counts.'), position: position('The log up to here.'),
  noRisk: orNull(text('Why no chance to leave is told, of an earlier moment; null where it is.')),
  coverage: record('What is known of customers that ran then.', { customers: count('So many.'), withArr: count('Of so many what they pay.'), withRisk: count('Of so many their chance to leave.') }),
};
const request = record('What a customer asked for.', {
  feedback: text('Its number.'), customer, raisedAt: instant('When.'), themes: list(text('A theme.'), 'What it is about.'), step: choice(feedbackSteps, 'How far it has come.'), answeredAt: when('When a department answered or declined it'), toldAt: when('When the customer learned what became of it'), deliveredAt: when('When an initiative that names it was there for that customer'), events,
});
const weight = {
  requests: count('So many.'), accounts: count('Customers who ask, each once.'), arr: amounts('What those pay a year.'), arrAtRisk: orNull(amounts('That times their chance to leave within 90 days; null where it is known of none of them.')), withoutRisk: count('Those whose chance is not known.'),
  answered: count('Requests that a department answered or declined.'), told: count('Those of which the customer was told.'), open: count('Those of which it was not.'), oldestDays: orNull(count('Days since the oldest open one was raised; null where none is open.')), medianDays: orNull(figure('The median of these days; null where none is open.', { minimum: 0 })),
};
const initiative = {
  initiative: text('Its id.'), title: text('What it is.'), strategy: code('Aim of our strategy'), themes: list(text('A theme.'), 'What it is about.'), owner: code('Who answers for it'), dueOn: orNull(day('Day by which; null where nobody says.')), startedAt: instant('When it began.'),
  deliveredAt: when('When it was there'), toldAt: when('When those linked were told'), droppedAt: when('When it was given up'), reason: code('Why it was'), events: list(record('A fact.', { source: text('System that sent it.'), id: text("That system's id of it."), type: text('Its type.') }), 'The facts of the initiative itself.'),
};
const outcomeFigures = record('Claims and answers.', {
  claimed: count('Claims.'), confirmed: count('Confirmed by the customer.'), rejected: count('Rejected.'), open: count('Not answered.'), confirmedShare: share('Confirmed, of those answered.'),
  value: record('What they are worth a year.', { claimed: amounts('As we claimed.'), confirmed: amounts('Confirmed, as the customer says.'), rejected: amounts('Claimed and rejected.'), open: amounts('Claimed and not answered.'), without: count('Claims without a value.') }),
});
const claim = record('A claim.', {
  outcome: text('Its number.'), customer, goal: code('The goal'), initiative: code('The initiative that it came of'), state: choice(['open', 'confirmed', 'rejected'], 'What the customer says.'), value: orNull(ref('Money', 'A year; null where nobody names one.')), claimedValue: orNull(ref('Money', 'As we claimed; null where we named none.')),
  claimedAt: instant('When.'), answeredAt: when('When the customer answered'), events,
});
const ledger = (whose: string) => record(`Goals that are ${whose}.`, {
  objectives: count('So many.'), open: count('Open.'), overdue: count('Open, and their day is past.'), missed: count('Missed.'), attained: count('Attained, as facts or a confirmed outcome show.'), declared: count('Attained, as we only say.'), attainment: share('Attained, of those ended or overdue.'), gap: orNull(figure('The rest of these; null where none is due.', { minimum: 0, maximum: 1 })),
});
const competitor = record('A competitor.', { competitor: text('Its name.'), product: code('The product of ours in question'), stage: choice(['evaluated', 'mentioned'], 'Looked at, or only spoken of.'), lastAt: instant('When last.'), events });
const areas = (what: string) => list(record('One of them.', { name: code('Its name'), accounts: count('Customers, each once.'), arr: amounts('What they pay a year.'), competitors: list(text('A competitor.'), 'Who presses.'), customers: list(customerId, 'Where.') }), `By ${what}; most customers first.`);
const loss = record('A lost opportunity.', { customer, opportunity: text('Its number.'), competitor: code('Who won'), reason: code('Why'), product: code('What was offered'), amount: orNull(ref('Money', 'Worth a year; null where nobody says.')), lostAt: instant('When.'), events });
const promiseFigures = { promises: count('So many.'), kept: count('Kept.'), late: count('Of these after their day.'), broken: count('Broken.'), open: count('Open.'), overdue: count('Open, and their day is past.'), keptRate: share('Kept, of those kept or broken.'), keptOfDue: share('Kept, of those kept, broken or overdue.') };
const promise = record('A promise.', { promise: text('Its number.'), what: code('What was promised'), customer, kind: code('What kind'), by: code('Who promised'), dueOn: orNull(day('Its day; null where nobody says.')), state: choice(['kept', 'broken', 'open', 'overdue'], 'How it stands.'), late: yesNo('Kept after its day.'), madeAt: instant('When it was made.'), endedAt: when('When it was kept or broken'), events });
const newest = (what: string) => orNull(record(`${what}; null where there never was one.`, { at: instant('When.'), days: count('Days ago.'), event: record('The fact.', { source: text('System that sent it.'), id: text("That system's id of it."), type: text('Its type.'), at: instant('When it was true.') }) }));
const role = record('Of one role.', { people: count('So many are known and there.'), last: newest('The last talk with any of them'), quiet: yesNo('None within the days.') });
const presence = record('How an account is heard of.', {
  customer, talk: newest('The last talk in both directions'), feedback: newest('The last answer or request'), usage: newest('The last use'), quiet: yesNo('None of the three within the days.'), roles: record('By role.', { payer: role, user: role, sponsor: role }),
  sponsor: choice(['live', 'not-met', 'left', 'never'], 'One who is there was met; was not; all have left; nobody was ever named.'), sponsorEvents: events, visit: newest('The last visit'),
});
const accountsFields = { accounts: count('So many.'), arr: amounts('What they pay a year.'), items: list(presence, 'Who pays most first.'), more: count('So many are left out.') };
const accounts = (description: string) => record(description, accountsFields);
const quietRole = record('Accounts where somebody of the role is known and none was spoken with.', { ...accountsFields, unknown: count('Accounts where nobody of the role is known.') });

export const demandSchemas: Readonly<Record<string, Schema>> = {
  Demand: record('What customers ask for.', {
    ...head, sort: choice(DEMAND_SORTS, 'By what it is sorted.'), currency: orNull(text('In which money was weighed; null where nobody who asked pays.')), total: record('Of all requests, each once.', weight),
    themes: cut(record('A theme.', { theme: code('Its name'), ...weight, initiatives: list(text('Id of an initiative.'), 'Those that answer any of them.'), list: cut(request, 'The requests, earliest first for each customer.') }), 'Heaviest first.'),
    tools: cut(record('What is used in our place.', {
      tool: text('Its name.'), themes: list(text('A theme.'), 'What it stands for.'), accounts: count('At so many customers.'), arr: amounts('What those pay a year.'), seats: orNull(count('People who use it, by the newest word; null where nobody says.')), firstSeats: orNull(count('By the first word.')),
      seen: list(record('A place.', { customer, unit: code('Part of the customer'), seats: orNull(count('By the newest word.')), firstSeats: orNull(count('By the first.')), events }), 'Where.'),
    }), 'Where those who use it pay most first.'), notMeasured, policy,
  }),
  Initiatives: record('What we do of what customers ask for.', {
    ...head, neverHeard: count('Customers who asked for what is there and were not told, once for each initiative.'), notMeasured, policy,
    initiatives: cut(record('An initiative.', {
      ...initiative, state: choice(['running', 'delivered', 'told', 'dropped'], 'How it stands.'), asked: count('Customers who asked.'), linked: count('Linked.'), have: count('Have it.'), told: count('Were told.'), neverHeard: count('Asked, have it, were not told.'), arr: amounts('What those who asked pay a year.'),
      customers: cut(record('How it stands with a customer.', { customer, requests: list(text('Number of a request.'), 'What it asked for.'), by: choice(['request', 'theme', 'none'], 'A request is named; only a theme fits; linked without any.'), linkedAt: when('When it was linked'), hasAt: when('When it had it'), toldAt: when('When it was told'), events }), 'Who pays most first.'),
      leftOut: list(customerId, 'All who asked, have it, and were not told.'), outcomes: outcomeFigures,
    }), 'The newest first.'),
  }),
  Traceability: record('From request to initiative.', {
    ...head, from: day('The first day.'), to: day('The last day.'), share: share('Initiatives begun in the time that customers had asked for.'), without: list(text('Id of an initiative.'), 'All that nobody had asked for.'), notMeasured, policy,
    initiatives: cut(record('An initiative begun in the time.', { ...initiative, lacks: orNull(choice(['nothing-named', 'themes-only', 'raised-later', 'requests-unknown'], 'Why it counts as not asked for; null where it was.')), evidence: list(record('A request raised before.', { customer: customerId, feedback: text('Its number.') }), 'Who had asked.') }), 'The earliest first.'),
    demand: record('How much of what they ask for is answered, by what they pay.', { answered: share('By an initiative that names the request, or its theme.'), named: share('By one that names the request.'), currency: orNull(text('In which it was weighed; null where nobody pays.')), arr: amounts('What those who ask pay a year.'), accounts: cut(record('One who asks.', { customer, requests: count('Requests that stood in the time.'), answered: count('Of these answered.'), named: count('By name.') }), 'Who pays most first.') }),
  }),
  Outcomes: record('What was gained.', { ...head, figures: outcomeFigures, rejected: cut(claim, 'The newest first.'), open: cut(claim, 'The newest first.'), confirmed: cut(claim, 'The newest first.'), theirs: ledger('theirs'), ours: ledger('ours'), withoutGoal: cut(customer, 'Running customers without a goal of their own; who pays most first.'), notMeasured, policy }),
  Competition: record('Who else is in play.', {
    ...head, days: count('Live within so many days.'), lostDays: count('Lost within so many days.'), pressed: count('Running customers with a live competitor.'), withGap: count('Of these with a gap asked for.'), arr: amounts('What all of them pay a year.'), products: areas('product'), themes: areas('theme of the gap'), losses: count('Lost opportunities.'), notMeasured: list(text('What is not known, and which facts it needs.'), 'Empty where all is known.'), policy,
    longYears: count('Who has been a customer for so many years has long been one.'),
    longAndWell: record('Of those with a gap, who has long been a customer and pays at least the median of its segment.', {
      accounts: count('So many.'), arr: list(ref('Money'), 'What they pay a year, by currency.'), arrAtRisk: list(ref('Money'), 'The same times the chance to leave within 90 days, of those of whom it is known.'), withRisk: count('Of so many it is.'), unknown: count('Of so many it is not known how long they are here, or how they pay for their kind.'), customers: list(customerId, 'Who.'),
    }),
    accounts: cut(record('A customer.', {
      customer, years: orNull(count('Whole years as a customer; null where nobody says.')), longAndWell: orNull(yesNo('Long a customer, and well paying for its kind; null where one of them is not known.')),
      pays: record('What it pays a year against its kind: running customers of its segment who pay in the same currency.', { segment: orNull(text('Its segment.')), median: orNull(ref('Money', 'Of the kind; null under five.')), ratio: orNull(figure('What it pays, over the median.')), n: count('So many are of its kind.') }), competitors: list(competitor, 'Who presses.'), gaps: list(request, 'What it asks for and was not told of.') }), 'Those with a gap first, then who pays most.'),
    lostTo: cut(record('A winner.', { competitor: code('Its name'), losses: count('So many.'), amount: amounts('Worth a year.'), withoutAmount: count('Those of which nobody says what they were worth.'), items: cut(loss, 'The newest first for each customer.') }), 'Who won most often first.'),
    winBack: cut(record('A customer.', { customer, last: loss, asked: list(request, 'What it had asked for.'), delivered: list(text('Id of an initiative.'), 'There since then, and answers it.') }), 'Those for whom something is there now first.'),
  }),
  Promises: record('What we promised.', { ...head, figures: record('Of all.', promiseFigures), kinds: list(record('A kind.', { kind: code('Which'), ...promiseFigures }), 'Most promises first.'), overdue: cut(promise, 'Due longest ago first.'), broken: cut(promise, 'The newest first.'), notMeasured, policy }),
  Presence: record('Who is heard of.', {
    ...head, days: count('Quiet after so many days.'), sponsorDays: count('A sponsor is met within so many days.'), quiet: accounts('Neither talk nor feedback nor use.'), quietRoles: record('By role.', { payer: quietRole, user: quietRole, sponsor: quietRole }),
    sponsors: record('Sponsors.', { live: count('Accounts with a live one.'), never: accounts('Nobody was ever named.'), left: accounts('All have left.'), notMet: accounts('None was met.') }), neverVisited: accounts('No visit is known.'),
    channels: list(record('A way of meeting.', { channel: text('Which.'), touches: count('So many.'), twoWay: count('Of these in both directions.'), accounts: count('With so many customers.') }), 'Most used first.'), notMeasured: list(text('What is not known, and which facts it needs.'), 'Empty where all is known.'), policy,
  }),
  InitiativeNoted: record('What came of it.', { initiative: text('Id of the initiative.'), position: orNull(position('Of the fact; null where it was known already. Stories of customers follow at once.')) }),
};
