import { type Band, type Profile, type Score } from '#insight';
import { majorUnits } from '#journey';

export const ORDER_SAYS = 'Points below 100 times the yearly amount, doubled when the renewal or the last day to give notice is within 90 days. '
  + 'Each customer counts for at least 1,000 a year. Of several currencies the largest number counts; nothing is converted.';

const LEAST = 1_000;
export const NEAR_DAYS = 90;

/**
 * What a day's delay may cost: (100 - score) / 100 x yearly amount (in whole units of its currency, at least 1,000) x nearness
 * (2 within 90 days of a renewal or notice date, else 1). Amounts of different currencies are compared by their number.
 */
export function priorityOf(score: number, profile: Profile, day: number): { priority: number; because: string } {
  const [largest] = profile.arr.map((money) => ({ currency: money.currency, amount: majorUnits(money) })).sort((a, b) => b.amount - a.amount);
  const enough = largest !== undefined && largest.amount >= LEAST;
  const amount = enough ? largest.amount : LEAST;
  const next = nextDate(profile, day);
  const near = next !== null && next.day - day <= NEAR_DAYS;
  const priority = Math.round(((100 - score) / 100) * amount * (near ? 2 : 1));
  const yearly = `${enough ? `${largest.currency} ` : ''}${Math.round(amount).toLocaleString('en')} a year${enough ? '' : ' (the least that counts)'}`;
  const nearness = near ? `, doubled because ${next.what} is ${inDays(next.day - day)}` : '';
  return { priority, because: `${round(100 - score)} points below 100 on ${yearly}${nearness}.` };
}

/** The next date on which the customer can leave. */
export function nextDate({ subscriptions }: Profile, day: number): { day: number; what: string } | null {
  const dates = subscriptions.filter(({ state }) => state !== 'ended').flatMap(({ cancellation, noticeOn, renewsOn }) => (cancellation
    ? [{ day: cancellation.effectiveOn ?? renewsOn, what: 'the end that was asked for' }]
    : [{ day: noticeOn, what: 'the last day to give notice' }, { day: renewsOn, what: 'the renewal' }]));
  const ahead = dates.filter((date): date is { day: number; what: string } => typeof date.day === 'number' && date.day >= day);
  return ahead.sort((a, b) => a.day - b.day)[0] ?? null;
}

/** "today", "tomorrow", "in 12 days". */
export const inDays = (days: number): string => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`);

/** Who belongs on the list at all: not those who are well, not those of whom we cannot tell. */
export function belongs(band: Band, score: Score): boolean {
  return score.score !== null && (band === 'at-risk' || band === 'watch');
}

const round = (points: number) => Math.round(points * 10) / 10;
