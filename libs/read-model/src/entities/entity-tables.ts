import { recoveryTable } from '../recoveries/recovery-table.js';
import type { EntityTable } from './entity-table.js';

/** Every table of things. */
export const entityTables: readonly EntityTable[] = [recoveryTable];
