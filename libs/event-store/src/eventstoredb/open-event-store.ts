import type { Database } from '../postgres/database.js';
import { EventStoreDbStore } from './eventstoredb-store.js';
import { Reservations } from './reservations.js';
import { Server } from './server.js';

/** The store on EventStoreDB at this address, its ids in this database. */
export async function openEventStoreDb(url: string, worker: Database): Promise<EventStoreDbStore> {
  return new EventStoreDbStore(await Server.connect(url), new Reservations(worker), worker);
}
