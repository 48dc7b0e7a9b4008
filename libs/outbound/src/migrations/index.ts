import type { MigrationClass } from '#event-store';
import { Webhooks1764700000501 } from './1764700000501-webhooks.js';
import { FirstAttempts1764900000101 } from './1764900000101-first-attempts.js';
import { TestsOfWebhooks1764900000102 } from './1764900000102-tests-of-webhooks.js';

/** What is kept of those who are told of facts. */
export const outboundMigrations: readonly MigrationClass[] = [Webhooks1764700000501, FirstAttempts1764900000101, TestsOfWebhooks1764900000102];
