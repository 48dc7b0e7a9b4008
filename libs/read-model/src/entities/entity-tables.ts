import { recoveryTable } from '../recoveries/recovery-table.js';
import { planTable } from '../success-plan/plan-table.js';
import { taskTable } from '../tasks/task-table.js';
import type { EntityTable } from './entity-table.js';

/** Every table of things. */
export const entityTables: readonly EntityTable[] = [recoveryTable, taskTable, planTable];
