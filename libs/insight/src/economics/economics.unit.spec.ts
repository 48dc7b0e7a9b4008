import { describe, expect, it } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { usualRevenuePolicy } from '../revenue/policy.js';
import { revenueFigures } from '../revenue/portfolio.js';
import { subscriptionHistory } from '../revenue/subscription-history.js';
import { type Account, accountEconomics } from './account.js';
import { alternativesOn, comparedAlternatives } from './alternatives.js';
import { economicsFigures } from './figures.js';
import { fitAtSale, fitFigures } from './fit.js';
import { ledgerOf } from './ledger.js';
import { lifetimeValueOf } from './lifetime.js';
import { costPerTicket, marginOf, marginsBy } from './margin.js';
import { paybackFigures } from './payback-figures.js';
import { type EconomicsPolicy, usualEconomics } from './policy.js';
import { cacRecoveryOf } from './recovery.js';
import { cacPaybackMonths, spendOf } from './spend.js';
import { leftOn, stretchesOf } from './stretches.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const cost = (days: number, amount: number, more: object = {}) => fact('cost.service-cost-recorded', days, { amount: eur(amount), ...more });
const won = (days: number, amount: number) => fact('cost.acquisition-cost-recorded', days, { amount: eur(amount) });
const issued = (days: number, invoice: string, amount: number, more: object = {}) => fact('invoice.issued', days, { invoice, amount: eur(amount), dueOn: ago(days - 30), ...more });
const paid = (days: number, invoice: string) => fact('invoice.paid', days, { invoice });
const credited = (days: number, invoice: string, amount: number) => fact('invoice.credited', days, { invoice, amount: eur(amount) });

function accountOf(events: readonly JourneyEvent[], policy: EconomicsPolicy = usualEconomics, risk: number | null = null): Account {
  const until = `${ago(0)}T23:59:59.999Z`;
  const ordered = events.toSorted((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt));
  const states = subscriptionHistory(ordered, { customer: 'c1', policy: usualRevenuePolicy, calendar: { dayOf: utc, startOf: (day) => new Date(day * 86_400_000).toISOString() }, until });
  const stretches = stretchesOf(states, { policy: usualRevenuePolicy, dayOf: utc, day: TODAY });
  return { id: 'c1', ledger: ledgerOf(ordered, { policy, dayOf: utc, stretches }), stretches, soldOn: null, leftOn: leftOn(states, utc), risk };
}
const linesOf = (events: readonly JourneyEvent[], policy?: EconomicsPolicy) => accountOf(events, policy).ledger.lines;

describe('A ledger', () => {
  it('counts what was paid, net where that is told, less what was credited', () => {
    // 1,190.00 gross is 1,000.00 net; 119.00 of it credited before it was paid are 100.00 net; 11.90 after it 10.00.
    const events = [issued(60, 'I', 119_000, { net: eur(100_000), product: 'Desk' }), credited(50, 'I', 11_900), paid(40, 'I'), credited(30, 'I', 1_190), issued(20, 'J', 50_000)];
    expect(linesOf(events).map(({ amount, day, product, of }) => [amount, TODAY - day, product, of])).toEqual([[100_000, 40, 'Desk', 'I'], [-10_000, 40, 'Desk', 'I'], [-1_000, 30, 'Desk', 'I']]);
    expect(linesOf(events, { ...usualEconomics, income: 'invoices' }).map(({ amount, day }) => [amount, TODAY - day])).toEqual([[100_000, 60], [-10_000, 50], [-1_000, 30], [50_000, 20]]);
  });

  it('counts the days of subscriptions where no payment is known, exactly', () => {
    // 365.00 a year is 1.00 a day: the 100 days before today; today counts once it is over.
    const started = fact('subscription.started', 100, { subscription: 'S', recurring: eur(36_500), interval: 'year', product: 'Desk' });
    expect(marginOf(linesOf([started])).income).toBe(10_000);
    expect(marginOf(linesOf([started, fact('subscription.paused', 50, { subscription: 'S' }), fact('subscription.resumed', 20, { subscription: 'S' })])).income).toBe(7_000);
    expect(marginOf(linesOf([started, fact('subscription.changed', 10, { subscription: 'S', recurring: eur(73_000) })])).income).toBe(9_000 + 2_000);
    expect(marginOf(linesOf([started, issued(10, 'I', 500), paid(5, 'I')])).income).toBe(500);
    expect(linesOf([started]).every(({ product, events: [first] }) => product === 'Desk' && first!.type === 'subscription.started')).toBe(true);
  });

  it('takes off no credit note of another currency', () => {
    const odd = fact('invoice.credited', 3, { invoice: 'I', amount: { amount: 100, currency: 'USD' } });
    expect(linesOf([issued(10, 'I', 500), paid(5, 'I'), odd]).map(({ amount, currency }) => [amount, currency])).toEqual([[500, 'EUR']]);
  });

  it('says which invoices were paid of which nobody told the amount', () => {
    expect(accountOf([paid(5, 'I')]).ledger).toMatchObject({ lines: [], withoutAmount: 1 });
  });
});

