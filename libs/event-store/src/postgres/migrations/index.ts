import type { MigrationClass } from '../migrate.js';
import { Log1763900000001 } from './1763900000001-log.js';

/** In order, for ever; a migration that has run anywhere is never edited. */
export const eventStoreMigrations: readonly MigrationClass[] = [Log1763900000001];
