import { QueryRefused, read, type ReadModelOptions } from '../reading.js';

const CURSOR = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})~(\d{1,9})$/;

/** Keeps an order for ten minutes. @returns its id */
export async function freezeOrder({ worker }: ReadModelOptions, tenant: string, ids: readonly string[]): Promise<string> {
  return worker.transaction(async (sql) => {
    await sql.query('delete from frozen_order where expires_at < now()');
    const [row] = await sql.query<{ id: string }>(
      `insert into frozen_order (tenant, customers, expires_at) values ($1, $2, now() + interval '10 minutes') returning id`, [tenant, ids]);
    return row!.id;
  });
}

/** @throws QueryRefused for a cursor that is none, has expired, or is another tenant's */
export async function frozenOrder({ reader }: ReadModelOptions, tenant: string, cursor: string): Promise<{ id: string; ids: string[]; offset: number }> {
  const [, id, offset] = CURSOR.exec(cursor) ?? [];
  const rows = id === undefined ? [] : await read(reader, tenant, (sql) => sql.query<{ customers: string[] }>(
    'select customers from frozen_order where tenant = $1 and id = $2 and expires_at > now()', [tenant, id]));
  if (!rows[0]) throw new QueryRefused('invalid-parameter', 'This cursor is unknown or older than ten minutes. Ask for the first page again, without a cursor.', 'cursor');
  return { id: id!, ids: rows[0].customers, offset: Number(offset) };
}
