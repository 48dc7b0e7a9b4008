import type { View } from '../../view.js';
import { figure, plural } from '../../words.js';
import { amountAgainst, type Contract, contractOf } from './contract.js';
import type { Feature, FeatureReading } from './feature.js';

type Read = (contract: Contract, view: View) => FeatureReading | { missing: string };

const YEAR = 365;
const QUARTER = 90;
const MOST = 1.5;
const noDate = { missing: 'no renewal date is known' };
const noAmount = { missing: 'no recurring amount is known' };

const feature = (id: string, label: string, unit: string, read: Read, well?: Feature['well']): Feature => ({
  id, label, unit, group: 'contract', ...(well && { well }),
  read: (view) => {
    const contract = contractOf(view);
    return contract ? read(contract, view) : { missing: 'no subscription runs' };
  },
});

const due = (days: number): Feature => feature(`due-${days}`, `Renewal within ${days} days`, '1 yes, 0 no', ({ next }) => (next
  ? { x: next.days <= days ? 1 : 0, refs: [next.subscription.termsAt.n], what: () => dueWords(next.days) }
  : noDate));

const dueWords = (days: number): string => (days < 0 ? `a renewal date that passed ${plural(-days, 'day')} ago` : days === 0 ? 'a renewal due today' : `a renewal due in ${plural(days, 'day')}`);

/** What the contract says: numbers that every subscription business has. Logarithms are natural ones. */
export const contractFeatures: readonly Feature[] = [
  due(30), due(90), due(180),
  feature('term', 'Length of the term', 'log of months', ({ next, running }) => {
    const own = next?.subscription.termMonths ? next.subscription : running.find(({ termMonths }) => termMonths);
    return own ? { x: Math.log(Math.max(1, own.termMonths!)), refs: [own.termsAt.n], what: () => `a term of ${plural(own.termMonths!, 'month')}` } : { missing: 'no term is known' };
  }),
  feature('tenure', 'Time as a customer', 'log of months', ({ since }, { day }) => ({
    x: Math.log1p(Math.max(0, day - since.day) / 30), refs: [since.n], what: () => `a customer for ${plural(Math.round(Math.max(0, day - since.day) / 30.4), 'month')}`,
  })),
  feature('amount', 'Yearly amount', 'log of whole units', ({ yearly }) => (yearly
    ? { x: Math.log1p(Math.max(0, yearly.amount)), refs: yearly.refs, what: () => `a yearly amount of ${yearly.currency} ${figure(Math.round(yearly.amount))}` } : noAmount)),
  feature('seats', 'Seats', 'log', ({ running }) => {
    const seated = running.filter(({ seats }) => seats);
    const seats = seated.reduce((sum, one) => sum + one.seats!, 0);
    return seated.length ? { x: Math.log1p(seats), refs: seated.map(({ lastRef }) => lastRef), what: () => plural(seats, 'seat') } : { missing: 'no number of seats is known' };
  }),
  feature('price', 'Amount against a year ago', 'log of the share', (contract, view) => against(contract, view, YEAR, (change) => change)),
  feature('contraction', 'Cut back within 90 days', 'log of the share that is left, negative', (contract, view) => against(contract, view, QUARTER, (change) => Math.max(0, -change)), { x: 0, had: 'had they not cut back' }),
];

function against({ yearly }: Contract, view: View, days: number, x: (change: number) => number): ReturnType<Read> {
  const found = yearly && amountAgainst(view, yearly.currency, days);
  if (!found) return noAmount;
  const percent = Math.round(100 * (found.share - 1));
  const change = Math.max(-MOST, Math.min(MOST, Math.log(found.share)));
  return { x: x(change), refs: found.refs, what: () => `${percent === 0 ? 'the same amount as' : `an amount ${Math.abs(percent)} % ${percent < 0 ? 'below' : 'above'} that`} ${days === YEAR ? 'of a year' : `of ${days} days`} ago` };
}
