import type { JourneyEvent } from '#journey';
import { dateOfDay } from '../day.js';
import { number, type TableBlock, text } from './block.js';
import { isWithin, type ReportBook } from './book.js';
import { missingOf } from './figure.js';
import { revenueParts } from './revenue-in.js';
import { moneyWords } from './words.js';

const ROWS = 10;
const SAYS_WHY = ['subscription.ended', 'subscription.cancellation-requested'];

/** Who paid as the quarter began and pays nothing at its end: those of the figure of customers lost, most paid first. */
export function lostTable(book: ReportBook): TableBlock {
  const [span] = book.spans;
  const lost = new Set(revenueParts.lost(book, 0).filter(({ part }) => part === 1).map(({ customer }) => customer));
  const rows = book.accounts.flatMap(({ customer, name, revenueFacts }, place) => {
    const { start } = book.ledgers[0]![place]!;
    return lost.has(customer) ? [{ customer, name, amount: start.amount, ...leavingOf(revenueFacts, (at) => isWithin(span!, at)) }] : [];
  }).sort((a, b) => b.amount - a.amount || (a.customer < b.customer ? -1 : 1));
  const on = (at: string) => dateOfDay(book.window.calendar.dayOf(at));
  return {
    kind: 'table', id: 'lost', title: 'Lost in the quarter', none: missingOf({ needs: [['subscription.started']] }, book.types) ?? 'Nobody who paid as the quarter began pays nothing now.', more: Math.max(0, rows.length - ROWS),
    columns: [{ name: 'Customer', isNumber: false }, { name: 'Paid a year', isNumber: true }, { name: 'On', isNumber: false }, { name: 'Reason', isNumber: false }, { name: 'Fact', isNumber: false }],
    rows: rows.slice(0, ROWS).map(({ customer, name, amount, last, reason }) => [text(name ?? customer), number(moneyWords(amount, book.currency), amount), text(last ? on(last.occurredAt) : ''), text(reason ?? 'not said'), text(last ? `${last.source}/${last.id}` : '')]),
  };
}

/** The fact by which a customer left, and the reason that was said last: as it ended, or else with the notice. */
function leavingOf(facts: readonly JourneyEvent[], isIn: (at: string) => boolean): { readonly last: JourneyEvent | undefined; readonly reason: string | null } {
  const last = facts.findLast(({ type, occurredAt }) => type === 'subscription.ended' && isIn(occurredAt)) ?? facts.findLast(({ occurredAt }) => isIn(occurredAt));
  const reason = SAYS_WHY.flatMap((type) => facts.findLast((fact) => fact.type === type)?.data['reason'] ?? [])[0];
  return { last, reason: typeof reason === 'string' ? reason : null };
}
