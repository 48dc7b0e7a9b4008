import { answersTable } from '../answers/answers-table.js';
import { economicsTable } from '../economics/economics-table.js';
import { feedbackTable } from '../feedback/feedback-table.js';
import { outagesTable } from '../outages/outages-table.js';
import { recoveryTable } from '../recoveries/recovery-table.js';
import { planTable } from '../success-plan/plan-table.js';
import { revenueTable } from '../revenue/revenue-table.js';
import { taskTable } from '../tasks/task-table.js';
import { ticketsTable } from '../tickets/tickets-table.js';
import type { EntityTable } from './entity-table.js';

/** Every table of things. */
export const entityTables: readonly EntityTable[] = [answersTable, feedbackTable, recoveryTable, taskTable, planTable, ticketsTable, outagesTable, revenueTable, economicsTable];
