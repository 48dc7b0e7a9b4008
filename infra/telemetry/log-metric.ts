import { Gauge, type Registry } from 'prom-client';
import type { LogServer } from './readiness.js';

/** Of this process, asked when somebody scrapes: others may reach the server when this one does not. */
export function logMetric(registry: Registry, log: LogServer | null): void {
  new Gauge({
    name: 'touchline_eventstoredb_up', help: 'Where the log is in EventStoreDB: 1 when it answered this process within two seconds for this answer.', registers: [registry],
    async collect() {
      if (log) this.set(Number(await log.answers()));
      else this.remove();
    },
  });
}
