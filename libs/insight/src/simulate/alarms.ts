import { type CustomerSpell, standingIn } from '../churn/history/leaving.js';
import { dateOfDay } from '../day.js';
import { isChurn } from './churns.js';
import type { Closes, Span } from './both-ways.js';

/** Within how many days an alarm has to come true. */
export const WITHIN = 90;

/** Customers who came to at-risk while they were customers and had not given notice: whether they gave notice within 90 days, did not, or cannot be told yet. */
export interface Alarms {
  right: number;
  wrong: number;
  open: number;
}

/** By the month in which they came, `2026-03`. */
export type AlarmsByMonth = Record<string, Alarms>;

export function countAlarms(byMonth: AlarmsByMonth, spells: readonly CustomerSpell[], { bands }: Closes, { from, knownUntil }: Pick<Span, 'from'> & { readonly knownUntil: number }): void {
  for (let place = 1; place < bands.length; place++) {
    if (bands[place] !== 'at-risk' || bands[place - 1] === 'at-risk') continue;
    const day = from + place;
    const outcome = outcomeOf(spells, day, knownUntil);
    if (outcome) alarmsOf(byMonth, day)[outcome] += 1;
  }
}

function alarmsOf(byMonth: AlarmsByMonth, day: number): Alarms {
  return (byMonth[dateOfDay(day).slice(0, 7)] ??= { right: 0, wrong: 0, open: 0 });
}

/** Whether who is a customer on a day gave notice within 90 days; null of who is none, had given notice, or merged. */
export function outcomeOf(spells: readonly CustomerSpell[], day: number, knownUntil: number): keyof Alarms | null {
  const { standing, spell } = standingIn(spells, day);
  if (standing !== 'running') return null;
  const notice = spell!.notice;
  if (notice && notice.day <= day + WITHIN) return isChurn(spell!) ? 'right' : null;
  return day + WITHIN <= knownUntil ? 'wrong' : 'open';
}
