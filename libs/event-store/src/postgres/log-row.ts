import { formatPosition, type JourneyEvent } from '#journey';

export interface LogRow {
  position: string; tenant: string; category: string; stream: string; revision: string;
  type: string; version: number; source: string; id: string;
  occurred_at: Date; observed_at: Date; recorded_at: Date; witnessed: boolean;
  actor_kind: 'person' | 'system'; actor_id: string; import_id: string | null;
  data: Record<string, unknown>;
}

/** Columns of `log` in the order of the insert; `toEvent` reads them by name. */
export const LOG_COLUMNS = 'position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, recorded_at, witnessed, actor_kind, actor_id, import_id, data';

export function toEvent(epoch: number, row: LogRow): JourneyEvent {
  return {
    position: formatPosition(epoch, Number(row.position)),
    stream: { tenant: row.tenant, category: row.category, id: row.stream },
    revision: Number(row.revision),
    type: row.type, version: row.version, source: row.source, id: row.id,
    occurredAt: row.occurred_at.toISOString(), observedAt: row.observed_at.toISOString(), recordedAt: row.recorded_at.toISOString(),
    witnessed: row.witnessed, actor: { kind: row.actor_kind, id: row.actor_id },
    ...(row.import_id === null ? {} : { importId: row.import_id }),
    data: row.data,
  };
}
