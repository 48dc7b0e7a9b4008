import { EXPERIENCE_GROUPS, EXPLAINABLE } from '#read-model';
import { choice, count, day, figure, instant, list, orNull, position, record, ref, type Schema, text, yesNo } from '../schema.js';
import { waits } from './answers.js';
import { customerId, today } from './common.js';

const share = (description: string) => ref('Share', description);
const name = orNull(text('Null until somebody registers the customer.'));
const window = { today, from: day('The first day.'), to: day('The last day.'), asOf: instant('What had happened by then counts.') };
const group = orNull(text('Which; null: those of which it is not known.'));
const figures = { n: count('So many were counted.'), value: orNull(figure('The figure; null where nothing can be said.')), low: orNull(figure('Lower end of the 95 % interval.')), high: orNull(figure('Its upper end.')) };
const net = { ...figures, standardError: orNull(figure('In points; null where nothing can be said.')), effectiveN: figure('So many of the same weight would say as much.', { minimum: 0 }), method: text('How it is worked out.') };
const clocks = (description: string) => record(`${description}, in minutes.`, { wall: waits('On the wall.'), working: waits('Working time.') });
const bias = (what: string) => list(record('One group.', {
  group, asked: count('Askings of this group that are due.'), answered: count('Of these answered.'), over: orNull(figure('Its part of those who answered less its part of those asked: above 0 it is heard more than it was asked.')),
  difference: share('Its response rate less that of all others.'),
}), `By ${what}; most asked first.`);

const measures: Readonly<Record<string, Schema>> = {
  answers: record('What was answered; of an answer that was revised, its last word.', { n: count('Answers.'), people: count('Of so many people; who is not known counts each.'), accounts: count('Of so many customers.') }),
  nps: record('The net promoter score, from -100 to 100.', {
    respondent: record('Of people.', net), account: record('Of customers, each counting once.', net),
    arr: record('Of customers, by what they pay.', { ...net, currency: orNull(text('The currency that most is paid in; null where nobody pays.')), left: count('Customers who answered and pay nothing, or in another currency.') }),
  }),
  topBox: share('Share of excellent answers; all others are misses.'), csat: record('Share of positive CSAT answers.', { ...figures, unjudged: count('Answers on scales of which nobody says what is positive.') }),
  ces: record('Customer effort.', { easy: share('Share of those for whom it was easy.'), means: list(record('Of one scale.', { scale: text('Its ends, such as 1-7.'), ...figures }), 'Means.') }),
  xla: record('Experience level.', { happiness: record('Net score, from -100 to 100.', net), lostMinutes: record('Minutes lost, of those who say how many.', { ...figures, total: orNull(figure('All together; null where it is not told.')) }) }),
  response: record('Who answers.', { rate: share('Of what was sent 14 days ago or longer, or can no longer be answered.'), waiting: count('Sent less than 14 days ago and can still be answered, or has been: not counted, answered or not.'), bias: record('Who is heard too much or too little.', { segment: bias('segment'), role: bias('role') }) }),
  tickets: orNull(record('Tickets that were opened in the time; null where groups are no matter of tickets.', {
    tickets: count('So many.'), open: count('Of these open, also again.'), withoutOpening: count('Of these, nobody told when they were opened: they are in no time.'), resolve: clocks('To the last resolution, without pauses'), firstResponse: clocks('To our first reply'),
    reopened: share('Of those ever resolved.'), escalated: share('Of all.'), slaKept: share('Of all, those of which no missed target was told.'),
  })),
};

const outageFigures = record('Figures over outages of customers; lengths in minutes.', {
  cases: count('Outages at customers: one that hit five counts five times.'), running: count('Not over.'), noticeLag: waits('From when we saw it to our first word; of who had none while it lasted, as far as it lasted.'), toldFirst: share('We spoke while it lasted and before they did, if they did.'), firstEtaError: share('By how much it was over later than we first said; below 0: earlier.'),
  lastEtaError: share('Than we last said.'), withoutEta: count('No end was ever named.'), revisions: share('How often another end was named, of those with one.'), longestSilence: share('The longest stretch without a word.'), updatesPerHour: share('Words an hour, of those that lasted at least an hour.'), workaround: waits('From its beginning to a work-around.'),
});
const wait = (description: string) => record(description, { minutes: figure('So long.', { minimum: 0 }), over: yesNo('Whether it is over; else it goes on.') });
const minutes = (description: string) => orNull(figure(description));
const melon = { tickets: count('Tickets about which somebody answered.'), slaKept: share('Of these, no target was missed.'), redInside: share('Of those, answered below the bar.'), redOtherwise: share('The same of tickets that missed a target.') };
const money = ref('Money');
const accountSpread = { customer: customerId, users: share('Mean place of the answers of its users, 0 the worst, 1 the best.'), payers: share('Of its payers.'), usersFell: orNull(instant('Since when its users have been fallen.')), payersFell: orNull(instant('Since when its payers have.')) };

