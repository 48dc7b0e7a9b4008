import { groupsOf } from '../experience/figure.js';
import type { Money } from '../sheet/fact.js';
import { type CustomerLedger, ledgersOf } from '../revenue/ledger.js';
import type { RevenuePolicy } from '../revenue/policy.js';
import { type Convert, converterOf, type ExchangeRates, revenueCurrencies } from '../revenue/rates.js';
import type { Steps } from '../churn/models/steps.js';
import type { Close, ReportAccount, ReportWindow } from './account.js';
import type { CompanySaid } from './company.js';
import type { MoneyKind } from './figure.js';
import { inOneCurrency } from './in-one-currency.js';
import { leftOut } from './left-out.js';
import type { Quarter } from './quarter.js';

/** The quarter reported, or one before it: days included at both ends, moments from `begins` to before `ends`. */
export interface Span { readonly from: number; readonly to: number; readonly begins: string; readonly ends: string; readonly until: string }

/** All that a report is made of. */
export interface ReportBook {
  readonly quarter: Quarter;
  /** Null: all. */
  readonly segment: string | null;
  readonly window: ReportWindow;
  /** The quarter reported and the four before it, newest first. */
  readonly spans: readonly Span[];
  readonly accounts: readonly ReportAccount[];
  /** Of each span, a ledger for each account, in their order. */
  readonly ledgers: readonly (readonly CustomerLedger[])[];
  /** The reporting currency; null where nobody pays anything. */
  readonly currency: string | null;
  readonly convert: Convert;
  /** The customers of whom amounts are in no sum, as no rate turns them into the reporting currency. */
  readonly left: Readonly<Record<MoneyKind, ReadonlySet<string>>>;
  readonly policy: RevenuePolicy;
  readonly company: CompanySaid;
  /** Types of facts that were told by `asOf`, of any of the accounts or of the company. */
  readonly types: ReadonlySet<string>;
}

export interface BookOptions extends Pick<ReportBook, 'quarter' | 'segment' | 'window' | 'company' | 'policy'> {
  readonly accounts: readonly ReportAccount[];
  /** All amounts of the report are converted by these. Null: those in another currency than the one that subscriptions of the tenant are told in most often are left out, and counted. */
  readonly rates: ExchangeRates | null;
}

/** Accounts of a segment, with their ledgers; in the order of their ids. Rates are those of the quarter reported, also for the quarters before it; `policy` counts merged customers together. */
export function* bookOf({ accounts: all, rates, policy, quarter, segment, window, company }: BookOptions): Steps<ReportBook> {
  const own = all.filter((account) => segment === null || account.segment === segment).toSorted((a, b) => (a.customer < b.customer ? -1 : 1));
  const currency = rates?.currency ?? mostToldIn(all);
  const convert = rates ? converterOf(rates) : converterOf({ currency: currency ?? 'EUR', rates: {} });
  const accounts = own.map((account) => ({ ...account, economics: inOneCurrency(account.economics, currency, convert) }));
  const spans = window.closes.slice(0, -1).map((close, place) => spanOf(window.closes[place + 1]!, close, window));
  const ledgers: CustomerLedger[][] = spans.map(() => []);
  for (const [done, { customer, revenueFacts }] of accounts.entries()) {
    yield { of: 'ledgers of customers', done, all: accounts.length };
    spans.forEach((period, place) => ledgers[place]!.push(ledgersOf(customer, revenueFacts, { period, policy, calendar: window.calendar, convert })[0]!));
  }
  const types = new Set([...accounts.flatMap((account) => [...account.types]), ...company.types]);
  const left = leftOut({ accounts, ledgers, spans, currency });
  return { quarter, segment, window, spans, accounts, ledgers, currency, convert, left, policy, company, types };
}

const spanOf = (before: Close, { day, at }: Close, { calendar, asOf }: ReportWindow): Span => (
  { from: before.day + 1, to: day, begins: calendar.startOf(before.day + 1), ends: calendar.startOf(day + 1), until: at < asOf ? at : asOf });

/** By how often subscriptions of the whole tenant were told in it, as revenue has it, or else what customers earned us and cost us; the code decides among equals. */
function mostToldIn(accounts: readonly ReportAccount[]): string | null {
  const [currency] = revenueCurrencies(accounts.flatMap(({ revenueFacts }) => revenueFacts));
  const told = currency === undefined ? [...groupsOf(accounts.flatMap(({ economics }) => economics.ledger.lines), (line) => line.currency)] : [];
  return currency ?? told.sort(([a, own], [b, others]) => others.length - own.length || (a < b ? -1 : 1))[0]?.[0] ?? null;
}

/** In the reporting currency; what cannot be converted counts nothing. */
export const worth = ({ convert }: Pick<ReportBook, 'convert'>, amounts: readonly Money[]): number => amounts.reduce((sum, money) => sum + (convert(money) ?? 0), 0);

/** Whether a moment lies in a span. */
export const isWithin = ({ begins, ends }: Span, at: string | null): boolean => at !== null && Date.parse(at) >= Date.parse(begins) && Date.parse(at) < Date.parse(ends);
