import { hash } from 'node:crypto';
import { DateTime } from 'luxon';
import { type AgendaItem, type Answer, type Outcome, type Reaction, type ReactionWork, streamsIn } from '#event-store';
import { askByCalendar, goesByCalendar, type Program, stateOf } from '#journey';
import { factOf } from './ask-after-fact.js';
import { momentOf, running } from './settings.js';

/** Customers are looked at in so many parts, a minute apart: neither we nor the mail server has them all at once, unless all are late, after a standstill. */
const PARTS = 20;
const MINUTE_MS = 60_000;
const MORNING = 9;

/** Asks again and again, and before renewals: looks at every customer when a program is set, and then each morning at nine by the tenant's clock, for as long as it stands. */
export const askingByCalendar: Reaction = {
  name: 'asking-by-calendar',
  types: ['surveyprogram.set'],
  due: ({ data, occurredAt }) => (goesByCalendar(data as unknown as Program) ? Array.from({ length: PARTS }, (_, part) => ({ subject: `${String(data['program'])}/${part}`, at: new Date(Date.parse(occurredAt) + part * MINUTE_MS).toISOString() })) : []),
  act,
};

async function act({ subject, cause }: AgendaItem, work: ReactionWork): Promise<Outcome> {
  const [, program, part] = /^(.*)\/(\d+)$/.exec(subject)!;
  const asked = await running(work, await work.stream('surveyprogram', program!));
  if (asked?.fact.id !== cause.id || asked.fact.source !== cause.source) return {};
  const moment = await momentOf(work);
  const facts: Answer[] = [];
  for (const { id } of await work.read((sql) => streamsIn(sql, work.tenant.id, 'customer'))) {
    if (partOf(id) !== Number(part)) continue;
    const { root, revision, events } = await work.story(id);
    if (root === id) facts.push(...askByCalendar(asked, moment, stateOf(root, events)).map((answer) => factOf(answer, root, revision)));
  }
  return { facts, again: nextMorning(work, Number(part)) };
}

const partOf = (customer: string): number => Number.parseInt(hash('sha256', customer).slice(0, 8), 16) % PARTS;

/** On the next day of the tenant's calendar, however long this one is. */
function nextMorning({ now, tenant }: Pick<ReactionWork, 'now' | 'tenant'>, part: number): string {
  const today = DateTime.fromJSDate(now, { zone: tenant.timeZone }).startOf('day');
  return today.plus({ days: 1 }).set({ hour: MORNING, minute: part }).toUTC().toISO()!;
}
