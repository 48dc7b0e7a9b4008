import { streamsIn, type Sql } from '#event-store';

export const DEPARTMENTS = 'department';

/** A department that gets feedback. */
export interface Department {
  readonly id: string;
  readonly name: string;
  /** Who answers for it. */
  readonly owner: string;
  readonly answerWithinHours: number;
}

/** The departments that there are at the moment of the snapshot, by id. */
export async function departmentsOf(sql: Sql, tenant: string): Promise<ReadonlyMap<string, Department>> {
  const streams = (await streamsIn(sql, tenant, DEPARTMENTS)).map(({ id }) => id);
  if (streams.length === 0) return new Map();
  const rows = await sql.query<{ stream: string; type: string; data: Omit<Department, 'id'> }>(
    `select distinct on (stream) stream, type, data from log where tenant = $1 and category = '${DEPARTMENTS}' and stream = any($2) order by stream, revision desc`, [tenant, streams]);
  return new Map(rows.filter(({ type }) => type === 'department.set').map(({ stream, data: { name, owner, answerWithinHours } }) => [stream, { id: stream, name, owner, answerWithinHours }]));
}
