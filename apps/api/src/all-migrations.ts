import { eventStoreMigrations, type MigrationClass } from '#event-store';
import { intakeMigrations } from '#intake';
import { readModelMigrations } from '#read-model';
import { apiMigrations } from './access/migrations/index.js';

/** Everything that an API needs in its database. The runner sorts them by their timestamps. */
export const allMigrations: readonly MigrationClass[] = [...eventStoreMigrations, ...intakeMigrations, ...readModelMigrations, ...apiMigrations];
