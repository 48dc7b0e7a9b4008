import type { MigrationClass } from '#event-store';
import { Webhooks1764700000501 } from './1764700000501-webhooks.js';

/** What is kept of those who are told of facts. */
export const outboundMigrations: readonly MigrationClass[] = [Webhooks1764700000501];
