import type { EntityTable } from './entity-table.js';

/** Every table of things. */
export const entityTables: readonly EntityTable[] = [];
