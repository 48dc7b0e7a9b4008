import type { OnApplicationShutdown } from '@nestjs/common';
import { Database, openEventStore, type OpenedStore, type WhereTheLogIs } from '#event-store';

/** Everything the API holds open. Closed after the last request has been answered. */
export class Connections implements OnApplicationShutdown {
  readonly worker: Database;
  readonly reader: Database;
  readonly store: OpenedStore;

  constructor(databaseUrl: string, private readonly ended = () => Promise.resolve(), where: WhereTheLogIs = {}) {
    this.worker = new Database(databaseUrl, 'touchline_worker');
    this.reader = new Database(databaseUrl, 'touchline_reader');
    this.store = openEventStore(this.worker, where);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
    await Promise.all([this.worker.close(), this.reader.close()]);
    await this.ended();
  }
}
