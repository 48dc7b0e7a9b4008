import { Query } from '@nestjs/cqrs';
import type { Sql } from '#event-store';
import { usualEconomics } from '#insight';
import { read, type ReadModelOptions } from '../reading.js';
import { type Decided, decidedPolicy } from '../revenue/settings.js';
import type { NamedPolicy } from './policy-of.js';

/** The stream in which a tenant's policy of economics stands. */
export const ECONOMICS_POLICY = { category: 'economicspolicy', id: 'policy' } as const;

export type EconomicsSettings = Decided<NamedPolicy>;

export class GetEconomicsSettings extends Query<EconomicsSettings> {
  constructor(readonly options: { readonly tenant: string }) {
    super();
  }
}

export const getEconomicsSettings = ({ reader }: Pick<ReadModelOptions, 'reader'>, { tenant }: GetEconomicsSettings['options']): Promise<EconomicsSettings> => read(reader, tenant, (sql) => economicsSettings(sql, tenant));

/** As it was known at a moment; now, where none is given. */
export const economicsSettings = (sql: Sql, tenant: string, knownAt?: string): Promise<EconomicsSettings> => decidedPolicy(sql, tenant, { ...ECONOMICS_POLICY, usual: { name: 'usual', ...usualEconomics }, knownAt });
