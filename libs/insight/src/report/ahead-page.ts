import { dateOfDay } from '../day.js';
import { plural } from '../words.js';
import type { Ahead, PastAhead } from './ahead.js';
import { calledOf } from './called.js';
import { type Block, number, type Page, type TableBlock, text } from './block.js';
import type { ReportBook } from './book.js';
import { missingOf } from './figure.js';
import { FEW, fewWords, minorPer, moneyWords, valueWords } from './words.js';

const ROWS = 5;
const share = (value: number) => valueWords(value, 'share', null);
const NEEDS = { needs: [['subscription.started']] };
const METHOD = 'Renewals: subscriptions that run and whose term ends or renews in the time ahead, or that end then by a notice. Each goes on with the chance that the model of churn risk gives its customer for the renewal; after notice, with the chance that one is withdrawn. '
  + 'Interval: 80 % of the sums that these chances make, customers leaving independently of each other; that chances may be wrong, or a crisis hits many at once, is not in it: how earlier forecasts turned out tells.';

/** The second page: two quarters ahead, and how earlier looks ahead turned out. */
export function aheadPage(book: ReportBook, ahead: Ahead, past: readonly PastAhead[]): Page {
  const missing = missingOf(NEEDS, book.types) ?? (ahead.paying === 0 ? 'not measured; needs customers who pay: subscription.started with a recurring amount' : null);
  return { id: 'ahead', title: `Looking ahead to ${ahead.to}`, blocks: missing ? [{ kind: 'sentence', text: `What renews, what of it is at risk, expected NRR and GRR: ${missing}.` }] : blocksOf(book, ahead, past) };
}

