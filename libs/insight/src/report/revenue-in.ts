import { type EventRef, refKey } from '#journey';
import type { CustomerLedger } from '../revenue/ledger.js';
import type { Movement } from '../revenue/movements.js';
import { kept, keptNet, revenueFigures } from '../revenue/portfolio.js';
import type { ReportBook } from './book.js';
import type { FigurePart } from './figure.js';
import { once } from './once.js';

export const revenueIn = once((book, span: number) => revenueFigures(book.ledgers[span]!, book.policy));

interface Found { readonly part: number; readonly of: number; readonly movements?: readonly Movement[] }

/** Of each customer, from its ledger of the span. */
const byLedger = (partOf: (ledger: CustomerLedger) => Found | null) => (book: ReportBook, span: number): FigurePart[] =>
  book.ledgers[span]!.flatMap((ledger, place) => {
    const found = partOf(ledger);
    const { customer, name } = book.accounts[place]!;
    const events = found?.movements ? found.movements.flatMap((movement) => movement.events) : [...ledger.start.parts, ...ledger.end.parts, ...ledger.movements].flatMap((each) => each.events);
    return found ? [{ customer, name, part: found.part, of: found.of, events: distinct(events) }] : [];
  });

export const distinct = (events: readonly EventRef[]): EventRef[] => [...new Map(events.map(({ source, id }) => [refKey({ source, id }), { source, id }])).values()];

const ofStart = (part: (ledger: CustomerLedger) => number) => byLedger((ledger) => (ledger.start.amount > 0 ? { part: part(ledger), of: ledger.start.amount } : null));

/** What each customer adds to the figures of recurring revenue. */
export const revenueParts = {
  won: byLedger(({ movements }) => {
    const own = movements.filter(({ kind }) => kind === 'new');
    return own.length === 0 ? null : { part: own.reduce((sum, { amount }) => sum + amount, 0), of: 1, movements: own };
  }),
  kept: ofStart(kept),
  keptNet: ofStart(keptNet),
  lost: byLedger(({ start, end }) => (start.amount > 0 ? { part: end.amount === 0 ? 1 : 0, of: 1 } : null)),
  end: byLedger(({ end }) => (end.amount !== 0 ? { part: end.amount, of: 1 } : null)),
};
