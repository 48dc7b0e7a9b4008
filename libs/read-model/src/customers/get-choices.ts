import { Query } from '@nestjs/cqrs';
import { liveTable, read, type ReadModelOptions } from '../reading.js';
import { customerTable } from './table.js';

/** What customers can be filtered by: values that at least one customer has, in order. */
export interface Choices {
  readonly owners: readonly string[];
  readonly segments: readonly string[];
}

export class GetChoices extends Query<Choices> {
  constructor(readonly options: { readonly tenant: string }) {
    super();
  }
}

export async function getChoices(model: ReadModelOptions, { tenant }: GetChoices['options']): Promise<Choices> {
  return read(model.reader, tenant, async (sql) => {
    const [row] = await sql.query<Choices>(
      `select coalesce(array_agg(distinct owner order by owner) filter (where owner is not null), '{}') as owners,
         coalesce(array_agg(distinct segment order by segment) filter (where segment is not null), '{}') as segments
       from ${await liveTable(sql, 'customers', customerTable)} where tenant = $1`, [tenant]);
    return row!;
  });
}
