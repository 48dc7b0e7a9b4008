import { Query } from '@nestjs/cqrs';
import { arrLacks, type BudgetCut, type CustomerLedger, cutParts, keptNet, type Movement, type MovementKind, MOVEMENTS, type RecurringPart, type RenewalTerm, type Terminable } from '#insight';
import { QueryRefused, type ReadModelOptions } from '../reading.js';
import { count, type Counted, headOf, type RevenueHead, type RevenueOptions } from './counted.js';
import { soonIn, sumOf } from './exposure.js';
import type { RevenueCustomer } from './load.js';

/** Figures that open into customers, beside the movements. */
export const REVENUE_FIGURES = [...MOVEMENTS, 'start', 'end', 'nrr', 'grr', 'logo-churn', 'won-and-lost', 'renewals', 'unconverted', 'terminable', 'budget-cut'] as const;
export type RevenueFigure = (typeof REVENUE_FIGURES)[number];

export interface ListRevenueCustomersOptions extends RevenueOptions {
  readonly figure: RevenueFigure;
  readonly within?: number;
  /** 1 to 500, default 50. */
  readonly limit?: number;
  readonly cursor?: string;
}

/** A customer and what it has in a figure. Amounts in minor units of the answer's currency. */
export interface RevenueLine {
  readonly customer: RevenueCustomer;
  /** Whose facts these are, where a policy counts merged customers apart; else the same. */
  readonly unit: string;
  /** What it adds to the figure: of a movement, start and end its amount; of NRR what it pays at the end, agreed rises left out where the policy counts these apart; of GRR what is left of its start; of renewals what was renewed without upsell; of what can be ended, that; of budget cuts, what they are about of what can be ended; of unconverted nothing that can be said. */
  readonly amount: number | null;
  readonly start: number;
  readonly end: number;
  readonly parts: { readonly start: readonly RecurringPart[]; readonly end: readonly RecurringPart[] };
  readonly movements: readonly Movement[];
  readonly renewals: readonly RenewalTerm[];
  readonly terminable: readonly Terminable[];
  /** Of `budget-cut`: what it said of its budget. */
  readonly cuts: readonly BudgetCut[];
}

export interface RevenueCustomersPage extends RevenueHead {
  readonly figure: RevenueFigure;
  /** Of all, on whatever page: so many, and the sum of their amounts. */
  readonly customers: number;
  /** Null: not measured, and `missing` says what it would take. */
  readonly amount: number | null;
  readonly missing: string | null;
  readonly lines: readonly RevenueLine[];
  /** Of the next page; null on the last. */
  readonly next: string | null;
}

export class ListRevenueCustomers extends Query<RevenueCustomersPage> {
  constructor(readonly options: ListRevenueCustomersOptions) {
    super();
  }
}

/** The customers behind a figure, by their ids, so that no page repeats or skips one. */
export async function listRevenueCustomers(model: ReadModelOptions, { figure, within = 90, limit = 50, cursor, ...options }: ListRevenueCustomersOptions): Promise<RevenueCustomersPage> {
  const after = cursor === undefined ? null : placeOf(cursor);
  const counted = await count(model, options);
  const all = (await linesOf(counted, figure, within)).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const rest = after === null ? all : all.filter((line) => keyOf(line) > after);
  const lines = rest.slice(0, limit);
  const head = headOf(counted);
  const missing = arrLacks(counted.ledgers, head.currency);
  return {
    figure, ...head, customers: all.length, amount: missing === null ? sumOf(all) : null, missing,
    lines, next: rest.length > limit ? Buffer.from(keyOf(lines.at(-1)!)).toString('base64url') : null,
  };
}

const keyOf = ({ customer, unit }: RevenueLine): string => `${customer.id}\n${unit}`;

function placeOf(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (place.includes('\n')) return place;
  throw new QueryRefused('invalid-parameter', 'This cursor is not one of ours. Ask for the first page again, without a cursor.', 'cursor');
}

async function linesOf({ stories, ledgers, terminable }: Counted, figure: RevenueFigure, within: number): Promise<RevenueLine[]> {
  const customers = new Map(stories.map(({ customer }) => [customer.id, customer]));
  const asked = figure === 'terminable' || figure === 'budget-cut' ? (await terminable()).filter(({ cuts }) => figure === 'terminable' || cuts.length > 0) : null;
  const soon = asked && new Map(asked.map((each) => [each.customer, { cuts: each.cuts, parts: soonIn(figure === 'terminable' ? each.parts : cutParts(each.parts, each.cuts), within) }]));
  return ledgers.flatMap((ledger): RevenueLine[] => {
    const { parts: own, cuts } = soon?.get(ledger.customer) ?? { parts: [], cuts: [] };
    // Counted apart, what can be ended stands with the customer who stands for all.
    const amount = soon ? ((figure === 'terminable' ? own : cuts).length === 0 || ledger.unit !== ledger.customer ? null : sumOf(own)) : amountIn(ledger, figure);
    if (amount === null) return [];
    const movements = isMovement(figure) ? ledger.movements.filter(({ kind }) => kind === figure) : ledger.movements;
    return [{
      customer: customers.get(ledger.customer)!, unit: ledger.unit, amount: figure === 'unconverted' ? null : amount, start: ledger.start.amount, end: ledger.end.amount, parts: { start: ledger.start.parts, end: ledger.end.parts },
      movements, renewals: ledger.renewals, terminable: own, cuts: figure === 'budget-cut' ? cuts : [],
    }];
  });
}

const isMovement = (figure: RevenueFigure): figure is MovementKind => (MOVEMENTS as readonly string[]).includes(figure);

/** What a customer has in a figure; null: it is not in it. */
function amountIn(ledger: CustomerLedger, figure: RevenueFigure): number | null {
  const { start, end, movements, renewals } = ledger;
  const inCohort = start.amount > 0;
  if (isMovement(figure)) return movements.some(({ kind }) => kind === figure) ? sumOf(movements.filter(({ kind }) => kind === figure)) : null;
  if (figure === 'start') return inCohort ? start.amount : null;
  if (figure === 'end') return end.amount > 0 ? end.amount : null;
  if (figure === 'nrr') return inCohort ? keptNet(ledger) : null;
  if (figure === 'grr') return inCohort ? Math.min(start.amount, end.amount) : null;
  if (figure === 'logo-churn') return inCohort && end.amount === 0 ? start.amount : null;
  if (figure === 'won-and-lost') return !inCohort && end.amount === 0 && movements.length > 0 ? 0 : null;
  if (figure === 'renewals') return renewals.length > 0 ? renewals.reduce((total, { due, renewed }) => total + Math.min(due ?? 0, renewed ?? 0), 0) : null;
  return [...start.parts, ...end.parts].some(({ amount }) => amount === null) ? 0 : null;
}
