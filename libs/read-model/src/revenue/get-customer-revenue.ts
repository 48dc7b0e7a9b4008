import { Query } from '@nestjs/cqrs';
import { converterOf, dayOfDate, type ExchangeRates, ledgersOf, type Movement, recurringAt, type RecurringPart, type RenewalTerm, revenueCurrencies, type RevenuePolicy, subscriptionHistory, type Terminable, terminableOn } from '#insight';
import { effectiveEvents } from '#journey';
import { storyOf, togetherOf } from '../customers/together.js';
import { knownUntil } from '../health/known.js';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { startOfDay } from '../tenant.js';
import type { PolicyOptions } from './counted.js';
import { customersOf } from './load.js';
import { type PeriodOptions, periodOf } from './period.js';
import { ratesFor, revenueSettings } from './settings.js';

export interface GetCustomerRevenueOptions extends Pick<PeriodOptions, 'tenant' | 'asOf' | 'knownAt'> {
  readonly customer: string;
  readonly policy?: PolicyOptions;
}

/** What one customer brings in a year and every movement of it there ever was. Amounts in minor units of `currency`. */
export interface CustomerRevenueAnswer {
  readonly customer: string;
  /** As it is called today; null where nobody said. */
  readonly name: string | null;
  /** Our id of the customer that was asked for, where it is merged into this one; else null. */
  readonly askedAs: string | null;
  readonly asOf: string;
  readonly knownAt: string;
  readonly currency: string | null;
  readonly policy: RevenuePolicy;
  readonly rates: ExchangeRates | null;
  /** Null: no subscription was ever told, and `missing` says what it would take. */
  readonly arr: number | null;
  readonly missing: string | null;
  readonly parts: readonly RecurringPart[];
  readonly movements: readonly Movement[];
  readonly renewals: readonly RenewalTerm[];
  readonly terminable: readonly Terminable[];
}

export class GetCustomerRevenue extends Query<CustomerRevenueAnswer> {
  constructor(readonly options: GetCustomerRevenueOptions) {
    super();
  }
}

const EVER = '1970-01-01T00:00:00.000Z';

/** From the log, at the rates in force at `asOf`. Of merged customers that a policy counts apart, those of who stands for them. */
export async function getCustomerRevenue(model: ReadModelOptions, { customer, policy: otherwise, ...options }: GetCustomerRevenueOptions): Promise<CustomerRevenueAnswer> {
  const { tenant } = options;
  const told = await knownUntil(model.reader, options.knownAt);
  return read(model.reader, tenant, async (sql) => {
    const { calendar: { dayOf, today }, until, knownAt } = await periodOf(sql, options, model.now(), told);
    const together = await togetherOf(sql, tenant, customer, knownAt!);
    const story = (await storyOf(sql, tenant, together)).filter(({ observedAt }) => observedAt <= knownAt!);
    if (story.length === 0) throw new QueryRefused('customer-unknown', `Nothing is known of ${customer}.`);
    const facts = effectiveEvents(story);
    const settings = await revenueSettings(sql, tenant, knownAt!);
    const policy = { ...settings.policy, ...otherwise };
    const rates = ratesFor(settings, Math.min(today.day, dayOf(until)), policy.currency, revenueCurrencies(facts)[0] ?? null);
    const calendar = { dayOf, startOf: (day: number) => startOfDay(day, dayOf) };
    const convert = rates ? converterOf(rates) : () => null;
    // Beyond now, so that the renewals that are to come are told as open.
    const ends = new Date(Math.max(Date.parse(until) + 1, Date.parse(calendar.startOf(dayOfDate(today.date) + 800)))).toISOString();
    const [ledger] = ledgersOf(together.root, facts, { policy, calendar, convert, period: { begins: EVER, ends, until } }).filter(({ unit }) => unit === together.root);
    const own = policy.merge === 'together' ? facts : facts.filter(({ stream }) => stream.id === together.root);
    const asked = { customer: together.root, policy, calendar, until, convert };
    const history = subscriptionHistory(own, asked);
    const { amount, parts } = recurringAt(own, asked);
    return {
      customer: together.root, name: (await customersOf(sql, tenant, together.root)).get(together.root)?.name ?? null, askedAs: together.askedAs, asOf: until, knownAt: knownAt!, currency: rates?.currency ?? null, policy, rates,
      arr: history.length === 0 ? null : amount, missing: history.length === 0 ? 'no subscription was told of; needs subscription.started' : null,
      parts, movements: ledger?.movements ?? [], renewals: ledger?.renewals ?? [], terminable: terminableOn(history, dayOf(until), asked),
    };
  });
}
