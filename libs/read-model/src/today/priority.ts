import type { Band, Profile } from '#insight';
import { majorUnits } from '#journey';

export const ORDER_SAYS = 'First where a day\'s delay may cost most: the yearly amount, times the share of it that is in play, times urgency, added up over all that is to be done for the customer, who stands here once. '
  + 'Of a call the share is the points below 100, in percent, and 100 % of what was asked to be cancelled; of a recovery 25 %, of a task 10 %, of an unread answer 5 %. The chance of leaving is told beside it and does not change the order. '
  + 'The urgency goes from 1 to 10. Of a call it rises from 90 days before the next date on which they can leave (last day to give notice, renewal, end that was asked for) until that day; '
  + 'a request to cancel counts as if its end were at most 20 days away, for it is easier to withdraw while it is fresh. Of a task it rises from 10 days before its day, of a recovery from 3 days before its clock runs out, of an answer over 5 days unread; what is late has 10. '
  + 'Each customer counts for at least 1,000 a year. Of several currencies the largest number counts; nothing is converted. Who was called is not called again for a week: then only tasks, recoveries and answers are listed; of who was put off, until that day, only recoveries, for their clocks run on.';

const LEAST = 1_000;
export const NEAR_DAYS = 90;
export const MOST_URGENT = 10;
const CANCELLED_DAYS = 20;

/**
 * What a day's delay may cost: yearly amount (in whole units of its currency, at least 1,000) x points lost (0 to 1) x urgency (1 to 10), as `ORDER_SAYS`
 * has it. Amounts of different currencies are compared by their number. Of a customer who cancels a part, that part counts for the risk if it is more.
 */
export function priorityOf(score: number, profile: Profile, day: number): { priority: number; because: string } {
  const { amount, currency, words: yearly } = yearlyOf(profile);
  const cancelled = cancelledShare(profile, currency);
  const low = (100 - score) / 100;
  const next = nextDate(profile, day);
  const urgency = urgencyOf(Math.min(next ? next.day - day : Infinity, cancelled > 0 ? CANCELLED_DAYS : Infinity));
  const risk = cancelled > low ? `A cancellation was asked for and can still be withdrawn: ${round(100 * cancelled)} % of ${yearly} counts` : `${round(100 - score)} points below 100: ${round(100 * low)} % of ${yearly} counts`;
  const date = next && (urgency > 1 || cancelled > 0) ? `${next.what} is ${inDays(next.day - day)}` : `nothing to decide within ${NEAR_DAYS} days`;
  return { priority: Math.round(amount * Math.max(low, cancelled) * urgency), because: `${risk}; ${date}: urgency ${round(urgency)} of ${MOST_URGENT}.` };
}

/** What the customer counts for a year: its largest amount in whole units, at least 1,000. */
export function yearlyOf({ arr }: Profile): { readonly amount: number; readonly currency: string | undefined; readonly words: string } {
  const [largest] = arr.map((money) => ({ currency: money.currency, amount: majorUnits(money) })).sort((a, b) => b.amount - a.amount);
  const enough = largest !== undefined && largest.amount >= LEAST;
  const amount = enough ? largest.amount : LEAST;
  return { amount, currency: largest?.currency, words: `${enough ? `${largest.currency} ` : ''}${Math.round(amount).toLocaleString('en')} a year${enough ? '' : ' (the least we reckon with)'}` };
}

const urgencyOf = (days: number): number => 1 + (MOST_URGENT - 1) * Math.max(0, 1 - days / NEAR_DAYS);

/** The share of the yearly amount for which a request to cancel stands; all of it where amounts are not known. */
function cancelledShare({ subscriptions }: Profile, currency: string | undefined): number {
  const running = subscriptions.filter(({ state }) => state !== 'ended');
  const leaving = running.filter(({ cancellation }) => cancellation);
  if (leaving.length === 0) return 0;
  const sum = (list: typeof running) => list.reduce((total, { arr }) => total + (arr && arr.currency === currency ? arr.amount : 0), 0);
  return leaving.some(({ arr }) => !arr) || sum(running) === 0 ? 1 : sum(leaving) / sum(running);
}

/** The next date on which the customer can leave. */
export function nextDate({ subscriptions }: Profile, day: number): { day: number; what: string } | null {
  const dates = subscriptions.filter(({ state }) => state !== 'ended').flatMap(({ cancellation, noticeOn, renewsOn }) => (cancellation
    ? [{ day: cancellation.effectiveOn ?? renewsOn, what: 'the end that was asked for' }]
    : [{ day: noticeOn, what: 'the last day to give notice' }, { day: renewsOn, what: 'the renewal' }]));
  const ahead = dates.filter((date): date is { day: number; what: string } => typeof date.day === 'number' && date.day >= day);
  return ahead.sort((a, b) => a.day - b.day)[0] ?? null;
}

const LARGE = 100_000;

/** An account whose yearly amount is worth the time of those who decide. */
export const isLarge = ({ arr }: Profile): boolean => arr.some((money) => majorUnits(money) >= LARGE);

/** "today", "tomorrow", "in 12 days". */
export const inDays = (days: number): string => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`);

/** Who belongs on the list at all: not those who are well, not those of whom we cannot tell. */
export function belongs({ band, score }: { readonly band: Band; readonly score: number | null }): boolean {
  return score !== null && (band === 'at-risk' || band === 'watch');
}

export const round = (points: number) => Math.round(points * 10) / 10;
