import type { Sql } from '#event-store';
import { type JourneyEvent, recoveriesIn, type Recovery } from '#journey';
import { customerTable } from '../customers/table.js';
import { liveEntities } from '../entities/live-entities.js';
import { liveTable } from '../reading.js';
import { nextClock, recoveryTable } from '../recoveries/recovery-table.js';
import type { DuePart } from './parts.js';

const HOUR = 3_600_000;
/** A clock presses from so many hours before it runs out on. */
const AHEAD = 72;
const STEPS = { look: 'Look at what went wrong', contact: 'Talk with them about what went wrong', close: 'Bring what went wrong to an end: its cause, and what prevents it' } as const;

/** Every recovery that is open, with the step whose clock runs out next; `owner`: only those that are that person's, or went to them because a clock ran out. */
export async function dueRecoveries(sql: Sql, tenant: string, now: Date, owner?: string): Promise<DuePart[]> {
  const rows = await sql.query<{ customer: string; recovery: Recovery }>(
    `select recovery.customer, recovery.recovery from ${await liveEntities(sql, recoveryTable)}
     left join ${await liveTable(sql, 'customers', customerTable)} as of on of.tenant = recovery.tenant and of.customer = recovery.customer
     where recovery.tenant = $1 and state = 'open' and ($2::text is null or coalesce(recovery.owner, of.owner) = $2 or (escalated and recovery.recovery ->> 'escalateTo' = $2))`, [tenant, owner ?? null]);
  return rows.flatMap(({ customer, recovery }) => recoveryPart(customer, recovery, now));
}

/** A recovery as the log has it by now; what was closed a moment ago is gone. */
export function standingRecovery(part: DuePart, story: readonly JourneyEvent[], now: Date): DuePart[] {
  const recovery = recoveriesIn(story).get(part.id);
  return recovery ? recoveryPart(part.customer, recovery, now, story.some(({ type, data }) => type.startsWith('survey.respon') && data['wantsContact'] === true && recovery.surveys.includes(String(data['survey'])))) : [part];
}

function recoveryPart(customer: string, recovery: Recovery, now: Date, asks = false): DuePart[] {
  const next = nextClock(recovery);
  if (!next) return [];
  const left = (Date.parse(next.by) - now.getTime()) / HOUR;
  const escalatedTo = Object.values(recovery.clocks).some(({ escalatedAt }) => escalatedAt !== null) ? recovery.escalateTo : null;
  const when = `${left < 0 ? `its clock ran out ${hours(-left)} ago` : `its clock runs out in ${hours(left)}`}${escalatedTo === null ? '' : `, and it was escalated to ${escalatedTo}`}`;
  return [{ customer, kind: 'recovery', id: recovery.id, what: `${STEPS[next.clock]}${asks && !recovery.done.contact ? ', as they ask' : ''}`, due: next.by, owner: recovery.owner, escalatedTo, when, pressing: 1 - Math.max(0, left) / AHEAD }];
}

const hours = (count: number): string => (count < 1 ? 'less than an hour' : count < 48 ? `${Math.floor(count)} ${count < 2 ? 'hour' : 'hours'}` : `${Math.floor(count / 24)} days`);
