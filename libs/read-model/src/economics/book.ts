import { converterOf, currenciesOf, dayOfDate, type ExchangeRates, inReporting, type InReporting, type PolicyChange, type RevenuePolicy, revenueCurrencies } from '#insight';
import { type JourneyEvent, parsePosition, type Position } from '#journey';
import { customerRow } from '../customers/get-customer.js';
import { type ExperienceWindow, windowOf, type WindowOptions } from '../experience/window.js';
import { groupBy } from '../group-by.js';
import { knownOf, knownUntil } from '../health/known.js';
import { assertPart } from '../part-unknown.js';
import { positionOf, QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { ratesFor, revenueSettings } from '../revenue/settings.js';
import { type Calendar, calendarOf } from '../tenant.js';
import { breather } from '../whole-history/breathing.js';
import { type CustomerEconomics, customersNow, economicsOf, segmentsNow, strangerOf } from './customers.js';
import { factsKnown, factsNow, type FactsOf, factsOfOneKnown, spendFacts } from './facts.js';
import { type NamedPolicy, policyOf, type PolicyOptions } from './policy-of.js';
import { economicsSettings } from './settings.js';

export interface BookOptions extends WindowOptions, PolicyOptions {
  /** What was known by then counts: an instant, or the end of a day. */
  readonly knownAt?: string;
  readonly segment?: string;
  /** Only this customer. */
  readonly customer?: string;
}

/** What every answer says of how it was worked out. */
export interface Told {
  readonly today: Calendar['today'];
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  /** What was known by then counts; null: what is known now. */
  readonly knownAt: string | null;
  /** Of the last fact that was counted; null without any. */
  readonly position: Position | null;
  readonly policy: NamedPolicy;
  /** Where it is not the tenant's own. */
  readonly changes: readonly PolicyChange[];
  /** What amounts are converted to, at the rates in force as the time begins (of a whole life: at `asOf`); null while nobody paid anything. */
  readonly rates: ExchangeRates | null;
  readonly coverage: Coverage;
}

export interface Coverage {
  readonly customers: number;
  /** Currencies without a rate: what is paid or spent in them stands apart, and is added to nothing. */
  readonly unconverted: readonly { readonly currency: string; readonly customers: number }[];
  readonly missing: string | null;
}

export interface EconomicsBook {
  readonly told: Told;
  readonly window: ExperienceWindow;
  readonly policy: NamedPolicy;
  /** By which NRR, churn and ARPA are counted. */
  readonly revenuePolicy: RevenuePolicy;
  readonly rates: ExchangeRates | null;
  readonly into: InReporting;
  readonly customers: readonly CustomerEconomics[];
  readonly spend: readonly JourneyEvent[];
}

const LIFE = 3_650;

/** What any figure of economics is worked out from. `life`: of the whole life of customers, where no time is chosen. @throws QueryRefused naming the parameter */
export async function openBook(model: ReadModelOptions, { tenant, segment, customer, knownAt: asked, ...options }: BookOptions, life = customer !== undefined): Promise<EconomicsBook> {
  const told = asked === undefined ? null : await knownUntil(model.reader, asked);
  const { window, knownAt, settings, revenue, who, rows, spend } = await read(model.reader, tenant, async (sql) => {
    const known = told === null ? null : knownOf(asked, await calendarOf(sql, tenant, model.now()), told);
    const own = await economicsSettings(sql, tenant, known ?? undefined);
    const id = customer === undefined || known !== null ? customer : (await customerRow(sql, tenant, customer)).customer;
    if (segment !== undefined) assertPart('segment', segment, await segmentsNow(sql, tenant));
    return {
      knownAt: known, settings: own, window: await windowOf(sql, { tenant, ...options }, model.now(), life ? LIFE : own.policy.windowDays), revenue: await revenueSettings(sql, tenant, known ?? undefined),
      who: await customersNow(sql, tenant, { segment, ...(known === null && { customer: id }) }), spend: await spendFacts(sql, tenant, known),
      rows: known === null ? await factsNow(sql, tenant, id) : customer === undefined ? null : await factsOfOneKnown(sql, tenant, { customer, knownAt: known }),
    };
  });
  const { policy, changes } = policyOf(settings.policy, options);
  const facts = rows ?? await factsKnown(model, tenant, knownAt!);
  if (customer !== undefined && facts.size === 0 && knownAt !== null) throw new QueryRefused('customer-unknown', `Nothing was known of ${customer} by then.`);
  const until = Date.parse(window.until);
  const counted = new Map([...facts].map(([id, own]) => [id, own.filter(({ occurredAt }) => Date.parse(occurredAt) <= until)]));
  const ratesDay = life && options.from === undefined ? window.calendar.dayOf(window.until) : dayOfDate(window.from);
  const rates = ratesFor(revenue, ratesDay, revenue.policy.currency, mostPaid(counted));
  const into = rates ? inReporting(converterOf(rates), rates.currency) : (money: { amount: number; currency: string }) => money;
  const people = knownAt === null ? who : peopleKnown(who, counted, segment);
  const breathe = breather();
  const customers: CustomerEconomics[] = [];
  for (const one of people) {
    await breathe();
    customers.push(economicsOf({ ...one, risk: window.past || knownAt !== null ? null : one.risk }, counted.get(one.id) ?? [], { window, policy, into }));
  }
  const last = customers.reduce((most, { facts: own }) => own.reduce((n, { position }) => Math.max(n, parsePosition(position).n), most), 0);
  const position = last === 0 ? null : await read(model.reader, tenant, (sql) => positionOf(sql, last));
  return {
    window, policy, revenuePolicy: revenue.policy, rates, into, customers, spend,
    told: { today: window.calendar.today, from: window.from, to: window.to, asOf: window.until, knownAt, position, policy, changes, rates, coverage: coverageOf(customers, rates) },
  };
}

/** Where no rates were ever declared: what most facts of subscriptions are told in, or else most amounts. */
function mostPaid(facts: FactsOf): string | null {
  const all = [...facts.values()].flat();
  const amounts = all.flatMap(({ data }) => (data['amount'] as { currency?: string } | undefined)?.currency ?? []);
  return revenueCurrencies(all)[0] ?? [...groupBy(amounts, (currency) => currency)].sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1))[0]?.[0] ?? null;
}

