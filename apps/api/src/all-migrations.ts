import { eventStoreMigrations, type MigrationClass } from '#event-store';
import { intakeMigrations } from '#intake';
import { outboundMigrations } from '#outbound';
import { readModelMigrations } from '#read-model';
import { apiMigrations } from './access/migrations/index.js';
import { TodayChanges1763960000000 } from './tenant/migrations/1763960000000-today-changes.js';

/** Everything that an API needs in its database. The runner sorts them by their timestamps. */
export const allMigrations: readonly MigrationClass[] = [...eventStoreMigrations, ...intakeMigrations, ...readModelMigrations, ...outboundMigrations, ...apiMigrations, TodayChanges1763960000000];
