import type { OnApplicationShutdown } from '@nestjs/common';
import { Database, PostgresEventStore } from '#event-store';

/** Everything the API holds open. Closed after the last request has been answered. */
export class Connections implements OnApplicationShutdown {
  readonly worker: Database;
  readonly reader: Database;
  readonly store: PostgresEventStore;

  constructor(databaseUrl: string, private readonly ended = () => Promise.resolve()) {
    this.worker = new Database(databaseUrl, 'touchline_worker');
    this.reader = new Database(databaseUrl, 'touchline_reader');
    this.store = new PostgresEventStore(this.worker);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
    await Promise.all([this.worker.close(), this.reader.close()]);
    await this.ended();
  }
}
