import type { PostgresEventStore } from '#event-store';
import { findType, type Position } from '#journey';

/** Appends facts of a tenant as they stand in the log, under ids m1, m2 and so on. @returns the position of the last one */
export function factTeller(store: PostgresEventStore, tenant: string) {
  let told = 0;
  return async (category: string, id: string, ...facts: [string, Record<string, unknown>][]): Promise<Position> => {
    const [verdict] = await store.append([{ stream: { tenant, category, id }, expected: 'any', events: facts.map(([type, data]) => {
      told += 1;
      return { source: 'test', id: `m${told}`, type, version: findType(type)!.version, occurredAt: new Date().toISOString(), actor: { kind: 'system' as const, id: 'test' }, data, bodyHash: String(told) };
    }) }]);
    if (verdict!.status !== 'appended') throw new Error(verdict!.status);
    return verdict!.positions.at(-1)!;
  };
}
