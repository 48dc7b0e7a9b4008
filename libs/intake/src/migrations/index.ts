import type { MigrationClass } from '#event-store';
import { CustomerAliases1763920000000 } from './1763920000000-customer-aliases.js';
import { Imports1763930000000 } from './1763930000000-imports.js';
import { ImportBatches1764000000000 } from './1764000000000-import-batches.js';

/** In order, for ever; a migration that has run anywhere is never edited. They need those of the event store. */
export const intakeMigrations: readonly MigrationClass[] = [CustomerAliases1763920000000, Imports1763930000000, ImportBatches1764000000000];