/** Who was known then, by the names and segments of today. */
function peopleKnown(now: Awaited<ReturnType<typeof customersNow>>, facts: FactsOf, segment: string | undefined) {
  const byId = new Map(now.map((one) => [one.id, one]));
  return [...facts.keys()].flatMap((id) => byId.get(id) ?? (segment === undefined ? [strangerOf(id)] : []));
}

const NOTHING = 'nothing is known of what customers earn or cost; needs invoice.issued and invoice.paid or subscription.started, cost.service-cost-recorded and cost.acquisition-cost-recorded';

function coverageOf(customers: readonly CustomerEconomics[], rates: ExchangeRates | null): Coverage {
  const told = customers.flatMap((customer) => currenciesOf(customer));
  const unconverted = [...groupBy(told.filter((currency) => currency !== rates?.currency), (currency) => currency)].map(([currency, own]) => ({ currency, customers: own.length })).sort((a, b) => b.customers - a.customers || (a.currency < b.currency ? -1 : 1));
  return { customers: customers.length, unconverted, missing: told.length === 0 ? NOTHING : unconverted.length > 0 ? `no rate of ${unconverted.map(({ currency }) => currency).join(', ')} is known; needs PUT /v1/revenue/settings/rates` : null };
}

/** The reporting currency first, then those that stand apart, that of most customers first. */
export function currenciesIn(customers: readonly CustomerEconomics[], rates: ExchangeRates | null): string[] {
  const told = [...groupBy(customers.flatMap(currenciesOf), (currency) => currency)];
  return told.sort(([a, some], [b, others]) => Number(b === rates?.currency) - Number(a === rates?.currency) || others.length - some.length || (a < b ? -1 : 1)).map(([currency]) => currency);
}

/** The days of a window, and the one that is looked from. */
export const daysOf = ({ from, to, until, calendar }: ExperienceWindow) => ({ from: dayOfDate(from), to: dayOfDate(to), day: calendar.dayOf(until) });
