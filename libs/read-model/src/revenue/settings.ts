import { Query } from '@nestjs/cqrs';
import { readStreamRows, type Sql } from '#event-store';
import { dateOfDay, type ExchangeRates, type RevenuePolicy, usualRevenuePolicy } from '#insight';
import { effectiveEvents, type JourneyEvent, parsePosition } from '#journey';
import { read, type ReadModelOptions } from '../reading.js';

/** The streams in which a tenant's settings of revenue stand. */
export const EXCHANGE_RATES = { category: 'exchangerates', id: 'rates' } as const;
export const REVENUE_POLICY = { category: 'revenuepolicy', id: 'policy' } as const;

/** Rates from a day on, as they were declared. */
export interface DeclaredRates extends ExchangeRates {
  readonly on: string;
}

export interface RevenueSettings extends Decided<RevenuePolicy> {
  /** By the day from which they hold, the earliest first; what was said last of a day counts. */
  readonly rates: readonly DeclaredRates[];
}

export class GetRevenueSettings extends Query<RevenueSettings> {
  constructor(readonly options: { readonly tenant: string }) {
    super();
  }
}

export const getRevenueSettings = ({ reader }: Pick<ReadModelOptions, 'reader'>, { tenant }: GetRevenueSettings['options']): Promise<RevenueSettings> => read(reader, tenant, (sql) => revenueSettings(sql, tenant));

/** What has been decided of a policy, and by which fact; null while the usual one counts. */
export interface Decided<Policy> {
  readonly policy: Policy;
  readonly decided: { readonly source: string; readonly id: string; readonly at: string; readonly reason: string | null } | null;
}

/** The facts of a tenant's settings, as they were known at a moment and up to a place in the log; now, where none is given. */
async function settingFacts(sql: Sql, tenant: string, stream: { readonly category: string; readonly id: string }, knownAt?: string, upTo = Number.MAX_SAFE_INTEGER): Promise<JourneyEvent[]> {
  const facts = await readStreamRows(sql, { tenant, ...stream });
  return effectiveEvents(facts.filter(({ observedAt, position }) => parsePosition(position).n <= upTo && (knownAt === undefined || Date.parse(observedAt) <= Date.parse(knownAt))));
}

/** What was decided last counts, and of it what is left out as usual. */
export async function decidedPolicy<Policy extends object>(sql: Sql, tenant: string, { usual, knownAt, upTo, ...stream }: { readonly category: string; readonly id: string; readonly usual: Policy; readonly knownAt?: string; readonly upTo?: number }): Promise<Decided<Policy>> {
  const last = (await settingFacts(sql, tenant, stream, knownAt, upTo)).at(-1);
  const { reason, ...said } = (last?.data ?? {}) as Partial<Policy> & { reason?: string };
  return { policy: { ...usual, ...said }, decided: last ? { source: last.source, id: last.id, at: last.observedAt, reason: reason ?? null } : null };
}

/** How a tenant counts revenue, as it was known at a moment and up to a place in the log; now, where none is given. */
export async function revenueSettings(sql: Sql, tenant: string, knownAt?: string, upTo?: number): Promise<RevenueSettings> {
  const rates = await settingFacts(sql, tenant, EXCHANGE_RATES, knownAt, upTo);
  return {
    ...await decidedPolicy(sql, tenant, { ...REVENUE_POLICY, usual: usualRevenuePolicy, knownAt, upTo }),
    rates: [...new Map(rates.map((fact) => [String(fact.data['on']), ratesIn(fact)])).values()].sort((a, b) => (a.on < b.on ? -1 : 1)),
  };
}

function ratesIn({ source, id, data }: JourneyEvent): DeclaredRates {
  const { currency, on, rates } = data as { currency: string; on: string; rates: { currency: string; rate: number }[] };
  return { currency, on, rates: Object.fromEntries(rates.map((each) => [each.currency, each.rate])), event: { source, id, on } };
}

/**
 * The rates by which a period is counted that begins on a day: those in force then. In another currency than they were declared in, by way of it. Where none
 * were in force, amounts in the reporting currency alone count: that of the first rates ever declared, or else `fallback`.
 */
export function ratesFor({ rates }: RevenueSettings, day: number, wanted: string | null, fallback: string | null): ExchangeRates | null {
  const inForce = rates.findLast(({ on }) => on <= dateOfDay(day));
  const currency = wanted ?? (inForce ?? rates[0])?.currency ?? fallback;
  if (currency === null) return null;
  if (!inForce || currency === inForce.currency) return { currency, rates: inForce?.rates ?? {}, event: inForce?.event ?? null };
  const over = inForce.rates[currency];
  if (over === undefined) return { currency, rates: {}, event: null };
  return { currency, event: inForce.event, rates: Object.fromEntries([[inForce.currency, 1], ...Object.entries(inForce.rates)].filter(([each]) => each !== currency).map(([each, rate]) => [each, Number(rate) / over])) };
}