describe('Margins', () => {
  const events = [issued(60, 'I', 100_000, { product: 'Desk' }), paid(40, 'I'), cost(30, 20_000, { driver: 'labour', product: 'Desk', ticket: 'T-1' }), cost(20, 10_000, { driver: 'labour', ticket: 'T-1' }), cost(10, 6_000, { driver: 'travel', ticket: 'T-2' }), cost(5, 4_000), won(70, 9_000)];

  it('leave out what it cost to win the customer: 1,000.00 less 400.00 is 60 %', () => {
    expect(marginOf(linesOf(events))).toEqual({ income: 100_000, costToServe: 40_000, contribution: 60_000, share: 0.6, n: 5 });
  });

  it('are no 100 % where no cost of service is known', () => {
    expect(marginOf(linesOf(events.filter(({ type }) => type !== 'cost.service-cost-recorded')))).toMatchObject({ income: 100_000, costToServe: 0, share: null });
  });

  it('have drivers and products that add up to them', () => {
    expect(marginsBy(linesOf(events), 'driver').map(({ key, costToServe }) => [key, costToServe])).toEqual([['labour', 30_000], ['travel', 6_000], [null, 4_000]]);
    expect(marginsBy(linesOf(events), 'product').map(({ key, contribution }) => [key, contribution])).toEqual([['Desk', 80_000], [null, -20_000]]);
  });

  it('of many have an interval in which who only costs is as uncertain as all others', () => {
    const of = (income: number, costs: number) => accountOf([...(income > 0 ? [issued(60, `I-${income}`, income), paid(40, `I-${income}`)] : []), cost(30, costs)]);
    const { margin } = economicsFigures([of(100, 50), of(100, 20), of(0, 40)], 'EUR', { from: TODAY - 90, to: TODAY, day: TODAY, policy: usualEconomics, acquire: null, revenue: revenueFigures([], usualRevenuePolicy) });
    // 90 / 200 = 0.45; off by 5, 35 and -40: sqrt(2850 x 3 / 2) / 200 = 0.32692, times 4.30265 (Student, 2).
    expect(margin).toMatchObject({ share: 0.45, n: 3, withIncome: 2, withCosts: 3, low: expect.closeTo(0.45 - 1.40662, 4), high: expect.closeTo(0.45 + 1.40662, 4) });
  });

  it('count as costs of revenue only what the policy says', () => {
    expect(marginOf(linesOf(events, { ...usualEconomics, costOfRevenue: ['labour'] }))).toMatchObject({ costToServe: 30_000, contribution: 70_000 });
  });

  it('know what a ticket costs: 300.00 and 60.00 are 180.00 in the mean', () => {
    expect(costPerTicket(linesOf(events).map((line) => ({ ...line, customer: 'c1' })))).toMatchObject({ n: 2, value: 18_000 });
    // T-1 of another customer is another ticket: 300.00, 60.00 and 90.00. By labour alone, T-2 has no cost of revenue.
    const of = (customer: string, own: readonly JourneyEvent[], policy?: EconomicsPolicy) => linesOf(own, policy).map((line) => ({ ...line, customer }));
    expect(costPerTicket([...of('c1', events), ...of('c2', [cost(5, 9_000, { ticket: 'T-1' })])])).toMatchObject({ n: 3, value: 15_000 });
    expect(costPerTicket(of('c1', events, { ...usualEconomics, costOfRevenue: ['labour'] }))).toMatchObject({ n: 1, value: 30_000 });
  });
});

