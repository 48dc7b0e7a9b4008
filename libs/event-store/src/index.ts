export * from './event-store.js';
export { MemoryEventStore } from './memory/memory-event-store.js';
export { Database, type DatabaseRole, type Sql } from './postgres/database.js';
