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

export interface RevenueSettings {
  readonly policy: RevenuePolicy;
  /** The fact that decided it; null while the usual one counts. */
  readonly decided: { readonly source: string; readonly id: string; readonly at: string; readonly reason: string | null } | null;
  /** By the day from which they hold, the earliest first; what was said last of a day counts. */
  readonly rates: readonly DeclaredRates[];
}

export class GetRevenueSettings extends Query<RevenueSettings> {
  constructor(readonly options: { readonly tenant: string }) {
    super();
  }
}

export const getRevenueSettings = ({ reader }: Pick<ReadModelOptions, 'reader'>, { tenant }: GetRevenueSettings['options']): Promise<RevenueSettings> => read(reader, tenant, (sql) => revenueSettings(sql, tenant));

/** How a tenant counts revenue, as it was known at a moment and up to a place in the log; now, where none is given. */
export async function revenueSettings(sql: Sql, tenant: string, knownAt?: string, upTo = Number.MAX_SAFE_INTEGER): Promise<RevenueSettings> {
  const known = (facts: readonly JourneyEvent[]) => effectiveEvents(facts.filter(({ observedAt, position }) => parsePosition(position).n <= upTo && (knownAt === undefined || Date.parse(observedAt) <= Date.parse(knownAt))));
  const [rates, decisions] = [known(await readStreamRows(sql, { tenant, ...EXCHANGE_RATES })), known(await readStreamRows(sql, { tenant, ...REVENUE_POLICY }))];
  const last = decisions.at(-1);
  const { reason, ...said } = (last?.data ?? {}) as Partial<RevenuePolicy> & { reason?: string };
  return {
    policy: { ...usualRevenuePolicy, ...said }, decided: last ? { source: last.source, id: last.id, at: last.observedAt, reason: reason ?? null } : null,
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
