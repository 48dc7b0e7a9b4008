import { eventStoreContract } from '../contract.suite.js';
import { MemoryEventStore } from './memory-event-store.js';

eventStoreContract('The store in memory', async () => new MemoryEventStore());
