import { Query } from '@nestjs/cqrs';
import type { Sql } from '#event-store';
import { calendarOf, type Calendar } from '../tenant.js';
import { liveTable, QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { aliasesOf, aliasText } from './aliases.js';
import { COUNTED, CUSTOMER_COLUMNS, type CustomerRow, type CustomerSummary, summaryOf } from './customer-answer.js';
import { frozenOrder, freezeOrder } from './frozen-order.js';
import { customerTable } from './table.js';

export const CUSTOMER_SORTS = ['id', 'name', 'score', '-score', 'arr', '-arr', 'renewal'] as const;

export interface ListCustomersOptions {
  readonly tenant: string;
  /** Part of the name or id, any case. */
  readonly q?: string;
  readonly band?: string;
  readonly segment?: string;
  readonly owner?: string;
  /** `active`, `prospect`, `ended`, `all`; `current` (the default) is whoever has not ended. */
  readonly status?: string;
  /** `false`: only customers that nobody has registered yet. */
  readonly claimed?: boolean;
  readonly sort?: (typeof CUSTOMER_SORTS)[number];
  readonly cursor?: string;
  /** 1 to 200, default 50. */
  readonly limit?: number;
}

export interface CustomerPage {
  readonly today: Calendar['today'];
  readonly customers: readonly CustomerSummary[];
  /** Pass it as `cursor` for the next page; null at the end. Good for ten minutes. */
  readonly next: string | null;
}

export class ListCustomers extends Query<CustomerPage> {
  constructor(readonly options: ListCustomersOptions) {
    super();
  }
}

const ORDER: Record<(typeof CUSTOMER_SORTS)[number], string> = {
  id: 'customer', name: 'lower(name) nulls last, customer', score: `band = 'unknown', score nulls last, lower(name) nulls last, customer`, '-score': `band = 'unknown', score desc nulls last, lower(name) nulls last, customer`,
  arr: 'arr nulls first, customer', '-arr': 'arr desc nulls last, customer', renewal: 'renewal_day nulls last, customer',
};

/** The first page freezes the order, so that no customer is shown twice or never while scores move. */
export async function listCustomers(model: ReadModelOptions, options: ListCustomersOptions): Promise<CustomerPage> {
  const { tenant, limit = 50 } = options;
  const { ids, offset, id } = options.cursor
    ? await frozenOrder(model, tenant, options.cursor)
    : { ids: await read(model.reader, tenant, (sql) => idsInOrder(sql, options)), offset: 0, id: undefined };
  const page = ids.slice(offset, offset + limit);
  const more = offset + limit < ids.length;
  const next = more ? `${id ?? await freezeOrder(model, tenant, ids)}~${offset + limit}` : null;
  return read(model.reader, tenant, async (sql) => {
    const rows = await sql.query<CustomerRow>(
      `select ${CUSTOMER_COLUMNS} from ${await liveTable(sql, 'customers', customerTable)} join unnest($2::text[]) with ordinality as wanted (customer, place) using (customer)
       where tenant = $1 and status <> 'merged' order by place`, [tenant, page]);
    const aliases = await aliasesOf(sql, tenant, rows.filter(({ profile }) => profile.name === null).map(({ customer }) => customer));
    const knownAs = (customer: string) => aliases.get(customer)?.map(aliasText)[0] ?? null;
    return { today: (await calendarOf(sql, tenant, model.now())).today, customers: rows.map((row) => summaryOf(row, knownAs(row.customer))), next };
  });
}

async function idsInOrder(sql: Sql, { tenant, q, band, segment, owner, status = 'current', claimed, sort = 'id' }: ListCustomersOptions): Promise<string[]> {
  const order = ORDER[sort];
  if (!order) throw new QueryRefused('invalid-parameter', `sort is one of ${CUSTOMER_SORTS.join(', ')}.`, 'sort');
  const rows = await sql.query<{ customer: string }>(
    `select customer from ${await liveTable(sql, 'customers', customerTable)}
     where tenant = $1 and ($2::text is null or position(lower($2) in lower(coalesce(name, '') || ' ' || customer)) > 0)
       and ($3::text is null or band = $3) and ($4::text is null or segment = $4) and ($5::text is null or owner = $5)
       and ${COUNTED} and ($6 = 'all' or status = $6 or ($6 = 'current' and status <> 'ended')) and ($7::boolean is null or claimed = $7)
     order by ${order}`,
    [tenant, q ?? null, band ?? null, segment ?? null, owner ?? null, status, claimed ?? null]);
  return rows.map(({ customer }) => customer);
}
