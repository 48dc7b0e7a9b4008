import { type Database, type EventStore, listTenantsWithNewest, tenantsHaving } from '#event-store';
import { dayOfDate, lastMonthEnd } from '#insight';
import type { DataFor } from '#journey';
import { measureDrift } from '#read-model';

const SOURCE = 'touchline:churn';
const MODELS = 'churnmodel';
const DAYS = { category: 'clock', id: 'days' } as const;

export interface DriftWatchParts {
  readonly worker: Database;
  readonly reader: Database;
  readonly store: EventStore;
}

/**
 * Measures once a month, when its last day is closed, how far each tenant's model in force has drifted, and appends it to the model's stream. The id of a
 * measurement is the same everywhere, so that several processes may measure: the first counts.
 */
export class DriftWatch {
  private readonly looked = new Set<string>();

  constructor(private readonly parts: DriftWatchParts) {}

  /** @returns how many measurements were appended */
  async tick(now: Date, signal: AbortSignal): Promise<number> {
    const { worker, reader } = this.parts;
    const having = await tenantsHaving(worker, MODELS);
    if (having.size === 0) return 0;
    let appended = 0;
    const failed: unknown[] = [];
    for (const { id: tenant, newest } of await listTenantsWithNewest(worker, DAYS)) {
      const day = newest && lastMonthEnd(dayOfDate(String(newest.data['day'])));
      if (day === null || !having.has(tenant) || this.looked.has(`${tenant}/${day}`)) continue;
      signal.throwIfAborted();
      try {
        const drift = await measureDrift({ reader, now: () => now }, tenant, day, signal);
        if (drift && await this.append(tenant, drift, now)) appended += 1;
        this.looked.add(`${tenant}/${day}`);
      } catch (error) {
        // The next tenant's turn does not depend on it; this one is looked at again when another day is closed.
        failed.push(error);
      }
    }
    if (failed.length > 0) throw failed[0];
    return appended;
  }

  private async append(tenant: string, drift: DataFor<'churnmodel.drift-measured'>, now: Date): Promise<boolean> {
    const [verdict] = await this.parts.store.append([{ stream: { tenant, category: MODELS, id: drift.model }, expected: 'exists', events: [{
      source: SOURCE, id: `drift:${drift.model}:${drift.day}`, type: 'churnmodel.drift-measured', version: 1, occurredAt: now.toISOString(),
      actor: { kind: 'system', id: SOURCE }, data: { ...drift }, bodyHash: `${drift.model}/${drift.day}`,
    }] }]);
    return verdict!.status === 'appended';
  }
}