describe('CAC', () => {
  it('has come back in the month in which contribution reaches it', () => {
    // 300.00 spent; 100.00 comes in on days 10, 40, 70 and 100: in the fourth month 300.00 are there only without the 50.00 of cost.
    const events = [won(300, 30_000), ...[290, 260, 230, 200].flatMap((days, place) => [issued(days + 1, `I-${place}`, 10_000), paid(days, `I-${place}`)]), cost(250, 5_000)];
    expect(cacRecoveryOf(linesOf(events), TODAY)).toMatchObject({ cac: 30_000, recovered: 35_000, unrecovered: 0, paybackMonths: 4, since: TODAY - 300 });
    expect(cacRecoveryOf(linesOf(events.filter(({ type }) => type !== 'cost.service-cost-recorded')), TODAY)).toMatchObject({ paybackMonths: 3 });
    const account = accountOf([won(20, 30_000), issued(10, 'I', 10_000), paid(5, 'I')], usualEconomics, 0.25);
    const days = { from: TODAY - 90, to: TODAY, day: TODAY };
    expect(accountEconomics(account, 'EUR', days)).toMatchObject({ recovery: { unrecovered: 20_000, paybackMonths: null, watched: 1 }, atRisk: 5_000 });
    // Who has left is at no risk: it is lost.
    expect(accountEconomics({ ...account, leftOn: TODAY - 1 }, 'EUR', days).atRisk).toBeNull();
  });

  it('has come back once contribution first reached it, whatever is spent later in that month or the next', () => {
    const first = [won(300, 30_000), issued(299, 'I', 30_000), paid(295, 'I')];
    // 300.00 are there on day 5; 50.00 of costs on day 20 or on day 40 are open again, and take nothing back.
    for (const days of [280, 260]) expect(cacRecoveryOf(linesOf([...first, cost(days, 5_000)]), TODAY)).toMatchObject({ paybackMonths: 1, recovered: 25_000, unrecovered: 5_000 });
    expect(cacRecoveryOf(linesOf([...first, cost(296, 5_000)]), TODAY)).toMatchObject({ paybackMonths: null });
  });

  it('counts months from day to day: the same day of the next month is in the second', () => {
    const since = utc('2026-03-10T12:00:00Z');
    const line = (day: number, kind: 'acquisition' | 'income', amount: number) => ({ at: '', day, kind, amount, currency: 'EUR', product: null, driver: null, ticket: null, of: null, left: false, events: [] });
    const months = (income: number, day: number) => { const { paybackMonths, watched } = cacRecoveryOf([line(since, 'acquisition', -100), line(income, 'income', 100)], day)!; return [paybackMonths, watched]; };
    // From 10 March, 9 April is day 30 and 10 April is day 31.
    expect([months(since + 30, since + 30), months(since + 31, since + 31)]).toEqual([[1, 1], [2, 2]]);
  });

  it('is not measured where none was recorded', () => {
    expect(cacRecoveryOf(linesOf([cost(5, 100)]), TODAY)).toBeNull();
  });

  it('is paid back by Kaplan and Meier: who is watched for less is not taken for one who never pays, who left is', () => {
    const recovery = (paybackMonths: number | null, watched: number) => ({ cac: 1, recovered: 0, unrecovered: 1, since: 0, paybackMonths, watched });
    // Months 3, 6, 12; one watched for 4 months. 1/4 by 3; of the two still open at 6, one: 1 - 3/4 x 1/2 = 5/8.
    const four = [[3, 20], [6, 20], [12, 20], [null, 4]] as const;
    const figures = paybackFigures(four.map(([months, watched]) => ({ recovery: recovery(months, watched), left: false })));
    expect(figures).toMatchObject({ n: 4, paidBack: 3, waiting: 1, lost: 0, medianMonths: 6 });
    expect(figures.curve.map(({ months, share }) => [months, share])).toEqual([[3, 0.25], [6, 0.625], [9, 0.625], [12, 1]]);
    const gone = paybackFigures(four.map(([months, watched]) => ({ recovery: recovery(months, watched), left: true })));
    expect(gone).toMatchObject({ lost: 1, waiting: 0, medianMonths: 6 });
    expect(gone.curve.at(-1)).toEqual({ months: 12, share: 0.75 });
  });

  it('comes back in aggregate in spend / (new MRR x margin) months, and never without a margin', () => {
    expect(cacPaybackMonths({ acquire: 1_200_000, newMrr: 100_000, margin: 0.8 })).toBeCloseTo(15, 12);
    expect([cacPaybackMonths({ acquire: 1, newMrr: 1, margin: -0.1 }), cacPaybackMonths({ acquire: null, newMrr: 1, margin: 1 }), cacPaybackMonths({ acquire: 1, newMrr: 0, margin: 1 })]).toEqual([null, null, null]);
  });
});

