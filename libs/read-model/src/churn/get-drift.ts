import { Query } from '@nestjs/cqrs';
import { priorChurnModel } from '#insight';
import { read, type ReadModelOptions } from '../reading.js';
import type { Drift } from './get-models.js';
import { inForceAmong } from './model-states.js';
import { modelFacts } from './model-in-force.js';

/** Every measurement of every model, the latest first. */
export interface DriftAnswer {
  readonly inForce: string;
  readonly measurements: readonly (Drift & { readonly measuredAt: string })[];
}

export class GetChurnDrift extends Query<DriftAnswer> {
  constructor(readonly options: { readonly tenant: string }) {
    super();
  }
}

export function getChurnDrift({ reader }: ReadModelOptions, { tenant }: GetChurnDrift['options']): Promise<DriftAnswer> {
  return read(reader, tenant, async (sql) => {
    const facts = await modelFacts(sql, tenant, ['churnmodel.promoted', 'churnmodel.retired', 'churnmodel.drift-measured']);
    const measured = facts.filter(({ type }) => type === 'churnmodel.drift-measured');
    return { inForce: inForceAmong(facts)?.model ?? priorChurnModel.id, measurements: measured.map(({ data, observedAt }) => ({ ...data as unknown as Drift, measuredAt: observedAt })).reverse() };
  });
}
