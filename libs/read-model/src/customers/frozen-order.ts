import { read, type ReadModelOptions } from '../reading.js';
import { unknownCursor } from './first-page.js';

const CURSOR = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})~(\d{1,9})$/;

/** A page of a frozen order, and the cursor of the page behind it. */
export interface FrozenPage {
  readonly ids: readonly string[];
  readonly next: string | null;
}

/** Keeps an order for ten minutes. @returns its id */
export async function freezeOrder({ worker }: ReadModelOptions, tenant: string, ids: readonly string[]): Promise<string> {
  return worker.transaction(async (sql) => {
    await sql.query('delete from frozen_order where expires_at < now()');
    const [row] = await sql.query<{ id: string }>(
      `insert into frozen_order (tenant, customers, expires_at) values ($1, $2, now() + interval '10 minutes') returning id`, [tenant, ids]);
    return row!.id;
  });
}

export const cursorInto = (id: string, offset: number): string => `${id}~${offset}`;

/** @throws QueryRefused for a cursor that is none, has expired, or is another tenant's */
export async function frozenPage({ reader }: ReadModelOptions, tenant: string, cursor: string, limit: number): Promise<FrozenPage> {
  const [, id, offset] = CURSOR.exec(cursor) ?? [];
  if (id === undefined) throw unknownCursor();
  const end = Number(offset) + limit;
  const [row] = await read(reader, tenant, (sql) => sql.query<{ ids: string[]; more: boolean }>(
    'select customers[$3::int + 1 : $4::int] as ids, cardinality(customers) > $4::int as more from frozen_order where tenant = $1 and id = $2 and expires_at > now()', [tenant, id, offset, end]));
  if (!row) throw unknownCursor();
  return { ids: row.ids, next: row.more ? cursorInto(id, end) : null };
}
