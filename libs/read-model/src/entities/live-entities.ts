import { liveGeneration, type Sql } from '#event-store';
import { type EntityTable, entityTableName } from './entity-table.js';

/** What to select from for the rows that people read, such as `(select … where shown) as ticket`. */
export async function liveEntities(sql: Sql, table: Pick<EntityTable, 'name'>): Promise<string> {
  return `(select * from ${entityTableName(table, await liveGeneration(sql, 'entities'))} where shown) as ${table.name}`;
}
