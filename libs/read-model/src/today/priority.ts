import type { Band, Profile, Score } from '#insight';

export const ORDER_SAYS = 'Points below 100, times the yearly amount at stake, times two when a renewal or notice date is within 90 days; at least 1,000 a year counts for each customer. Of several currencies the largest number counts.';

const LEAST = 1_000;

/**
 * What a day's delay may cost: (100 - score) / 100 x yearly amount (in major units, at least 1,000) x nearness
 * (2 within 90 days of a renewal or notice date, else 1). Amounts of different currencies are compared by their number.
 */
export function priorityOf(score: number, profile: Profile, day: number): { priority: number; because: string } {
  const amount = Math.max(LEAST, ...profile.arr.map((money) => money.amount / 100));
  const next = nextDate(profile, day);
  const near = next !== null && next.day - day <= 90;
  const priority = Math.round(((100 - score) / 100) * amount * (near ? 2 : 1));
  const nearness = near ? `, doubled because ${next.what} is in ${next.day - day} days` : '';
  const least = profile.arr.some((money) => money.amount / 100 >= LEAST) ? '' : ', the least that counts';
  return { priority, because: `${round(100 - score)} points below 100 on ${Math.round(amount).toLocaleString('en')} a year${least}${nearness}.` };
}

/** The next date on which the customer can leave. */
export function nextDate({ noticeOn, nextRenewalOn }: Profile, day: number): { day: number; what: string } | null {
  if (noticeOn !== null && noticeOn >= day) return { day: noticeOn, what: 'the last day to give notice' };
  if (nextRenewalOn !== null && nextRenewalOn >= day) return { day: nextRenewalOn, what: 'the renewal' };
  return null;
}

/** Who belongs on the list at all: not those who are well, not those of whom we cannot tell. */
export function belongs(band: Band, score: Score): boolean {
  return score.score !== null && (band === 'at-risk' || band === 'watch');
}

const round = (points: number) => Math.round(points * 10) / 10;
