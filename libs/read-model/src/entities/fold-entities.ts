import type { CustomerKey } from '#event-store';
import { effectiveEvents, type JourneyEvent } from '#journey';
import { groupBy } from '../group-by.js';
import type { EntityTable } from './entity-table.js';
import { type EntityValues, valuesOfEntity } from './entity-rows.js';

/** Rows to be written, table by table. */
export type Filled = ReadonlyMap<EntityTable, readonly EntityValues[]>;

/** What a whole story of a customer comes to, as corrections left it. @throws what a `rowOf` throws */
export function foldEntities(tables: readonly EntityTable[], { tenant, customer }: CustomerKey, story: readonly JourneyEvent[]): Filled {
  const standing = effectiveEvents(story);
  return new Map(tables.map((table) => {
    const things = groupBy(standing.flatMap((fact) => {
      const entity = table.entityOf(fact);
      return entity === null ? [] : [{ entity, fact }];
    }), ({ entity }) => entity);
    return [table, [...things].map(([entity, about]) => valuesOfEntity(table, { tenant, customer, entity, facts: about.map(({ fact }) => fact) }))];
  }));
}
