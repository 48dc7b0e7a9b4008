import type { MigrationClass } from '#event-store';
import { ApiKeys1763950000000 } from './1763950000000-api-keys.js';
import { OperatorRole1764100000000 } from './1764100000000-operator-role.js';
import { AuditorRole1764900000000 } from './1764900000000-auditor-role.js';
import { SubscriberRole1764800000000 } from './1764800000000-subscriber-role.js';

/** In order, for ever; a migration that has run anywhere is never edited. */
export const apiMigrations: readonly MigrationClass[] = [ApiKeys1763950000000, OperatorRole1764100000000, SubscriberRole1764800000000, AuditorRole1764900000000];
