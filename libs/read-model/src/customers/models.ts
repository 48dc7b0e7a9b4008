import { type CustomerKey, partitionOf, type Work } from '#event-store';
import { type ChurnModel, priorChurnModel } from '#insight';
import type { JourneyEvent } from '#journey';
import { modelById, modelInForceUpTo } from '../churn/model-in-force.js';
import { churnModelTable } from './table.js';

/** Which model says the risk of whom, as the ticks have told each partition: so a row follows from the log alone, whenever it is computed. */
export class Models {
  private constructor(private readonly models: ReadonlyMap<string, ChurnModel>) {}

  static async of({ sql, generation }: Pick<Work, 'sql' | 'generation'>, tenants: readonly string[]): Promise<Models> {
    const rows = await sql.query<{ tenant: string; partition: number; model: string }>(
      `select tenant, partition, model from ${churnModelTable(generation)} where tenant = any($1)`, [tenants], `churn_models_${generation}`);
    const models = new Map<string, ChurnModel>();
    for (const { tenant, partition, model } of rows) models.set(`${tenant}/${partition}`, await modelById(sql, tenant, model) ?? priorChurnModel);
    return new Models(models);
  }

  /** The prior, where nothing was promoted. */
  of({ tenant, customer }: CustomerKey): ChurnModel {
    return this.models.get(`${tenant}/${partitionOf(tenant, customer)}`) ?? priorChurnModel;
  }
}

/** Keeps which model is in force from a fact about models on. @returns its id */
export async function keepModel({ sql, generation, partitions }: Work, { stream: { tenant }, position }: JourneyEvent): Promise<string> {
  const { model: { id } } = await modelInForceUpTo(sql, tenant, position);
  await sql.query(
    `insert into ${churnModelTable(generation)} (tenant, partition, model) select $1, unnest($2::smallint[]), $3 on conflict (tenant, partition) do update set model = excluded.model`,
    [tenant, partitions, id]);
  return id;
}