function blocksOf(book: ReportBook, ahead: Ahead, past: readonly PastAhead[]): Block[] {
  const money = (amount: number) => moneyWords(amount, book.currency);
  const undated = 'No renewal is due; needs renewsOn or termMonths in subscription.started, or subscription.terms-set.';
  const known = past.filter(({ n }) => n > 0);
  const fewest = Math.min(...known.map(({ n }) => n));
  const hits = known.filter(({ within }) => within).length;
  return [
    { kind: 'sentence', text: ahead.amount === 0 ? `Renewals due to ${ahead.to}: ${undated}` : `${money(ahead.amount)} a year renews by ${ahead.to}; ${money(ahead.expected)} is expected to stay (${interval(money, ahead, ahead.months.reduce((sum, { n }) => sum + n, 0))}), so ${money(ahead.atRisk)} is at risk.` },
    { kind: 'sentence', text: ahead.grr === null || ahead.nrr === null ? 'Expected GRR and NRR: not measured; needs customers of whom the model of churn risk says something.' : `Over the two quarters a GRR of ${share(ahead.grr.value)} is expected (of who leaves alone, 80 %: ${share(ahead.grr.low)} to ${share(ahead.grr.high)}${fewWords(ahead.foretold, 'customer')}) and an NRR of ${share(ahead.nrr)}; foretold: ${ahead.foretold} of ${plural(ahead.paying, 'paying customer')}.` },
    ...(ahead.months.length === 0 ? [] : [{
      kind: 'chart' as const, id: 'renewals ahead', shape: 'stacked' as const, axis: `${book.currency} a year`, per: minorPer(book.currency), title: heaviest(book, ahead),
      alt: ahead.months.map(({ month, amount, expected }) => `${month}: ${money(expected)} of ${money(amount)} expected`).join('; '),
      marks: ahead.months.flatMap(({ month, amount, expected }) => [{ name: month, part: 'expected', value: expected, label: money(expected) }, { name: month, part: 'at risk', value: amount - expected, label: money(amount - expected) }]),
    }]),
    dueTable(book, ahead),
    { kind: 'heading', level: 2, text: 'How the last four forecasts turned out' },
    { kind: 'sentence', text: known.length === 0 ? 'Nothing to compare: nobody knew of any renewal at the ends of those quarters; needs facts about subscriptions that were known then.' : `${hits} of ${known.length} came within the 80 % interval that was foretold${known.length < past.length ? `; at the ${past.length - known.length === 1 ? 'end of the other quarter' : `ends of the other ${past.length - known.length} quarters`} no renewal was known` : ''}${fewest < FEW ? `; of as few as ${plural(fewest, 'customer')} an interval says little` : ''}.` },
    ...(known.length === 0 ? [] : [{
      kind: 'chart' as const, id: 'forecasts', shape: 'ranges' as const, axis: `${book.currency} a year`, per: minorPer(book.currency), title: hits === known.length ? (hits === 1 ? 'The one forecast held' : 'Every forecast held') : `${known.length - hits} of ${plural(known.length, 'forecast')} did not hold`,
      alt: known.map((one) => `made at the end of ${one.quarter}: ${money(one.low)} to ${money(one.high)} foretold, ${money(one.kept)} stayed`).join('; '),
      marks: known.map((one) => ({ name: one.quarter, value: one.kept, low: one.low, high: one.high, label: money(one.kept) })),
    }]),
    {
      kind: 'table', id: 'forecasts', title: 'Forecasts of two quarters, as known when they were made, and what came', more: 0, none: 'No forecast could be made.',
      columns: [{ name: 'Made at the end of', isNumber: false }, { name: 'Up to', isNumber: false }, { name: 'Customers', isNumber: true }, { name: 'Due', isNumber: true }, { name: 'Expected', isNumber: true }, { name: '80 % interval', isNumber: true }, { name: 'Stayed', isNumber: true }, { name: 'Within', isNumber: false }],
      rows: past.map((one) => [
        text(one.quarter), text(one.to), number(String(one.n), one.n), ...(one.n === 0 ? [number('nothing was known then', null), number('', null), number('', null), number('', null), text('')]
          : [number(money(one.amount), one.amount), number(money(one.expected), one.expected), number(one.low === one.high || one.n === 1 ? 'none' : `${money(one.low)} to ${money(one.high)}`, one.low), number(money(one.kept), one.kept), text(one.within ? 'yes' : 'no')]),
      ]),
    },
    { kind: 'sentence', quiet: true, text: METHOD },
    { kind: 'sentence', quiet: true, text: 'Expected GRR: what stays by the chance to leave within 180 days, less contraction as in the mean quarter of the last four, twice; expected NRR adds expansion the same way. Stayed: of each amount due, what was still paid for that subscription at the end of the two quarters, never more than was due.' },
  ];
}

/** Of few, or of one that either stays or goes, an interval says little, and that is said. */
const interval = (money: (amount: number) => string, { low, high }: Ahead, n: number): string => `${low === high || n === 1 ? 'no interval' : `80 %: ${money(low)} to ${money(high)}`}${fewWords(n, 'renewal')}`;

function heaviest(book: ReportBook, { months }: Ahead): string {
  const most = months.reduce((a, b) => (b.amount - b.expected > a.amount - a.expected ? b : a));
  return most.amount === most.expected ? 'Nothing that renews is at risk' : `Most is at risk in ${most.month}: ${moneyWords(most.amount - most.expected, book.currency)} of ${moneyWords(most.amount, book.currency)}`;
}

function dueTable(book: ReportBook, { customers }: Ahead): TableBlock {
  const rows = customers.slice(0, ROWS);
  return {
    kind: 'table', id: 'renewals', title: 'Renewals most at risk', more: customers.length - rows.length, none: 'None is due.',
    columns: [{ name: 'Customer', isNumber: false }, { name: 'First due', isNumber: false }, { name: 'Amount a year', isNumber: true }, { name: 'At risk', isNumber: true }],
    rows: rows.map(({ firstOn, amount, atRisk, ...one }) => [text(`${calledOf(one)}${one.open || one.leftSince ? '' : ' (its day is past)'}`), text(dateOfDay(firstOn)), number(moneyWords(amount, book.currency), amount), number(moneyWords(atRisk, book.currency), atRisk)]),
  };
}
