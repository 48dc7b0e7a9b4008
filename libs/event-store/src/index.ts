export * from './event-store.js';
export { MemoryEventStore } from './memory/memory-event-store.js';
export { Database, type DatabaseRole, type Sql } from './postgres/database.js';
export { migrate, type MigrationClass } from './postgres/migrate.js';
export { eventStoreMigrations } from './postgres/migrations/index.js';
export { PostgresEventStore } from './postgres/postgres-event-store.js';
export { findRows, readStreamRows, readStreamsRows } from './postgres/read.js';
