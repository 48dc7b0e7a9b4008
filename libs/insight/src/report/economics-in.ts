import { economicsFigures, type EconomicsFigures } from '../economics/figures.js';
import { marginOf } from '../economics/margin.js';
import { usualEconomics } from '../economics/policy.js';
import type { ReportBook } from './book.js';
import type { FigureInput, FigurePart } from './figure.js';
import { once } from './once.js';
import { distinct, revenueIn, revenueParts } from './revenue-in.js';

const sum = (parts: readonly FigurePart[]): number => parts.reduce((total, { part }) => total + part, 0);

/** What was spent on winning customers, entry by entry, in the reporting currency. It is told of the whole company: over the MRR of a part of it, it would say nothing. */
function spendParts({ company, convert, segment, spans }: ReportBook, span: number): FigurePart[] {
  const { from, to } = spans[span]!;
  return segment !== null ? [] : company.spend(from, to).flatMap(({ currency, entries }) => entries.filter(({ purpose }) => purpose === 'acquire').flatMap(({ entry, amount, event: { source, id } }): FigurePart[] => {
    const part = convert({ amount, currency });
    return part === null ? [] : [{ customer: null, name: entry, part, of: 1, events: [{ source, id }] }];
  }));
}

/** Income, costs and what follows of them, of the days of a span. */
export const economicsIn = once((book, span: number): EconomicsFigures => {
  const { from, to } = book.spans[span]!;
  const spent = spendParts(book, span);
  return economicsFigures(book.accounts.map(({ economics }) => economics), book.currency ?? '', { from, to, day: to, policy: usualEconomics, acquire: spent.length === 0 ? null : sum(spent), revenue: revenueIn(book, span) });
});

/** What each customer adds to the contribution (`part`) and to the income (`of`) of a span. */
export const marginParts = (book: ReportBook, span: number): FigurePart[] => book.accounts.flatMap(({ customer, name, economics }) => {
  const { from, to } = book.spans[span]!;
  const lines = economics.ledger.lines.filter((line) => line.currency === book.currency && line.day >= from && line.day <= to && line.kind !== 'acquisition' && !line.left);
  const { contribution, income } = marginOf(lines);
  return lines.length === 0 ? [] : [{ customer, name, part: contribution, of: income, events: distinct(lines.flatMap(({ events }) => events)) }];
});

const margin = (book: ReportBook, span: number): FigureInput => ({ what: 'Contribution margin: contribution of each customer over its income', unit: 'share', value: economicsIn(book, span).margin.share, parts: marginParts(book, span) });
const money = (what: string, parts: readonly FigurePart[]): FigureInput => ({ what, unit: 'money', value: sum(parts), parts });

export const paybackInputs = (book: ReportBook, span: number): FigureInput[] => [
  money('Spend on winning customers, entry by entry', spendParts(book, span)), money('New ARR; a twelfth of it is new MRR', revenueParts.won(book, span)), margin(book, span),
];

export function lifetimeInputs(book: ReportBook, span: number): FigureInput[] {
  const lost = revenueParts.lost(book, span);
  return [
    money('ARR; a twelfth of it, over so many customers, is the average revenue of a month', revenueParts.end(book, span)), margin(book, span),
    { what: 'Customers lost of those who paid as the period began', unit: 'share', value: lost.length === 0 ? null : sum(lost) / lost.length, parts: lost },
  ];
}
