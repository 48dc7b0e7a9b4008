import type { Sql } from '#event-store';
import type { EventRef, Position } from '#journey';
import { lockEndpoint } from './endpoint.js';
import { enqueue } from './queue.js';

/** The one fact of the company itself that webhooks are told of; only those whose filter names it, and asks for no customers. */
export const REPORT_PUBLISHED = 'company.report-published';

/** Puts on the way, to each webhook that is enabled and names it, that a report was published: once, however often it is called. In a transaction. @returns to how many */
export async function tellOfReport(sql: Sql, tenant: string, fact: EventRef & { readonly report: string; readonly position: Position }): Promise<number> {
  const named = await sql.query<{ id: string }>(`select id from webhook_endpoint where tenant = $1 and enabled and filter->'types' ? $2 and filter - 'types' = '{}' order by id`, [tenant, REPORT_PUBLISHED]);
  for (const { id } of named) {
    const endpoint = await lockEndpoint(sql, tenant, id);
    if (endpoint?.enabled) await enqueue(sql, endpoint, [{ source: fact.source, id: fact.id, type: REPORT_PUBLISHED, position: fact.position, customer: `report:${fact.report}` }]);
  }
  return named.length;
}
