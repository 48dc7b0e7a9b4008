import { Query } from '@nestjs/cqrs';
import { liveEntities } from '../entities/live-entities.js';
import { read, type ReadModelOptions } from '../reading.js';
import { outagesTable } from './outages-table.js';

/** Whether any customer has an outage of this number, as far as the read model has come. */
export class IsOutageKnown extends Query<boolean> {
  constructor(readonly options: { readonly tenant: string; readonly outage: string }) {
    super();
  }
}

export async function isOutageKnown(model: ReadModelOptions, { tenant, outage }: IsOutageKnown['options']): Promise<boolean> {
  return read(model.reader, tenant, async (sql) => {
    const rows = await sql.query(`select 1 from ${await liveEntities(sql, outagesTable)} where tenant = $1 and entity = $2 limit 1`, [tenant, outage]);
    return rows.length > 0;
  });
}