describe('Figures of many', () => {
  it('count who was won and lost among those won, ARPA over who pays at the end, and days that have been', () => {
    const revenue = {
      ...revenueFigures([], usualRevenuePolicy), newCustomers: 2, waterfall: { start: 120_000, new: 600_000, expansion: 0, escalator: 0, contraction: 0, churn: 360_000, reactivation: 0, end: 360_000 },
      logos: { start: 2, won: 1, lost: 0, back: 0, wonAndLost: 1, end: 3 }, logoChurn: { value: 0, of: 0, over: 1, n: 1, missing: null },
    };
    const accounts = [accountOf([issued(60, 'I', 100_000), paid(40, 'I'), cost(50, 20_000)]), { ...accountOf([won(100, 30_000)]), soldOn: TODAY - 100 }, { ...accountOf([]), soldOn: TODAY - 90 }];
    // A year up to today, asked for until 30 days hence.
    const { cac, aggregate, lifetime } = economicsFigures(accounts, 'EUR', { from: TODAY - 364, to: TODAY + 30, day: TODAY, policy: usualEconomics, acquire: 100_000, revenue });
    // 6,000.00 of new ARR are 500.00 a month, of both who were won: 500.00 each; 1,000.00 / (500.00 x 80 %) is 2.5 months.
    expect(aggregate).toEqual({ months: 2.5, acquire: 100_000, newMrr: 50_000, newCustomers: 2, blendedCac: 50_000, missing: [] });
    // 3,600.00 a year of three who pay: 100.00 a month each; 80 % of it, for 60 months.
    expect(lifetime).toMatchObject({ arpa: 10_000, capped: 480_000 });
    expect(lifetime.months).toBeCloseTo(12, 12);
    // Of one of the two who were sold to it is known.
    expect(cac).toMatchObject({ n: 1, value: 30_000, sold: 2 });
  });
});

describe('The day on which a customer left', () => {
  const started = fact('subscription.started', 900, { subscription: 'S', recurring: eur(100), interval: 'year' });
  const endedOn = (days: number, subscription = 'S') => fact('subscription.ended', days, { subscription, reason: 'voluntary' });
  const left = (...events: readonly JourneyEvent[]) => { const { leftOn: day } = accountOf(events); return day === null ? null : TODAY - day; };

  it('is moved by nothing that is told of it afterwards', () => {
    expect(left(started, endedOn(500))).toBe(500);
    expect(left(started, endedOn(500), fact('customer.closed', 40, {}))).toBe(500);
    expect(left(started, endedOn(500), fact('subscription.terms-set', 40, { subscription: 'S', noticeDays: 30 }))).toBe(500);
    expect(left(started, fact('customer.closed', 300, {}), endedOn(200))).toBe(300);
  });

  it('is that of the last subscription, and of who is back there is none', () => {
    const other = fact('subscription.started', 800, { subscription: 'T', recurring: eur(100), interval: 'year' });
    expect([left(started, other, endedOn(500), endedOn(450, 'T')), left(started, other, endedOn(500)), left(started, other, endedOn(500), fact('customer.closed', 300, {}))]).toEqual([450, null, 300]);
    expect([left(started, endedOn(500), fact('subscription.resumed', 400, { subscription: 'S' })), left(started, endedOn(500), fact('subscription.resumed', 400, { subscription: 'S' }), endedOn(100)), left()]).toEqual([null, 100, null]);
  });
});

describe('LTV', () => {
  const asked = { arpa: 10_000, margin: 0.8, n: 100, left: 24, months: 12, horizonMonths: 3 };

  it('is ARPA x contribution margin over churn of a month', () => {
    // 24 of 100 in a year: 1 - 0.76^(1/12) = 1 - exp(-0.274437 / 12) = 2.26102 % a month; 80.00 / 0.0226102 = 3,538.23; over three months 80.00 x (1 + 0.97739 + 0.95529) = 234.61.
    const told = lifetimeValueOf(asked);
    expect(told).toMatchObject({ value: 353_823, capped: 23_461 });
    expect(told.monthlyChurn).toBeCloseTo(0.0226, 4);
    expect(told.low).toBeLessThan(told.value!);
    expect(told.high).toBeGreaterThan(told.value!);
  });

  it('is undefined where nobody left; capped by the horizon it is not', () => {
    expect(lifetimeValueOf({ ...asked, left: 0 })).toMatchObject({ value: null, low: null, high: null, capped: 24_000, cappedHigh: 24_000, monthlyChurn: 0 });
    expect(lifetimeValueOf({ ...asked, margin: null })).toMatchObject({ value: null, capped: null });
    expect(lifetimeValueOf({ ...asked, n: 0, left: 0 })).toMatchObject({ capped: null, monthlyChurn: null });
    expect(lifetimeValueOf({ ...asked, margin: -0.5 }).capped).toBeLessThan(0);
  });
});

