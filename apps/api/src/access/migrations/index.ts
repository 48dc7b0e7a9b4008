import type { MigrationClass } from '#event-store';
import { ApiKeys1763950000000 } from './1763950000000-api-keys.js';

/** In order, for ever; a migration that has run anywhere is never edited. */
export const apiMigrations: readonly MigrationClass[] = [ApiKeys1763950000000];
