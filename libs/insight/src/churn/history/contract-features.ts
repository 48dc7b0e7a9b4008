import { addMonths } from '../../day.js';
import type { SubscriptionProfile } from '../../profile.js';
import type { View } from '../../view.js';
import { figure, plural } from '../../words.js';
import { amountAgainst, type Contract, contractOf } from './contract.js';
import { type Feature, type FeatureReading, YES_NO } from './feature.js';

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

/** What the contract says of the days of a horizon. */
export const renewalFeatures = (days: number): readonly Feature[] => [
  {
    ...feature(`due-${days}`, `Renewal within ${days} days`, YES_NO, ({ next }) => (next
      ? { x: next.days <= days ? 1 : 0, refs: [next.subscription.termsAt.n], what: () => `${dueWords(next.days)}${next.days <= days && next.subscription.termMonths ? `, for ${plural(next.subscription.termMonths, 'month')}` : ''}` } : noDate)), of: days,
  },
  {
    ...feature(`covered-${days}`, `Months to be agreed anew within ${days} days`, 'log of 1 + months', ({ next }, { day }) => {
      if (!next) return noDate;
      const months = monthsAnew(next.subscription, day + days);
      return { x: Math.log1p(months), refs: [next.subscription.termsAt.n], what: () => `${plural(months, 'month')} to be agreed anew within ${days} days` };
    }), of: days, with: `due-${days}`,
  },
];

/** The months of the terms that begin by a day: of a yearly contract that renews then twelve, of a monthly one as many as are left. */
function monthsAnew({ renewsOn, termMonths = 1 }: SubscriptionProfile, until: number): number {
  let terms = 0;
  while (addMonths(renewsOn!, terms * termMonths) <= until) terms += 1;
  return terms * termMonths;
}

const dueWords = (days: number): string => (days < 0 ? `a renewal date that passed ${plural(-days, 'day')} ago` : days === 0 ? 'a renewal due today' : `a renewal due in ${plural(days, 'day')}`);

/** What the contract says: numbers that every subscription business has. Logarithms are natural ones. */
export const contractFeatures: readonly Feature[] = [
  feature('bound', 'Bound until the renewal after the next', YES_NO, ({ next, running }, { day }) => {
    const bound = running.every(({ autoRenew, noticeOn }) => autoRenew === true && noticeOn !== null && noticeOn < day);
    return next ? { x: bound ? 1 : 0, refs: [next.subscription.termsAt.n], what: () => (bound ? 'the last day to give notice has passed and it renews by itself' : 'free to leave at the next renewal') } : noDate;
  }),
  feature('term', 'Length of the term', 'log of months', ({ next, running }) => {
    const own = next?.subscription.termMonths ? next.subscription : running.find(({ termMonths }) => termMonths);
    return own ? { x: Math.log(Math.max(1, own.termMonths!)), refs: [own.termsAt.n], what: () => `a term of ${plural(own.termMonths!, 'month')}` } : { missing: 'no term is known' };
  }),
  feature('tenure', 'Time as a customer', 'log of months', ({ since }, { day }) => ({
    x: Math.log1p(Math.max(0, day - since.day) / 30), refs: [since.n], what: () => `a customer for ${plural(Math.round(Math.max(0, day - since.day) / 30.4), 'month')}`,
  })),
  feature('amount', 'Yearly amount', 'log of whole units', ({ yearly }) => (yearly
    ? { x: Math.log1p(Math.max(0, yearly.amount)), refs: yearly.refs, what: () => `a yearly amount of ${yearly.currency} ${figure(Math.round(yearly.amount))}` } : noAmount)),
  feature('new', 'Not yet renewed', '1 / (1 + renewals)', ({ running }) => {
    const renewals = running.flatMap((one) => one.renewals);
    return { x: 1 / (1 + renewals.length), refs: renewals.slice(-1), what: () => (renewals.length ? `renewed ${plural(renewals.length, 'time')} so far` : 'never renewed so far') };
  }),
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
