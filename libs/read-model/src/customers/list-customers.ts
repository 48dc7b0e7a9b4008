import { Query } from '@nestjs/cqrs';
import { QueryRefused, readCustomers, type ReadModelOptions } from '../reading.js';
import type { Calendar } from '../tenant.js';
import { type CustomerSummary, LISTED_COLUMNS } from './customer-answer.js';
import { type CustomerFilter, CUSTOMER_SORTS, customersInOrder } from './customers-in-order.js';
import { cursorOfFirstPage, firstPageOf, type FirstPage } from './first-page.js';
import { type LineOf, lineOf, linesOf, rowsOf, textOf } from './list-lines.js';
import { cursorInto, freezeOrder, frozenPage, type FrozenPage } from './frozen-order.js';

export interface ListCustomersOptions extends CustomerFilter {
  readonly tenant: string;
  /** The list it came from counts then, not what else is asked for. */
  readonly cursor?: string;
  /** 1 to 200, default 50. */
  readonly limit?: number;
}

interface Page<Line> {
  readonly today: Calendar['today'];
  readonly customers: readonly Line[];
  /** Pass it as `cursor` for the next page; null at the end. Good for ten minutes. */
  readonly next: string | null;
}

export type CustomerPage = Page<CustomerSummary>;

export class ListCustomers extends Query<CustomerPage> {
  constructor(readonly options: ListCustomersOptions) {
    super();
  }
}

/** The same page as JSON. */
export class ListCustomersAsJson extends Query<string> {
  constructor(readonly options: ListCustomersOptions) {
    super();
  }
}

export const listCustomers = (model: ReadModelOptions, options: ListCustomersOptions): Promise<CustomerPage> => pageOf(model, options, lineOf);

export async function listCustomersAsJson(model: ReadModelOptions, options: ListCustomersOptions): Promise<string> {
  const { today, customers, next } = await pageOf(model, options, textOf);
  return `{"today":${JSON.stringify(today)},"customers":[${customers.join(',')}],"next":${JSON.stringify(next)}}`;
}

/**
 * No customer is shown twice or never while scores move: the first page's cursor says whom it showed, and who turns it has the order of all others
 * frozen for ten minutes. So a first page, which most people leave it at, costs what it shows, however many customers there are.
 */
async function pageOf<Line>(model: ReadModelOptions, { tenant, cursor, limit = 50, ...filter }: ListCustomersOptions, line: LineOf<Line>): Promise<Page<Line>> {
  if (cursor === undefined) return firstPage(model, tenant, { filter, limit }, line);
  const first = firstPageOf(cursor, tenant, model.now());
  const { ids, next } = first ? await secondPage(model, tenant, first, limit) : await frozenPage(model, tenant, cursor, limit);
  return readCustomers(model, tenant, async (sql, { generation, summed, from }, today) => {
    const rows = await rowsOf(sql, {
      text: `select ${LISTED_COLUMNS} from ${from} join unnest($2::text[]) with ordinality as wanted (customer, place) using (customer) where tenant = $1 and status <> 'merged' order by place`,
      values: [tenant, ids], name: `customers_${generation}_${summed ? 'summed' : 'unsummed'}_of`,
    });
    return { today, customers: await linesOf(sql, tenant, rows, line), next };
  });
}

async function firstPage<Line>(model: ReadModelOptions, tenant: string, { filter, limit }: { filter: CustomerFilter; limit: number }, line: LineOf<Line>): Promise<Page<Line>> {
  const { sort } = filter;
  if (sort !== undefined && !CUSTOMER_SORTS.includes(sort)) throw new QueryRefused('invalid-parameter', `sort is one of ${CUSTOMER_SORTS.join(', ')}.`, 'sort');
  return readCustomers(model, tenant, async (sql, live, today) => {
    const found = await rowsOf(sql, customersInOrder(live, LISTED_COLUMNS, tenant, filter, limit + 1));
    const rows = found.slice(0, limit);
    const next = found.length > limit ? cursorOfFirstPage(tenant, filter, rows.map(([customer]) => customer), model.now()) : null;
    return { today, customers: await linesOf(sql, tenant, rows, line), next };
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
