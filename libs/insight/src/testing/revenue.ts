import { findType, formatPosition, type JourneyEvent } from '#journey';
import { dateOfDay } from '../day.js';
import { groupsOf } from '../experience/figure.js';
import { ledgersOf, type RevenuePeriod } from '../revenue/ledger.js';
import { type RevenuePolicy, usualRevenuePolicy } from '../revenue/policy.js';
import { revenueFigures } from '../revenue/portfolio.js';
import { converterOf } from '../revenue/rates.js';
import { utc } from './facts.js';

export const calendar = { dayOf: utc, startOf: (day: number) => `${dateOfDay(day)}T00:00:00.000Z` };
/** The third quarter of 2026. */
export const Q3: RevenuePeriod = { begins: '2026-07-01T00:00:00.000Z', ends: '2026-10-01T00:00:00.000Z', until: '2026-11-23T12:00:00.000Z' };

let last = 0;
/** A fact at noon of a day, or at a moment. */
export function told(customer: string, at: string, type: string, data: Record<string, unknown> = {}, n = ++last): JourneyEvent {
  const instant = at.length === 10 ? `${at}T12:00:00.000Z` : at;
  return {
    source: 'test', id: `r${n}`, position: formatPosition(1, n), stream: { tenant: 'acme', category: 'customer', id: customer }, revision: n, type, version: findType(type)!.version,
    occurredAt: instant, observedAt: instant, recordedAt: instant, witnessed: true, actor: { kind: 'system', id: 'test' }, data,
  };
}

/** A subscription that is paid yearly, in minor units. */
export const started = (customer: string, at: string, amount: number, more: { subscription?: string; currency?: string } & Record<string, unknown> = {}) => {
  const { currency = 'EUR', ...rest } = more;
  return told(customer, at, 'subscription.started', { subscription: `S-${customer}`, recurring: { amount, currency }, interval: 'year', ...rest });
};
export const changed = (customer: string, at: string, amount: number, more: { currency?: string } & Record<string, unknown> = {}) => {
  const { currency = 'EUR', ...rest } = more;
  return told(customer, at, 'subscription.changed', { subscription: `S-${customer}`, recurring: { amount, currency }, ...rest });
};
export const ended = (customer: string, at: string, subscription = `S-${customer}`) => told(customer, at, 'subscription.ended', { subscription, reason: 'voluntary' });

interface Asked { readonly policy?: Partial<RevenuePolicy>; readonly period?: RevenuePeriod; readonly rates?: Readonly<Record<string, number>>; readonly intoOf?: Readonly<Record<string, string>> }

/** Ledgers of all customers of these facts; `intoOf`: who is merged into whom. */
export function ledgersFrom(facts: readonly JourneyEvent[], { policy = {}, period = Q3, rates = {}, intoOf = {} }: Asked = {}) {
  const byCustomer = groupsOf(facts, ({ stream }) => intoOf[stream.id] ?? stream.id);
  return [...byCustomer].flatMap(([customer, own]) => ledgersOf(customer, own, { period, policy: { ...usualRevenuePolicy, ...policy }, calendar, convert: converterOf({ currency: 'EUR', rates }) }));
}

export const figuresFrom = (facts: readonly JourneyEvent[], asked: Asked = {}) => revenueFigures(ledgersFrom(facts, asked), { ...usualRevenuePolicy, ...asked.policy });
