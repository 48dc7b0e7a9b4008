import { Gauge, type Registry } from 'prom-client';
import type { Answering, Others } from './readiness.js';

/** Of this process, asked when somebody scrapes: others may reach a server when this one does not. */
export function answerMetrics(registry: Registry, { log, kafka }: Others): void {
  tellOf(registry, 'touchline_eventstoredb_up', 'Where the log is in EventStoreDB: 1 when it answered this process within two seconds for this answer.', log);
  tellOf(registry, 'touchline_kafka_up', 'Where KAFKA_URL is set: 1 when a broker that it names answered this process within two seconds for this answer.', kafka);
}

function tellOf(registry: Registry, name: string, help: string, server: Answering | null): void {
  new Gauge({
    name, help, registers: [registry],
    async collect() {
      if (server) this.set(Number(await server.answers()));
      else this.remove();
    },
  });
}
