import type { Database, Sql } from '../postgres/database.js';

/** Who follows EventStoreDB at this moment. A number that rises with every change of hands; whoever writes under an older one is refused. */
export interface MirrorLease {
  readonly fence: number;
  /** In which it was taken: after a restore of PostgreSQL the number may be the same, and what is written is not. */
  readonly epoch: number;
  /** Of the last event that the mirror has. */
  readonly position: number;
  readonly width: number;
  /** How the mirror and the server were found to differ; null when they were not. */
  readonly lost: string | null;
}

/** Somebody else follows by now; nothing of the batch was written. */
export class NotOurs extends Error {
  constructor() {
    super('Another process keeps the mirror of EventStoreDB by now; this batch is rolled back.');
  }
}

/** A process that has not been heard of for so long is replaced. */
const SILENT_SECONDS = 3;

const LASTS = `clock_timestamp() + make_interval(secs => ${SILENT_SECONDS})`;

const HELD = 'fence = $1 and (select n from epoch) = $2';

/** @returns null while another process follows */
export async function takeMirror(worker: Database, owner: string): Promise<MirrorLease | null> {
  const [row] = await worker.statements((sql) => sql.query<{ fence: string; epoch: number; position: string; width: string; lost: string | null }>(
    `update log_mirror set owner = $1, fence = fence + 1, expires_at = ${LASTS} where owner is null or owner = $1 or expires_at < clock_timestamp() returning fence, (select n from epoch) as epoch, position, width, lost`, [owner]));
  return row ? { fence: Number(row.fence), epoch: row.epoch, position: Number(row.position), width: Number(row.width), lost: row.lost } : null;
}

/** To be the first of a batch. @throws NotOurs */
export async function holdMirror(sql: Sql, { fence, epoch }: MirrorLease): Promise<void> {
  const rows = await sql.query(`select from log_mirror where ${HELD} for update`, [fence, epoch]);
  if (rows.length === 0) throw new NotOurs();
}

/** With the rows up to there, in one transaction. */
export async function advanceMirror(sql: Sql, { fence }: MirrorLease, position: number): Promise<void> {
  await sql.query(`update log_mirror set position = $2, expires_at = ${LASTS} where fence = $1`, [fence, position]);
}

/** Tells that we are alive, and that whatever was recorded by `told` is in the mirror, so that all ids are known. @returns the database's clock @throws NotOurs */
export async function keepMirror(worker: Database, { fence, epoch }: MirrorLease, told: string | null): Promise<string> {
  const [row] = await worker.statements((sql) => sql.query<{ now: string }>(
    `update log_mirror set expires_at = ${LASTS}, told = greatest(told, $3::timestamptz), whole = whole or $3 is not null where ${HELD} returning clock_timestamp()::text as now`, [fence, epoch, told]));
  if (!row) throw new NotOurs();
  return row.now;
}

export async function leaveMirror(worker: Database, owner: string): Promise<void> {
  await worker.statements((sql) => sql.query('update log_mirror set owner = null where owner = $1', [owner]));
}