describe('Fit at the sale', () => {
  it('is the last judgement by the day of the sale, never a later one', () => {
    const judged = [fact('sale.fit-assessed', 100, { score: 30, seller: 'petra' }), fact('sale.fit-assessed', 80, { score: 60, seller: 'petra' }), fact('sale.fit-assessed', 10, { score: 95 })];
    expect(fitAtSale(judged, TODAY - 80, utc)).toMatchObject({ score: 60, seller: 'petra' });
    expect(fitAtSale(judged, TODAY - 120, utc)).toBeNull();
  });

  it('is held against who left within a year, of those sold to a year ago or longer', () => {
    const one = (score: number, sold: number, left: number | null, seller = 'petra') => ({ customer: `${score}-${sold}`, score, seller, soldOn: TODAY - sold, leftOn: left === null ? null : TODAY - left, income: 1_000, contribution: score * 10, measured: score !== 75 });
    const cases = [one(20, 800, 700), one(49.9, 800, null), one(50, 800, 100), one(75, 800, null), one(80, 100, 50, 'jonas')];
    const bands = fitFigures(cases, 'band', TODAY, usualEconomics);
    // Who left 700 days after the sale (band in the middle) did not within the year; who was sold to 100 days ago is not counted yet. Of the one at 75 no costs are known.
    expect(bands.map(({ key, customers, churn, waiting, margin }) => [key, customers, churn.left, churn.n, churn.tooFew, waiting, margin])).toEqual([['poor', 2, 1, 2, true, 0, 0.3495], ['middle', 1, 0, 1, true, 0, 0.5], ['good', 2, 0, 1, true, 1, 0.8]]);
    expect(fitFigures(cases, 'seller', TODAY, usualEconomics).map(({ key, customers }) => [key, customers])).toEqual([['petra', 4], ['jonas', 1]]);
    expect(fitFigures(Array.from({ length: 30 }, (_, place) => one(10, 400 + place, null)), 'band', TODAY, usualEconomics)[0]!.churn).toMatchObject({ n: 30, tooFew: false, value: 0 });
  });

  it('counts who was sold to a year ago to the day, and who left on that day', () => {
    const [soldOn, day] = [utc('2025-03-10T12:00:00Z'), utc('2026-03-10T12:00:00Z')];
    const churn = (leftOn: number | null, today = day) => { const { churn: { n, left } } = fitFigures([{ customer: 'c', score: 10, seller: null, soldOn, leftOn, income: 0, contribution: 0, measured: false }], 'band', today, usualEconomics)[0]!; return [n, left]; };
    expect([churn(null), churn(null, day - 1), churn(day), churn(day + 1, day + 1)]).toEqual([[1, 0], [0, 0], [1, 1], [1, 0]]);
  });
});

describe('Spend', () => {
  const spent = (entry: string, purpose: string, amount: number, from: string, to: string) => fact('company.period-spend-recorded', 1, { entry, purpose, amount: eur(amount), from, to });
  const day = (date: string) => utc(`${date}T12:00:00Z`);

  it('counts by the days of its period, the last word of each entry, and adds up over neighbouring times', () => {
    const events = [spent('a', 'acquire', 1, '2026-07-01', '2026-09-30'), spent('a', 'acquire', 92_001, '2026-07-01', '2026-09-30'), spent('b', 'retain', 10_000, '2026-07-15', '2026-07-15'), spent('c', 'retain', 5_000, '2026-07-01', '2026-07-31'), spent('c', 'retain', 0, '2026-07-01', '2026-07-31')];
    const [july] = spendOf(events, day('2026-07-01'), day('2026-07-31'));
    // 31 of 92 days of 920.01 are 310.00.
    expect(july).toMatchObject({ currency: 'EUR', acquire: 31_000, retain: 10_000, ratio: 3.1 });
    const [rest] = spendOf(events, day('2026-08-01'), day('2026-12-31'));
    expect(july!.acquire + rest!.acquire).toBe(92_001);
    expect([rest!.retain, rest!.ratio]).toEqual([0, null]);
    // A time that begins on the last day of an entry has that day of it: 1 of 92 days of 920.01, and 31 of 92 up to there are 310.00, so 610.01 less 600.01.
    expect(spendOf(events, day('2026-09-30'), day('2026-10-31'))[0]).toMatchObject({ acquire: 1_000 });
    expect(spendOf(events, day('2026-06-01'), day('2026-07-01'))[0]).toMatchObject({ acquire: 1_000 });
  });
});

