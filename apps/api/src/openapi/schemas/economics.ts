import { INCOMES } from '#insight';
import { ECONOMICS_GROUPS, ECONOMICS_SORTS } from '#read-model';
import { choice, count, day, figure, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';
import { customerId, today } from './common.js';

const share = (description: string) => ref('Share', description);
const amount = (description: string) => whole(description);
const known = (description: string) => orNull(whole(description));
const part = (description: string) => orNull(figure(description));
const missing = list(text('A type of fact.'), 'What it would take where it is not measured: facts of these types.');
const name = orNull(text('Null until somebody registers the customer.'));
const currency = text('ISO 4217; amounts are in its minor units.');
const event = record('A fact.', { source: text('System that sent it.'), id: text("That system's id of it."), type: text('Its type.') });

const changes = list(record('A setting.', { setting: text('Which.'), was: { description: 'In the policy of the tenant.' }, is: { description: 'As asked for.' }, say: text('In words.') }), 'Where it was worked out otherwise than the tenant has decided.');
const coverage = {
  customers: count('So many.'), unconverted: list(record('A currency without a rate.', { currency: text('Which.'), customers: count('Who pay or cost something in it.') }), 'Their amounts stand apart, and are added to nothing.'), missing: orNull(text('What it would take; null where nothing is missing.')),
};
const told = {
  today, asOf: instant('What had happened by then counts.'), knownAt: orNull(instant('What was known by then counts; null: what is known now.')), position: orNull(position('Of the last fact that counts; null where none does.')), policy: ref('EconomicsPolicy'), changes,
  rates: orNull(ref('ExchangeRates', 'In force as the time begins, or at `asOf` where it is that of a whole life; null while nobody paid anything.')),
};
const window = { ...told, coverage: record('What is counted.', coverage), from: day('The first day.'), to: day('The last day.') };

const margin = { income: amount('What came in.'), costToServe: amount('Costs of revenue.'), contribution: amount('The former less the latter.'), share: part('Contribution over income; null where nothing came in, or no cost of service is known.'), n: count('Lines that were counted.') };
const keyed = (what: string) => list(record('One part.', { key: orNull(text(`Which ${what}; null: nobody said.`)), ...margin }), `By ${what}: the parts add up to the whole. Greatest costs first.`);

const figures: Readonly<Record<string, Schema>> = {
  currency,
  margin: record('Margin over all.', {
    income: known('What came in.'), costToServe: known('Costs of revenue.'), contribution: known('The former less the latter.'), share: part('Contribution over income.'), low: part('Lower end of the 95 % interval.'), high: part('Its upper end.'),
    n: count('Customers with anything earned or spent, or a subscription, in the time.'), withIncome: count('Of these with income.'), withCosts: count('Of these with costs of service.'), missing,
  }),
  products: keyed('product'), drivers: keyed('driver'), perTicket: share('Cost of a ticket, over tickets with any.'),
  negative: record('Who costs more than it brings in.', { customers: count('So many.'), contribution: amount('What they come to, below 0.') }),
  cac: record('What winning a customer cost, mean over those sold to in the time.', { n: count('Customers of whom it is known.'), value: part('Mean.'), low: part('Lower end of the 95 % interval.'), high: part('Its upper end.'), sold: count('Customers sold to.') }),
  payback: record('How long customers take to pay back what winning them cost.', {
    n: count('Customers of whom that cost is known.'), paidBack: count('Have.'), waiting: count('Have not yet.'), lost: count('Left before.'), medianMonths: part('Months in which half have; null where fewer will be seen to.'),
    curve: list(record('A point.', { months: count('Months.'), share: figure('Share that has paid back by then.', { minimum: 0, maximum: 1 }) }), 'As far as anybody was watched.'),
  }),
  aggregate: record('CAC payback in aggregate.', { months: part('Spend / (new MRR x contribution margin).'), acquire: known('Spent on winning customers; null: nobody told, or of a part of the customers.'), newMrr: amount('MRR of new customers.'), newCustomers: count('New customers.'), blendedCac: known('Spend per new customer.'), missing }),
  lifetime: record('Customer lifetime value.', {
    value: known('ARPA x contribution margin / churn; null where nobody left.'), low: known('Lower end of the 95 % interval.'), high: known('Its upper end.'), capped: known('The same over at most so many months.'), cappedLow: known('Lower end.'), cappedHigh: known('Upper end.'), horizonMonths: count('So many.'),
    n: count('Customers who paid as the time began.'), left: count('Of these, who left.'), months: figure('Length of the time.'), monthlyChurn: part('Share that leaves in a month.'), arpa: known('Average revenue per account in a month.'), missing,
  }),
  cacAtRisk: record('Cost of winning customers that has not come back.', { amount: known('Times the chance to leave within 90 days; null where no chance is known.'), unrecovered: amount('Of customers who are here.'), n: count('Of so many a chance is known.'), lost: amount('Of customers who left.'), missing }),
};

const line = {
  customer: customerId, name, segment: orNull(text('Null when not said.')), owner: orNull(text('Null when nobody looks after it.')), currency, margin: record('Of the days looked at.', margin),
  recovery: orNull(record('Of its whole life; null where no cost of winning it is known.', { cac: amount('What winning it cost.'), recovered: amount('Contribution so far.'), unrecovered: amount('At least 0, at most all of it.'), paybackMonths: orNull(count('Months begun until it had come back; null: not yet.')), watched: count('Months begun since its first line.'), reached: yesNo('Whether it ever had come back.') })),
  risk: orNull(figure('Chance to leave within 90 days; null where none is known, and of earlier moments.', { minimum: 0, maximum: 1 })), atRisk: known('What has not come back times that chance.'), left: yesNo('Whether it has left.'),
};
const fit = list(record('One of them.', {
  key: orNull(text('Which; null: nobody said.')), customers: count('So many.'), waiting: count('Sold to later than the policy asks: not in churn.'), income: amount('Of their whole lives.'), contribution: amount('Likewise.'), margin: part('Contribution over income, of those of whom both are known.'),
  churn: record('Share that left within the months of the policy.', { n: count('Customers.'), value: part('Share.'), low: part('Lower end of the 95 % interval.'), high: part('Its upper end.'), left: count('Who left.'), tooFew: yesNo('Fewer than 30: not to go by.') }),
}), 'With what became of them.');

const alternatives = list(record('An alternative.', {
  alternative: text('Its short name.'), per: choice(['ticket', 'customer-year'], 'What the price is for.'), price: ref('Money', 'What they would take.'), from: day('Since when the price holds.'), source: text('Where it comes from.'), what: orNull(text('Who or what it is; null: nobody said.')), event,
  currency: text('Of `ours` and `difference`: that of the price, or the reporting currency where there is a rate.'), ours: share('What the same cost us, in minor units.'), difference: record('Ours less theirs: above 0 they would take less.', { value: part('Minor units.'), low: part('Lower end of the 95 % interval.'), high: part('Its upper end.') }),
  coverage: record('Of whom any cost is known.', { measured: count('So many tickets or customers.'), of: orNull(count('Of so many that were served; null of tickets.')) }), missing,
}), 'What others would take, beside what the same cost us.');

export const economicsSchemas: Readonly<Record<string, Schema>> = {
  EconomicsPolicy: record('How it was worked out, with all values.', {
    name: text('What it is called.'), income: choice(INCOMES, 'What counts as income.'), costOfRevenue: orNull(list(text('A driver.'), 'Drivers of costs that count; null: all.')), windowDays: count('Figures look back so many days where no time is chosen.'),
    horizonMonths: count('LTV counts at most so many months.'), fitBands: list(figure('An edge.'), 'Lower edges of the middle and the upper band of fit.'), fitMonths: count('Who left within so many months has churned, in figures of fit.'),
  }),
  EconomicsSettings: record('How economics is worked out.', { policy: ref('EconomicsPolicy'), decided: orNull(record('The fact that decided it; null while the usual policy counts.', { source: text('Its source.'), id: text('Its id.'), at: instant('When.'), reason: orNull(text('Why.')) })) }),
  EconomicsSettingNoted: record('What came of it.', { position: orNull(position('Of the fact.')) }),
  Economics: record('What customers earn us and cost us.', {
    ...window, segment: orNull(text('Only of this one; null: of all.')), currencies: list(record('Figures of one currency.', figures), 'The reporting currency first, with all that can be converted; then those without a rate. Amounts of two are never added up.'),
    spend: orNull(list(record('In one currency.', {
      currency, acquire: amount('On winning customers.'), retain: amount('On keeping them.'), ratio: part('The former over the latter; null where that is nothing.'), nrr: record('Net revenue retention of the same days.', { value: part('As a share.'), of: amount('ARR at the end.'), over: amount('ARR at the start.'), n: count('Customers.'), missing: orNull(text('What it would take; null where it is measured.')) }),
      entries: list(record('An entry.', { entry: text('Which.'), purpose: choice(['acquire', 'retain'], 'For what.'), amount: amount('Of it in the days looked at.'), event }), 'What it is made from.'),
    }), 'What we spent; null of a segment.')),
    alternatives, by: orNull(choice(ECONOMICS_GROUPS, 'By what it is told apart.')), groups: list(record('One group.', { key: orNull(text('Which; null: not said.')), customers: count('So many.'), currencies: list(record('Figures of one currency.', figures), 'As above.') }), 'Most customers first.'),
    methods: { type: 'object', description: 'How each figure is worked out.', additionalProperties: { type: 'string' } },
  }),
  EconomicsList: record('Customers with what they earn and cost us.', { ...window, sort: choice(ECONOMICS_SORTS, 'The order.'), total: count('So many lines in all.'), customers: list(record('A customer in one currency.', line), 'This page.'), next: orNull(text('Gives the next page; null: this is the last.')) }),
  CustomerEconomics: record('What one customer earned us and cost us, line by line.', {
    ...window, customer: customerId, name, currencies: list(record('In one currency.', { ...line, basis: orNull(choice(['payments', 'invoices', 'subscription', 'mixed'], 'Where its income comes from; `mixed`: of what was converted some from either; null: it has none.')), products: keyed('product'), drivers: keyed('driver') }), 'One per currency.'),
    alternatives, ledger: list(record('A line: above 0 it was earned, below 0 spent.', {
      at: instant('When it counts.'), on: day('The same as a day.'), kind: choice(['acquisition', 'income', 'service'], 'What it is.'), amount: amount('Minor units.'), currency, native: orNull(ref('Money', 'As it was told; null: in this currency.')), product: orNull(text('Null: nobody said.')), driver: orNull(text('Kind of cost; null: nobody said.')), ticket: orNull(text('The ticket that caused it.')),
      of: orNull(text('The invoice or subscription.')), left: yesNo('No cost of revenue under the policy: in no margin.'), events: list(event, 'The facts that made it.'),
    }), 'Its whole life, earliest first.'),
    fit: orNull(record('Its fit as judged by the sale; null where nobody did.', { score: figure('0 to 100.', { minimum: 0, maximum: 100 }), band: choice(['poor', 'middle', 'good'], 'Where it lies.'), seller: orNull(text('Who sold.')), event })),
    unknown: record('What could not be counted as it should.', { withoutAmount: count('Invoices paid of which nobody told the amount.'), gross: count('Invoices of which only the gross amount is known.') }), missing,
  }),
  EconomicsFit: record('Churn and margin by fit at the sale.', { ...told, segment: orNull(text('Only of this one; null: of all.')), currency: orNull(text('Of margins; null: there are none.')), bands: fit, sellers: fit, coverage: record('Who is counted.', { ...coverage, sold: count('Customers sold to.'), judged: count('Of these judged by then.'), late: count('Judged later only: counted nowhere.') }), missing, method: text('How it is worked out.') }),
  SpendNoted: record('What was recorded.', { entry: text('Which entry.'), position: orNull(position('Of the fact; null: it stood so already.')) }),
  AlternativeNoted: record('A price was recorded.', { alternative: text('Its short name.'), position: orNull(position('Of the fact; null where it stood so already.')) }),
};
