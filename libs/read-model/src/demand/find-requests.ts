import { Query } from '@nestjs/cqrs';
import type { RequestRef } from '#journey';
import { liveEntities } from '../entities/live-entities.js';
import { feedbackTable } from '../feedback/feedback-table.js';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';

/** Whose requests these are. */
export class FindRequests extends Query<readonly RequestRef[]> {
  constructor(readonly options: { readonly tenant: string; readonly requests: readonly string[] }) {
    super();
  }
}

/** Of two customers with a request of the same number both are meant. @throws QueryRefused where there is none */
export async function findRequests(model: ReadModelOptions, { tenant, requests }: FindRequests['options']): Promise<readonly RequestRef[]> {
  return read(model.reader, tenant, async (sql) => {
    const rows = await sql.query<RequestRef & Record<string, unknown>>(`select customer, entity as feedback from ${await liveEntities(sql, feedbackTable)} where tenant = $1 and entity = any($2) order by entity, customer`, [tenant, requests]);
    const unknown = requests.find((request) => !rows.some(({ feedback }) => feedback === request));
    if (unknown !== undefined) throw new QueryRefused('feedback-unknown', `No feedback ${JSON.stringify(unknown)} is known.`, 'requests');
    return rows.map(({ customer, feedback }) => ({ customer, feedback }));
  });
}