const explained = record('The facts behind the figure asked for; null where none was.', {
  figure: choice(EXPLAINABLE, 'Which.'), of: count('Surveys or tickets that it is made from: as many as its n where it is one of answers, of people the newest answer of each.'), events: list(record('A fact.', { source: text('System that sent it.'), id: text("That system's id of it."), type: text('Its type.'), customer: customerId, about: text('The survey or ticket.') }), 'The facts.'), more: count('So many surveys or tickets are left out.'),
});
const beforeAfter = (description: string) => record(description, { before: share('Before.'), after: share('After.'), difference: share('After less before, with Newcombe\'s interval; below 0: fewer.'), missing: orNull(text('Why no share is told; null where it is.')) });
const coached = (description: string) => record(description, { topBox: beforeAfter('Excellent answers.'), csat: beforeAfter('Satisfied answers (CSAT).') });
const stretch = (description: string) => record(description, { from: day('Its first day.'), to: day('Its last day.'), tickets: count('Tickets opened then.') });

export const experienceSchemas: Readonly<Record<string, Schema>> = {
  Experience: record('How customers live through our service, in figures.', {
    ...window, overall: record('Of all.', measures), missing: record('What it would take, of each figure of `overall` that is null.', Object.fromEntries(EXPLAINABLE.map((each) => [each, orNull(text('Null: it is measured.'))]))), by: orNull(choice(EXPERIENCE_GROUPS, 'By what it is told apart.')), groups: list(record('One group.', { key: group, ...measures }), 'Most answers first.'),
    hidden: orNull(record('Agents that are not shown.', { agents: count('So many.'), under: count('They have fewer tickets or answers than this, or one who has could be told through them. A single figure of an agent that is shown is null by the same rule.') })),
    trend: list(record('A stretch of the time.', { from: day('Its first day.'), to: day('Its last day.'), nps: record('Of people.', net), csat: record('Share of positive answers.', { ...figures, unjudged: count('On scales of which nobody says what is positive.') }), topBox: share('Share of excellent answers.'), slaKept: share('Share of tickets that missed no target.'), tickets: count('Tickets opened.') }), 'In order.'),
    subjects: list(record('Answers about one subject.', {
      key: orNull(text('service, product, support or relationship; null: the answer does not say.')), topBox: share('Share of excellent answers.'), csat: record('Share of positive answers.', { ...figures, unjudged: count('On scales of which nobody says what is positive.') }),
      trend: list(record('A stretch of the time.', { from: day('Its first day.'), to: day('Its last day.'), topBox: share('Share of excellent answers.'), csat: record('Share of positive answers.', { ...figures, unjudged: count('On scales of which nobody says what is positive.') }) }), 'The same stretches.'),
    }), 'By what the question was about.'),
    spread: record('Users and payers apart.', {
      users: share('Mean place of answers of users.'), payers: share('Of payers.'), warned: list(record('One customer.', { ...accountSpread, name }), 'Users are fallen, payers were heard and are not; the latest first. None that has left.'),
      lag: record('From the first fall of users to the first of payers.', { n: count('Customers whose users fell and of whose payers anything was heard.'), followed: count('Of these, payers fell as well.'), medianDays: orNull(figure('Days; null where too few followed.')) }),
    }),
    methods: { type: 'object', description: 'How each figure is worked out.', additionalProperties: { type: 'string' } },
    explained: orNull(explained),
  }),
  Pain: record('What hurts, worst first.', {
    ...window, method: text('How it is worked out.'),
    pains: list(record('One theme.', {
      theme: text('Its id; `category:` and the name for a category of tickets.'), label: text('What people call it.'), mentions: count('Answers and tickets.'), customers: share('Share of customers who mention it, of those with a subscription in the time.'), severity: share('How much it matters, 0 to 1.'), arr: list(money, 'What those customers pay a year.'),
      pain: orNull(record('Over all mentions, severity times what that customer pays a year: a weight to rank by, not money, as an amount counts once a mention.', { amount: figure('In minor units.'), currency: text('The currency that most is paid in.') })),
      trend: record('Whether it grows.', { before: count('Mentions in the first half of the time.'), after: count('In the second.'), lately: share('Share of the second.'), says: choice(['growing', 'fading', 'steady'], 'Beyond chance, or not.') }),
      firstAt: instant('The first mention in the time.'), ageDays: count('Days since then.'), of: list(record('What mentions it.', { kind: choice(['survey', 'ticket'], 'What it is.'), id: text('Its number.') }), 'All of them.'),
    }), 'Worst first.'),
    words: record('Answers with words that are not excellent.', { answers: count('So many.'), withoutTheme: count('Of these, no theme fits.'), erased: count('Of these, the words were erased.') }),
    told: record('How it is told what words are about.', {
      own: yesNo('Whether the tenant has set themes of its own.'), coded: count('Answers of which people said what they are about.'), leastCoded: count('A theme is learnt from so many such answers on.'),
      learnt: list(record('A theme that was learnt.', { theme: text('Its id.'), support: count('Answers that people say have it.'), precision: figure('Of those told to have it, so many do.'), recall: figure('Of those that have it, so many are told.'), f1: figure('Both in one: a little too good, as the threshold was chosen there.') }), 'On answers whose author was not read.'),
    }),
  }),
  Outages: record('What customers were told of outages, and when.', {
    ...window, method: text('How it is worked out.'), figures: outageFigures,
    outages: list(record('One outage.', {
      outage: text('Its number.'), service: orNull(text('What failed; null where nobody said.')), figures: outageFigures,
      customers: list(record('At one customer; lengths in minutes.', {
        customer: customerId, name, startedAt: instant('When it began.'), detectedAt: instant('When we saw it.'), reportedAt: orNull(instant('When they first told us.')), resolvedAt: orNull(instant('When it was over.')), messages: list(instant('A word of ours.'), 'In order.'), etas: list(instant('A named end.'), 'Those named while it lasted, in order of naming.'),
        lasted: wait('How long it lasted.'), notice: wait('To our first word.'), toldFirst: yesNo('We spoke while it lasted, and first.'), firstEtaError: minutes('Over later than first said.'), lastEtaError: minutes('Than last said.'), revisions: count('Other ends named.'), longestSilence: figure('Longest stretch without a word.'), updatesPerHour: minutes('Words an hour; null where it lasted less than an hour.'), workaround: wait('To a work-around.'),
      }), 'Those who waited longest first.'),
    }), 'The newest first.'),
  }),
  Watermelon: record('Where targets were met and customers were not content.', {
    ...window, method: text('How it is worked out.'), overall: record('Of all.', melon),
    queues: list(record('A queue.', { key: group, ...melon, red: list(text('A ticket.'), 'The red ones.') }), 'Most red ones first.'),
    accounts: list(record('A customer.', { key: customerId, name, ...melon, red: list(text('A ticket.'), 'The red ones.') }), 'Most red ones first.'),
  }),
  Coaching: record('What customers said before and after somebody of ours was coached.', {
    ...window, days: count('So many days before, and as many after.'), coverage: record('Coachings whose excellent answers can be told.', { measured: count('So many.'), of: count('Of so many.') }), missing: orNull(text('Why there is none, and which types of facts it needs; null where there is one.')), method: text('How it is worked out.'),
    coachings: list(record('A coaching.', {
      coaching: text('Its number.'), of: choice(['agent', 'queue'], 'Whether one agent was coached, or a queue.'), who: text('Which.'), topic: text('What it was about.'), givenOn: day('When.'), event: record('The fact.', { source: text('System that sent it.'), id: text("That system's id of it.") }),
      before: stretch('The days before.'), after: stretch('The days after.'), figures: coached('Of answers about tickets of the agent or queue.'), others: coached('Of all other agents or queues.'),
    }), 'The newest first.'),
    explained: orNull(record('The answers behind the shares of excellent ones; null where none was asked for.', { before: explained, after: explained })),
  }),
  CoachingNoted: record('A coaching was recorded.', { coaching: text('Its number.'), position: orNull(position('Of the fact; null where it stood so already.')) }),
  Themes: record('What is counted of what customers write.', {
    own: yesNo('Whether the tenant has set any; else these are ours to begin with.'),
    themes: list(record('A theme.', { id: text('Its id.'), label: text('What people call it.'), words: list(text('A word, or several.'), 'By which it is told.'), categories: list(text('A category of tickets.'), 'Which are about it.') }), 'All of them.'),
  }),
  ThemeNoted: record('What came of it.', { theme: text('Id of the theme.'), position: orNull(position('Of the fact.')) }),
  OutageNoted: record('What came of it.', { outage: text('Number of the outage.'), position: orNull(position('Of the fact; null where it was known already. Stories of customers follow at once.')) }),
};
