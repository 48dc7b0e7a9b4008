import { formatPosition, type JourneyEvent } from '#journey';

/** Columns of `log`, in the order of COPY and of `toEvent`. */
export const LOG_COLUMNS = 'position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, recorded_at, witnessed, actor_kind, actor_id, import_id, data';

/** A row of the log as an array of PostgreSQL's own texts: columns of the log, then the epoch. */
export type LogRow = readonly (string | null)[];

export function toEvent(row: LogRow): JourneyEvent {
  const [position, tenant, category, stream, revision, type, version, source, id, occurredAt, observedAt, recordedAt, witnessed, actorKind, actorId, importId, data, epoch] = row as string[];
  return {
    position: formatPosition(Number(epoch), Number(position)),
    stream: { tenant: tenant!, category: category!, id: stream! },
    revision: Number(revision),
    type: type!, version: Number(version), source: source!, id: id!,
    occurredAt: toIso(occurredAt!), observedAt: toIso(observedAt!), recordedAt: toIso(recordedAt!),
    witnessed: witnessed === 't', actor: { kind: actorKind as 'person' | 'system', id: actorId! },
    ...(row[15] === null ? {} : { importId }),
    data: JSON.parse(data!) as Record<string, unknown>,
  };
}

/** `2026-01-05 10:00:00.12+00`, as a session in UTC writes it, in RFC 3339 with milliseconds. Ten times as fast as a Date. */
export function toIso(text: string): string {
  const fraction = text.length > 22 ? text.slice(20, -3).slice(0, 3).padEnd(3, '0') : '000';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

/** A one-dimensional array of numbers, as PostgreSQL writes it. */
export const listOf = (text: string): string[] => text.slice(1, -1).split(',');
