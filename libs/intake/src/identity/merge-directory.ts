import { type Database, knownStreams, mergesOf, type ShortMerge } from '#event-store';
import type { Roots } from '#journey';

/** Who is merged into whom, from the log itself. What is read under the tenant's merge lock stays so until the lock is let go. */
export class MergeDirectory {
  constructor(private readonly database: Database) {}

  /** Shared by all who ask: to be copied before anything is added. */
  async roots(tenant: string): Promise<Roots<ShortMerge>> {
    return (await this.database.statements((sql) => mergesOf(sql, tenant))).roots;
  }

  /** Which of these customers the log knows. */
  async known(tenant: string, customers: readonly string[]): Promise<Set<string>> {
    return new Set(customers.length === 0 ? [] : await this.database.statements((sql) => knownStreams(sql, tenant, 'customer', customers)));
  }

  /** The merges that stand now and came with an import, of these customers. */
  async standing(tenant: string, importId: string, customers: readonly string[]): Promise<ShortMerge[]> {
    const roots = await this.roots(tenant);
    return customers.flatMap((customer) => roots.merge(customer) ?? []).filter((merge) => merge.importId === importId);
  }
}