describe('What others would take', () => {
  const priced = (days: number, price: number, more: object = {}) => fact('company.alternative-priced', 1, { alternative: 'them', per: 'ticket', price: eur(price), from: ago(days), source: 'Offer', ...more });
  const days = { from: TODAY - 364, to: TODAY, day: TODAY };

  it('is the price that holds on the day: the one that began last, of equal ones the last word, and none that was taken back', () => {
    // Told out of order: from day 300 on 20.00, from day 100 on 30.00, corrected to 31.00.
    const facts = [priced(100, 3_000), priced(300, 2_000), priced(100, 3_100)];
    expect([350, 300, 101, 100, 0].map((before) => alternativesOn(facts, TODAY - before).map(({ price }) => price.amount))).toEqual([[], [2_000], [2_000], [3_100], [3_100]]);
    expect(alternativesOn([...facts, priced(50, 0)], TODAY)).toEqual([]);
  });

  it('stands beside a mean ticket, and beside costs over years of service, several subscriptions at once counting once', () => {
    const started = (subscription: string, at: number) => fact('subscription.started', at, { subscription, recurring: eur(36_500), interval: 'year' });
    const ended = (subscription: string, at: number) => fact('subscription.ended', at, { subscription, reason: 'other' });
    // The days before today from day 364 on, less those from 200 to 151 of neither: 314. Costs 40.00 + 60.00 on two tickets, 14.00 on none: 114.00 x 365 / 314 = 132.51592 a year; one of another year does not count.
    const account = accountOf([started('A', 400), ended('A', 200), started('B', 300), ended('B', 210), started('C', 150), cost(90, 4_000, { ticket: 'T-1' }), cost(80, 6_000, { ticket: 'T-2' }), cost(70, 1_400), cost(380, 99_000, { ticket: 'T-0' })]);
    const prices = alternativesOn([priced(300, 2_400), priced(300, 15_000, { alternative: 'all', per: 'customer-year' })], TODAY);
    const [year, ticket] = comparedAlternatives(prices, [account], days);
    expect(ticket).toMatchObject({ alternative: 'them', ours: { n: 2, value: 5_000 }, difference: { value: 2_600 }, coverage: { measured: 2, of: null }, missing: [] });
    expect(year).toMatchObject({ alternative: 'all', ours: { n: 1, value: expect.closeTo(13_251.592, 2), low: null }, difference: { value: expect.closeTo(-1_748.408, 2), low: null, high: null }, coverage: { measured: 1, of: 1 } });
    // The interval moves with the price: two customers of a whole year each, 100.00 and 200.00.
    const [both] = comparedAlternatives(prices.filter(({ per }) => per === 'customer-year'), [10_000, 20_000].map((amount) => accountOf([started('A', 400), cost(50, amount)])), days);
    expect(both!.ours.value).toBeCloseTo(15_000 * 365 / 364, 4);
    expect([both!.difference.low! + 15_000, both!.difference.high! + 15_000]).toEqual([expect.closeTo(both!.ours.low!, 6), expect.closeTo(both!.ours.high!, 6)]);
  });

  it('has nothing to stand beside where no cost is known, or none in the currency of the price', () => {
    const [none] = comparedAlternatives(alternativesOn([priced(300, 2_400)], TODAY), [accountOf([cost(50, 100)])], days);
    expect(none).toMatchObject({ ours: { n: 0, value: null }, difference: { value: null }, missing: ['cost.service-cost-recorded'] });
    const [year] = comparedAlternatives(alternativesOn([priced(300, 2_400, { per: 'customer-year', price: { amount: 1, currency: 'USD' } })], TODAY), [accountOf([cost(50, 100)])], days);
    expect(year).toMatchObject({ ours: { n: 0, value: null }, missing: ['cost.service-cost-recorded', 'subscription.started'], coverage: { measured: 0, of: 0 } });
  });
});
