import type { AgendaItem, Database, KeyRing, Outcome, Reaction, ReactionWork } from '#event-store';
import { dateOfDay, dayOfDate } from '#insight';
import { calendarAfter, dateIn, isWorkingDay, momentIn, WORKING_HOURS } from '#journey';
import type { Mailer } from '#outbound';
import { claimMail, getToday, listStaff, mailedOn, MORNING_MAIL, morningMail, noteMail, releaseMail, type StaffMember } from '#read-model';
import { composeMorning } from './compose.js';

export interface MorningOptions {
  readonly reader: Database;
  readonly worker: Database;
  /** Null: the mails wait. */
  readonly send: Mailer | null;
  /** Of the pages; undefined: mails have no links. */
  readonly publicUrl: string | undefined;
}

const NOON = '12:00';
const AGAIN_MS = 5 * 60_000;
/** How often it is looked whether mails can be sent by now. */
const WAIT_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;
const MOST = 15;

/** Who looks after customers is written to each working morning, once, with what is on their list. A day begins when the one before it is closed; its morning ends at noon. */
export function morningMails(options: MorningOptions): Reaction {
  return {
    name: MORNING_MAIL,
    types: ['clock.day-closed'],
    due: ({ data, recordedAt }) => [{ subject: `after:${String(data['day'])}`, at: recordedAt }],
    act: (item, work) => act(options, item, work),
  };
}

async function act(options: MorningOptions, { subject }: AgendaItem, work: ReactionWork): Promise<Outcome> {
  const { send } = options;
  const { id: tenant, timeZone, pinnedDay } = work.tenant;
  const day = dateIn(timeZone, work.now.toISOString());
  // Days that were made up for are over; a day that is pinned has no morning.
  if (pinnedDay !== null || subject !== `after:${dayBefore(day)}`) return {};
  const { at, on } = await work.read((sql) => morningMail(sql, tenant));
  if (!on || !isWorkingDay(day, calendarAfter(await work.stream(WORKING_HOURS.category, WORKING_HOURS.id), timeZone))) return {};
  const moment = momentIn(timeZone, day, at);
  if (Date.parse(moment) > work.now.getTime()) return { again: moment };
  // Who reads it in the afternoon is helped by the page, not by a mail of the morning; where it is set to go later, it goes within the hour or not at all.
  const latest = at < NOON ? Date.parse(momentIn(timeZone, day, NOON)) : Date.parse(moment) + HOUR_MS;
  if (work.now.getTime() >= latest) return {};
  const again = (after: number): Outcome => ({ again: new Date(work.now.getTime() + after).toISOString() });
  if (!send || !work.keys) return again(WAIT_MS);
  const [staff, mailed] = await work.read(async (sql) => [await listStaff(sql, tenant), await mailedOn(sql, tenant, day)] as const);
  let left = false;
  for (const member of staff.filter(({ id }) => !mailed.has(id))) left = await write({ ...options, send, keys: work.keys, now: work.now }, tenant, member, day) || left;
  return left ? again(AGAIN_MS) : {};
}

/** @returns whether it is to be tried again */
async function write({ reader, worker, send, keys, now, publicUrl }: MorningOptions & { readonly send: Mailer; readonly keys: KeyRing; readonly now: Date }, tenant: string, { id, email }: StaffMember, day: string): Promise<boolean> {
  const list = await getToday({ reader, worker, keys, now: () => now }, { tenant, owner: id, limit: MOST });
  if (list.items.length === 0 || !await worker.statements((sql) => claimMail(sql, tenant, id, day))) return false;
  const sent = await send({ to: email, id: `morning-${tenant}-${id.replace(/[^A-Za-z0-9]/g, '-')}-${day}`, ...composeMorning(list, publicUrl?.replace(/\/$/, '') ?? null) });
  if (sent.status === 'refused' && !sent.forGood) {
    await worker.statements((sql) => releaseMail(sql, tenant, id, day));
    return true;
  }
  await worker.statements((sql) => noteMail(sql, tenant, id, day, { state: sent.status, why: sent.status === 'sent' ? null : sent.why }));
  return false;
}

const dayBefore = (date: string): string => dateOfDay(dayOfDate(date) - 1);
