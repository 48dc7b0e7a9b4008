import type { Late } from './states-sql.js';

/** More late customers of a tenant in one batch are history that flows in: the same customers will soon be late again. */
export const FEW_LATE = 50;
const FLOWS_MS = 1_000;

/** Tenants whose history flows in at this moment. Their customers are folded once it has come, not once per batch. */
export class Flows {
  private readonly until = new Map<string, number>();

  add(late: readonly Late[]): void {
    const counts = new Map<string, number>();
    for (const { tenant } of late) counts.set(tenant, (counts.get(tenant) ?? 0) + 1);
    for (const [tenant, count] of counts) if (count > FEW_LATE) this.until.set(tenant, performance.now() + FLOWS_MS);
  }

  now(): string[] {
    for (const [tenant, until] of this.until) if (until < performance.now()) this.until.delete(tenant);
    return [...this.until.keys()];
  }
}
