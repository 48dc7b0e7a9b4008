import { INCIDENTS } from '#insight';
import { REVENUE_FIGURES, REVENUE_GROUPS } from '#read-model';
import { choice, count, day, figure, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';
import { askedAs, customerId, today } from './common.js';

const minor = (description: string) => whole(`${description} Minor units.`);
const missing = orNull(text('What it would take, where it is not measured; else null.'));
const events = list(record('A fact.', { source: text('System that sent it.'), id: text("That system's id of it."), type: text('Its type.'), at: instant('When it was true.') }), 'The facts that made it.');
const subscription = text('Number of the subscription.');
const product = orNull(text('What is subscribed to; null where nobody said.'));
const kinds = ['new', 'expansion', 'contraction', 'churn', 'reactivation', 'escalator'] as const;
const moment = { asOf: instant('What had happened by then counts.'), knownAt: orNull(instant('What was known by then counts; null: what is known now.')) };
const newest = orNull(position('Of the newest fact that is counted; null without any.'));
const currency = orNull(text('ISO 4217 of all amounts that name none; null while nobody ever paid anything.'));
const parts = list(ref('RecurringPart'), 'By subscription.');

export const revenueSchemas: Readonly<Record<string, Schema>> = {
  RevenueRatio: record('A share with what it is made of.', { value: orNull(figure('Part of 1, to six decimals; null: not measured.')), of: whole('Above the line.'), over: whole('Below the line.'), n: count('Customers, or terms, that it is made of.'), missing }),
  RevenuePolicy: record('By what it was counted, with all its values.', {
    name: text('What it is called.'), reactivation: choice(['separate', 'expansion', 'net'], 'Who comes back.'), reactivationDays: orNull(count('Who comes back later is new; null: nobody who has paid before ever is.')), currency: orNull(text('What is converted to; null: as rates are declared, or else what is paid in most often.')),
    churnAt: choice(['end', 'notice'], 'When a cancelled subscription stops counting.'), pause: choice(['stops', 'keeps'], 'What one counts that rests.'), midTerm: choice(['when-told', 'at-renewal'], 'When a new amount counts.'), multiYear: choice(['annualised'], 'Contracts of several years count with what they pay in a year.'),
    escalators: choice(['expansion', 'apart'], 'Rises that were agreed in advance.'), usage: choice(['excluded', 'included', 'only'], 'What is paid by use.'), merge: choice(['together', 'apart'], 'Merged customers.'), renewalsBy: choice(['due', 'decided'], 'Which renewals belong to a period.'),
    graceDays: count('Days that a renewal may be late.'), groupMinutes: count('Changes within so many minutes are one.'), earnedChannels: list(text('A channel.'), 'By which customers came through others.'),
  }),
  ExchangeRates: record('Rates that hold for a whole period.', { currency: text('What is converted to.'), rates: { type: 'object', description: 'By currency: whole units for one whole unit of it.', additionalProperties: { type: 'number' } }, event: orNull(record('The fact that declared them; null where none did.', { source: text('Its source.'), id: text('Its id.'), on: day('From when they hold.') })) }),
  RevenueFigures: record('Figures of a period.', {
    waterfall: orNull(record('ARR: start + new + expansion + escalator − contraction − churn + reactivation = end.', { start: minor('As it begins.'), ...Object.fromEntries(kinds.map((kind) => [kind, minor(`Sum of ${kind}.`)])), end: minor('As it ends.') })),
    nrr: ref('RevenueRatio', 'Net revenue retention of who paid as the period began.'), grr: ref('RevenueRatio', 'Gross revenue retention of the same, by end points of each customer.'),
    grossRenewalRate: ref('RevenueRatio', 'Renewed without upsell, over what was due and is decided.'), netRenewalRate: ref('RevenueRatio', 'The same with upsell.'),
    renewals: orNull(record('Terms; null where of none the end is known.', { renewed: count('In time.'), lost: count('Ended or lapsed in time.'), late: count('Nothing was said in time.'), open: count('May still be renewed in time.') })),
    grossMrrChurn: ref('RevenueRatio', '(churn + contraction) / start.'), netMrrChurn: ref('RevenueRatio', 'The same less expansion and reactivation; not 1 − NRR.'), logoChurn: ref('RevenueRatio', 'Customers gone, of who paid as the period began.'),
    logos: orNull(record('Customers; null: not measured.', { start: count('As it begins.'), won: count('New at its end.'), lost: count('Gone.'), back: count('Had left before, and pay again.'), wonAndLost: count('Came and went within the period; in no other of these.'), end: count('As it ends.') })),
    missing: record('What it would take where these are null.', { arr: orNull(text('Of waterfall and logos.')), renewals: orNull(text('Of renewals.')) }),
    earnedGrowth: record('NRR and new customers who came through others, over the start, less 1.', { value: orNull(figure('Part of 1; null: not measured.')), of: whole('Above the line.'), over: whole('Below it.'), n: count('Customers.'), missing, low: orNull(figure('All of whom nobody said how they came were bought.')), high: orNull(figure('All of these were earned.')), earnedNew: minor('New ARR through others.'), boughtNew: minor('New ARR by other channels.'), unknownNew: minor('New ARR by nobody knows what.') }),
  }),
  RecurringPart: record('What one subscription brings in a year.', { subscription, product, native: ref('Money', 'As it is paid, a year.'), amount: orNull(minor('Converted; null: no rate is known.')), events }),
  RevenueMovement: record('A change of what one customer brings in a year.', { kind: choice(kinds, 'Which.'), amount: minor('Never negative.'), at: instant('When.'), before: minor('ARR before.'), after: minor('ARR after.'), subscriptions: list(record('One of them.', { subscription, product, amount: minor('Its part, below 0 where it fell.') }), 'By subscription.'), events }),
  RenewalTerm: record('A term that came to its end.', { subscription, product, dueOn: day('Its last day.'), outcome: choice(['renewed', 'lost', 'late', 'open'], 'What came of it.'), decidedAt: orNull(instant('Null while open, or where nothing was said.')), due: orNull(minor('Paid a year in the term; null without a rate.')), renewed: orNull(minor('And from then on.')), events }),
  Terminable: record('What a customer could end, were it to say so at that moment.', { subscription, product, amount: orNull(minor('ARR.')), endsOn: orNull(day('The first day on which it can end; null: its terms are not known.')), days: orNull(count('Until then.')), because: choice(['given', 'term', 'next-term', 'rolling', 'unknown'], 'Notice was given; its term ends; the day for notice is past; no term binds it; nobody said.'), events }),
  Revenue: record('Recurring revenue of a period.', {
    today, from: day('The first day.'), to: day('The last day.'), ...moment, position: newest, currency, policy: ref('RevenuePolicy'),
    changes: list(record('A setting.', { setting: text('Which.'), was: { description: 'In the policy of the tenant.' }, is: { description: 'As asked for.' }, say: text('In words.') }), 'Where it was counted otherwise than the tenant has decided.'), byOwnPolicy: orNull(ref('RevenueFigures', 'Then: the same by the policy of the tenant.')),
    rates: orNull(ref('ExchangeRates', 'Null while nobody ever paid anything.')), figures: ref('RevenueFigures'), by: orNull(choice(REVENUE_GROUPS, 'By what it is told apart.')), groups: list(record('A group.', { key: orNull(text('Which; null: not known.')), figures: ref('RevenueFigures') }), 'The greatest first.'),
    exposure: record('ARR that can be ended soon.', { within: count('Days.'), arr: orNull(minor('All ARR at `asOf`; null: not measured.')), terminable: orNull(minor('Of it; null also where of none the terms are known.')), share: orNull(figure('Part of 1.')), customers: orNull(count('Who could.')), unknown: orNull(minor('ARR whose terms nobody told.')), missing,
      budgetCuts: record('Customers who said within a year that their budget is cut, and have not taken it back.', { customers: orNull(count('So many.')), arr: orNull(minor('ARR that the cuts are about.')), terminable: orNull(minor('Of it, what can be ended as soon.')), missing }),
    }),
    coverage: record('What is counted.', { customers: count('With subscriptions.'), held: count('Of these, a fact cannot be read.'), unconverted: list(record('A currency without a rate.', { currency: text('Which.'), customers: count('Who pay in it.'), start: minor('In it, as the period begins.'), end: minor('As it ends.') }), 'In no figure.'), missing }),
  }),
  RevenueCustomers: record('Who makes a figure.', {
    figure: choice(REVENUE_FIGURES, 'Which.'), from: day('The first day.'), to: day('The last day.'), ...moment, position: newest, currency, policy: ref('RevenuePolicy'), customers: count('All of them, on whatever page.'), amount: orNull(minor('Sum of their amounts; null: not measured.')), missing,
    lines: list(record('A customer.', {
      customer: record('Who, as of today.', { id: customerId, name: orNull(text('Null until somebody registers it.')), segment: orNull(text('Its segment.')), owner: orNull(text('Who looks after it.')), region: orNull(text('Its region.')), held: yesNo('A fact of it cannot be read.') }), unit: text('Whose facts these are; another id where merged customers are counted apart.'),
      amount: orNull(minor('What it has in the figure.')), start: minor('ARR as the period begins.'), end: minor('As it ends.'), parts: record('By subscription.', { start: parts, end: parts }), movements: list(ref('RevenueMovement'), 'In order.'), reason: orNull(text('Why it left; null: it did not, or nobody says.')), renewals: list(ref('RenewalTerm'), 'Of the period.'), terminable: list(ref('Terminable'), 'Where the figure is that, or `budget-cut`.'),
      cuts: list(record('A cut.', { product: orNull(text('Of what; null: of all that it buys.')), share: orNull(figure('By which part; null: nobody said.')), effectiveOn: orNull(day('From when on; null: nobody said.')), event: record('The fact.', { source: text('System that sent it.'), id: text("That system's id of it."), type: text('Its type.'), at: instant('When it was said.') }) }), 'Of `budget-cut`: what it said of its budget.'),
    }), 'By id.'), next: orNull(text('The cursor of the next page; null on the last.')),
  }),
  CustomerRevenue: record('What one customer brings in a year.', { customer: customerId, name: orNull(text('As it is called today; null where nobody said.')), askedAs, ...moment, currency, policy: ref('RevenuePolicy'), rates: orNull(ref('ExchangeRates', 'Null while nobody ever paid anything.')), arr: orNull(minor('Null: no subscription was ever told of.')), missing, parts, movements: list(ref('RevenueMovement'), 'All there ever were.'), renewals: list(ref('RenewalTerm'), 'All there ever were, and those to come.'), terminable: list(ref('Terminable'), 'The soonest first.') }),
  RevenueSettings: record('How revenue is counted.', {
    policy: ref('RevenuePolicy'), decided: orNull(record('The fact that decided it; null while the usual policy counts.', { source: text('Its source.'), id: text('Its id.'), at: instant('When.'), reason: orNull(text('Why.')) })),
    rates: list(record('Rates from a day on.', { on: day('From when they hold.'), currency: text('What is converted to.'), rates: { type: 'object', description: 'By currency.', additionalProperties: { type: 'number' } }, event: orNull(record('The fact.', { source: text('Its source.'), id: text('Its id.'), on: day('From when.') })) }), 'The earliest first.'),
  }),
  Incidents: record('What the churn model says of a class of incidents.', {
    today, asOf: instant('What had happened by then counts.'), knownAt: instant('What was known by then counts.'), incident: choice(INCIDENTS, 'Which class.'), days: count('Those within so many days.'), touched: count('Customers whom one touched.'), withoutRisk: count('Of these, no chance to leave is known, with those facts or without.'), unconverted: count('Of the others, no ARR that can be converted.'),
    currency, rates: orNull(ref('ExchangeRates', 'In force at `asOf`; null while nobody ever paid anything.')),
    figures: orNull(record('Over all others; null: there are none.', { n: count('Customers.'), tooFew: yesNo('Under 30: not to go by.'), arr: minor('Their ARR.'), atRisk: minor('ARR times the chance to leave within 90 days.'), without: minor('The same without those facts.'), difference: ref('Share', 'The former less the latter, in minor units; interval: customers drawn anew (Student).') })),
    missing, customers: list(record('A customer.', { customer: customerId, name: orNull(text('Null until somebody registers it.')), arr: minor('ARR.'), probability: figure('Chance to leave within 90 days.', { minimum: 0, maximum: 1 }), withoutProbability: figure('The same without those facts.', { minimum: 0, maximum: 1 }), amount: minor('What it adds to the difference.'), events: list(record('A fact.', { source: text('System that sent it.'), id: text("That system's id of it."), type: text('Its type.') }), 'Those facts.') }), 'Those of whom it says most first.'),
    more: count('So many are left out.'), model: ref('ModelInShort', 'The model that says so.'), says: text('How it is to be read.'),
  }),
  RevenueSettingNoted: record('What came of it.', { position: orNull(position('Of the fact.')) }),
};
