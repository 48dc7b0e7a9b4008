import { hash } from 'node:crypto';
import { DateTime } from 'luxon';
import { type ReactionWork, streamsIn } from '#event-store';
import { type Asked, instrumentOf, type JourneyEvent, type Moment, type ProgramInForce, programOf } from '#journey';

/** A program in force with what it asks. */
export interface Running extends Asked, Omit<ProgramInForce, 'program'> {}

type Settings = Pick<ReactionWork, 'read' | 'stream' | 'tenant'>;

/** The programs of a tenant that ask somebody. */
export async function runningPrograms(work: Settings): Promise<Running[]> {
  const streams = await work.read((sql) => streamsIn(sql, work.tenant.id, 'surveyprogram'));
  const found = await Promise.all(streams.map(async ({ id }) => running(work, await work.stream('surveyprogram', id))));
  return found.flatMap((each) => each ?? []);
}

/** Null for a program that is stopped, or that asks what is no longer asked. */
export async function running(work: Settings, facts: readonly JourneyEvent[]): Promise<Running | null> {
  const inForce = programOf(facts);
  if (!inForce) return null;
  const { instrument: id } = inForce.program;
  const { current } = instrumentOf(id, await work.stream('instrument', id));
  return current && { ...inForce, instrument: current };
}

/** The moment that it is, for who decides. */
export async function momentOf({ now, tenant, read }: Pick<ReactionWork, 'now' | 'tenant' | 'read'>): Promise<Moment> {
  const rows = await read((sql) => sql.query<{ contact: string }>(`select substr(subject, 9) as contact from erasure where tenant = $1 and subject like 'contact:%'`, [tenant.id]));
  return { at: now.toISOString(), dayOf: (instant) => DateTime.fromISO(instant, { zone: tenant.timeZone }).toISODate()!, erased: new Set(rows.map(({ contact }) => contact)), idOf: (parts) => idOf([tenant.id, ...parts]) };
}

/** Always the same of the same parts; as an id of ours. */
const idOf = (parts: readonly string[]): string => hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 16);
