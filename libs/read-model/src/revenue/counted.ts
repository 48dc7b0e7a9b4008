import { budgetCutsOf, type CustomerLedger, converterOf, dayOfDate, type ExchangeRates, isBudgetFact, ledgersOf, type PolicyChange, policyChanges, revenueCurrencies, type RevenuePolicy, subscriptionHistory, terminableOn } from '#insight';
import { parsePosition } from '#journey';
import { knownUntil } from '../health/known.js';
import { assertPart } from '../part-unknown.js';
import { positionOf, read, type ReadModelOptions } from '../reading.js';
import { startOfDay } from '../tenant.js';
import { breather } from '../whole-history/breathing.js';
import { CUT_DAYS, type Exposed } from './exposure.js';
import { customersOf, type RevenueStory, storiesKnown, storiesNow } from './load.js';
import { type AskedPeriod, type PeriodOptions, periodOf } from './period.js';
import { ratesFor, revenueSettings, type RevenueSettings } from './settings.js';

/** By what figures are told apart. */
export const REVENUE_GROUPS = ['segment', 'owner', 'product', 'region'] as const;
export type RevenueGroup = (typeof REVENUE_GROUPS)[number];

/** What may be asked for otherwise than the tenant has decided. */
export type PolicyOptions = Partial<Omit<RevenuePolicy, 'name' | 'multiYear'>>;

export interface RevenueOptions extends PeriodOptions {
  readonly policy?: PolicyOptions;
  /** Only customers of it. */
  readonly segment?: string;
  readonly owner?: string;
}

/** What every answer says of how it was counted. */
export interface RevenueHead {
  readonly from: string;
  readonly to: string;
  /** What had happened by then counts; the figures of a period that is not over are those so far. */
  readonly asOf: string;
  /** What was known by then counts; null: what is known now. */
  readonly knownAt: string | null;
  /** Of the newest fact that is counted; null without any. */
  readonly position: string | null;
  /** Of all amounts; null while nobody ever paid anything. */
  readonly currency: string | null;
  readonly policy: RevenuePolicy;
}

export const headOf = ({ period: { from, to, until: asOf, knownAt }, position, rates, policy }: Counted): RevenueHead => ({ from, to, asOf, knownAt, position, currency: rates?.currency ?? null, policy });

/** What figures of a period are made from. */
export interface Counted {
  readonly period: AskedPeriod;
  readonly settings: RevenueSettings;
  readonly policy: RevenuePolicy;
  /** Where it is not the tenant's own. */
  readonly changes: readonly PolicyChange[];
  /** Null while nobody ever paid anything. */
  readonly rates: ExchangeRates | null;
  readonly stories: readonly RevenueStory[];
  /** Of the newest fact that is counted; null without any. */
  readonly position: string | null;
  /** Of all of them, by that policy. */
  readonly ledgers: readonly CustomerLedger[];
  /** By another policy, or of one product alone. */
  ledgersBy(other: { readonly policy?: RevenuePolicy; readonly product?: string | null }): Promise<readonly CustomerLedger[]>;
  /** What each could end, were it to say so at the moment that is asked about. */
  terminable(): Promise<readonly Exposed[]>;
}

/** Loads what was asked for, and how it is to be counted. @throws QueryRefused naming the parameter */
export async function count(model: ReadModelOptions, { policy: asked = {}, segment, owner, ...options }: RevenueOptions): Promise<Counted> {
  const { tenant, knownAt } = options;
  const until = knownAt === undefined ? null : await knownUntil(model.reader, knownAt);
  const { period, settings, customers, now } = await read(model.reader, tenant, async (sql) => {
    const found = await periodOf(sql, options, model.now(), until);
    return { period: found, settings: await revenueSettings(sql, tenant, found.knownAt ?? undefined), customers: await customersOf(sql, tenant), now: found.knownAt === null ? await storiesNow(sql, tenant) : null };
  });
  const all = now ?? await storiesKnown(model, tenant, period.knownAt!, customers);
  if (segment !== undefined) assertPart('segment', segment, [...new Set([...customers.values()].flatMap((customer) => customer.segment ?? []))].sort());
  const stories = all.filter(({ customer }) => (segment === undefined || customer.segment === segment) && (owner === undefined || customer.owner === owner));
  const changes = policyChanges(settings.policy, { ...settings.policy, ...asked });
  const policy = changes.length === 0 ? settings.policy : { ...settings.policy, ...asked, name: `${settings.policy.name}, otherwise in ${changes.map(({ setting }) => setting).join(', ')}` };
  const newest = stories.reduce((most, { facts }) => facts.reduce((n, { position }) => Math.max(n, parsePosition(position).n), most), -1);
  // The currency of the whole tenant, whatever part of it is asked for.
  const rates = ratesFor(settings, dayOfDate(period.from), policy.currency, revenueCurrencies(all.flatMap(({ facts }) => facts))[0] ?? null);
  const { calendar: { dayOf } } = period;
  const calendar = { dayOf, startOf: (day: number) => startOfDay(day, dayOf) };
  const convert = rates ? converterOf(rates) : () => null;
  const breathe = breather();
  const ofEach = async <T>(work: (story: RevenueStory) => readonly T[]): Promise<T[]> => {
    const made: T[] = [];
    for (const story of stories) {
      made.push(...work(story));
      await breathe();
    }
    return made;
  };
  const ledgersBy: Counted['ledgersBy'] = ({ policy: by = policy, product }) => ofEach(({ customer, facts }) => ledgersOf(customer.id, facts, { period, policy: by, calendar, convert, ...(product !== undefined && { product }) }));
  return {
    period, settings, policy, changes, rates, stories, position: newest < 0 ? null : await read(model.reader, tenant, (sql) => positionOf(sql, newest)), ledgers: await ledgersBy({}), ledgersBy,
    terminable: () => ofEach(({ customer: { id }, facts }) => [{
      customer: id, parts: terminableOn(subscriptionHistory(facts, { customer: id, policy, calendar, until: period.until }), dayOf(period.until), { policy, convert }),
      cuts: budgetCutsOf(facts, period.until, CUT_DAYS), told: facts.some(({ type, occurredAt }) => isBudgetFact(type) && Date.parse(occurredAt) <= Date.parse(period.until)),
    }]),
  };
}
