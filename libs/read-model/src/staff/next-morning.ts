import { pendingOf, type Sql } from '#event-store';
import { addWorkingDays, dateIn, momentIn } from '#journey';
import { recoverySettings } from '../recoveries/settings.js';
import { calendarOf } from '../tenant.js';
import { MORNING_MAIL, morningMail } from './staff.js';

/** When the mail of the morning goes out next, and why then; null where none does. A day's mail begins with the close of the day before, so that which is set up today begins tomorrow. */
export async function nextMorning(sql: Sql, tenant: string, now: Date): Promise<{ readonly next: string | null; readonly say: string }> {
  const { at, on } = await morningMail(sql, tenant);
  if (!on) return { next: null, say: 'No mail goes out: it is switched off.' };
  if ((await calendarOf(sql, tenant, now)).today.pinned) return { next: null, say: 'No mail goes out while the day is set by hand.' };
  const { calendar, timeZone } = await recoverySettings(sql, tenant);
  const today = dateIn(timeZone, now.toISOString());
  const waiting = (await pendingOf(sql, tenant, MORNING_MAIL)).find(({ at: due }) => due > now.toISOString() && dateIn(timeZone, due) === today);
  const date = waiting ? today : addWorkingDays(today, 1, calendar);
  const next = [momentIn(timeZone, date, at), ...(waiting ? [waiting.at] : [])].sort().at(-1)!;
  return { next, say: `The next mail goes out on ${date} at ${timeIn(timeZone, next)} (${timeZone}), to everybody of the staff for whom there is something to do. A mail goes out on working days only, and waits for the close of the day before: what is set up today counts from the next on.` };
}

const timeIn = (timeZone: string, instant: string): string => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(instant));
