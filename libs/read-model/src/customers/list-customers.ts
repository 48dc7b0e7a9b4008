import { Query } from '@nestjs/cqrs';
import type { Sql } from '#event-store';
import { QueryRefused, readCustomers, type ReadModelOptions } from '../reading.js';
import type { Calendar } from '../tenant.js';
import { aliasesOf, aliasText } from './aliases.js';
import { type CustomerSummary, type ListedRow, LISTED_COLUMNS, listed } from './customer-answer.js';
import { type CustomerFilter, CUSTOMER_SORTS, customersInOrder } from './customers-in-order.js';
import { cursorOfFirstPage, firstPageOf, type FirstPage } from './first-page.js';
import { cursorInto, freezeOrder, frozenPage, type FrozenPage } from './frozen-order.js';

export interface ListCustomersOptions extends CustomerFilter {
  readonly tenant: string;
  /** The list it came from counts then, not what else is asked for. */
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

/**
 * No customer is shown twice or never while scores move: the first page's cursor says whom it showed, and who turns it has the order of all others
 * frozen for ten minutes. So a first page, which most people leave it at, costs what it shows, however many customers there are.
 */
export async function listCustomers(model: ReadModelOptions, { tenant, cursor, limit = 50, ...filter }: ListCustomersOptions): Promise<CustomerPage> {
  if (cursor === undefined) return firstPage(model, tenant, filter, limit);
  const first = firstPageOf(cursor, tenant, model.now());
  const { ids, next } = first ? await secondPage(model, tenant, first, limit) : await frozenPage(model, tenant, cursor, limit);
  return readCustomers(model, tenant, async (sql, { from }, today) => {
    const rows = await sql.query<ListedRow>(
      `select ${LISTED_COLUMNS} from ${from} join unnest($2::text[]) with ordinality as wanted (customer, place) using (customer)
       where tenant = $1 and status <> 'merged' order by place`, [tenant, ids]);
    return { today, customers: await linesOf(sql, tenant, rows), next };
  });
}

async function firstPage(model: ReadModelOptions, tenant: string, filter: CustomerFilter, limit: number): Promise<CustomerPage> {
  const { sort } = filter;
  if (sort !== undefined && !CUSTOMER_SORTS.includes(sort)) throw new QueryRefused('invalid-parameter', `sort is one of ${CUSTOMER_SORTS.join(', ')}.`, 'sort');
  return readCustomers(model, tenant, async (sql, live, today) => {
    const { text, values, name } = customersInOrder(live, LISTED_COLUMNS, tenant, filter, limit + 1);
    const found = await sql.query<ListedRow>(text, values, name);
    const rows = found.slice(0, limit);
    const next = found.length > limit ? cursorOfFirstPage(tenant, filter, rows.map(({ customer }) => customer), model.now()) : null;
    return { today, customers: await linesOf(sql, tenant, rows), next };
  });
}

/** Freezes the order of everybody but those who were shown. */
async function secondPage(model: ReadModelOptions, tenant: string, { filter, hasShown }: FirstPage, limit: number): Promise<FrozenPage> {
  const all = await readCustomers(model, tenant, (sql, live) => {
    const { text, values, name } = customersInOrder(live, 'customer', tenant, filter);
    return sql.query<{ customer: string }>(text, values, name);
  });
  const ids = all.map(({ customer }) => customer).filter((customer) => !hasShown(customer));
  return { ids: ids.slice(0, limit), next: ids.length > limit ? cursorInto(await freezeOrder(model, tenant, ids), limit) : null };
}

async function linesOf(sql: Sql, tenant: string, rows: readonly ListedRow[]): Promise<CustomerSummary[]> {
  const aliases = await aliasesOf(sql, tenant, rows.filter(({ nameless }) => nameless).map(({ customer }) => customer));
  const knownAs = (customer: string) => aliases.get(customer)?.map(aliasText)[0] ?? null;
  return rows.map((row) => listed(row, knownAs(row.customer)));
}
