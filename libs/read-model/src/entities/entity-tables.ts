import { answersTable } from '../answers/answers-table.js';
import { feedbackTable } from '../feedback/feedback-table.js';
import type { EntityTable } from './entity-table.js';

/** Every table of things. */
export const entityTables: readonly EntityTable[] = [answersTable, feedbackTable];
