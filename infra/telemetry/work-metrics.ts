import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { hear } from '#event-store';

const QUICK = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** Few, as they come once for each route. */
const OF_ROUTES = [0.01, 0.05, 0.1, 0.25, 1, 2.5, 10];

/** What this process does, counted while it does it. No label names a customer or an endpoint, and a tenant only where few are told of: there is no bound to how many there are. @returns a function that ends it */
export function workMetrics(registry: Registry): () => void {
  const registers = [registry];
  const append = new Histogram({ name: 'touchline_append_duration_seconds', help: 'From the call of append to its verdicts, with the wait for others that share the transaction.', labelNames: ['outcome'], buckets: QUICK, registers });
  const appended = new Counter({ name: 'touchline_append_events_total', help: 'Events that were given to append and got a verdict.', registers });
  const batch = new Histogram({ name: 'touchline_projection_batch_duration_seconds', help: 'One transaction in which a projection applied events.', labelNames: ['projection'], buckets: QUICK, registers });
  const applied = new Counter({ name: 'touchline_projection_events_total', help: 'Events that a projection applied.', labelNames: ['projection'], registers });
  const attempts = new Counter({ name: 'touchline_reaction_attempts_total', help: 'Attempts at what facts ask of reactions.', labelNames: ['reaction', 'outcome'], registers });
  const deliveries = new Counter({ name: 'touchline_deliveries_total', help: 'What became of what was to leave the house: events to Kafka, webhooks, mails.', labelNames: ['by', 'outcome'], registers });
  const received = new Counter({ name: 'touchline_received_events_total', help: 'Events read from other systems, by verdict; what is neither appended nor a duplicate lies among the dead letters.', labelNames: ['from', 'outcome'], registers });
  const kafkaLag = new Gauge({ name: 'touchline_kafka_in_lag', help: 'Records of Kafka that wait to be read; of the twenty tenants with the most. Every worker that reads tells of all, so take max.', labelNames: ['tenant'], registers });
  const requests = new Histogram({ name: 'touchline_http_request_duration_seconds', help: 'From a request to the end of its answer, by the pattern of its route.', labelNames: ['method', 'route', 'status'], buckets: OF_ROUTES, registers });
  const ends = [
    hear('append', ({ seconds, events, outcome }) => {
      append.observe({ outcome }, seconds);
      if (outcome === 'done') appended.inc(events);
    }),
    hear('batch', ({ projection, seconds, events }) => {
      batch.observe({ projection }, seconds);
      applied.inc({ projection }, events);
    }),
    hear('attempt', ({ reaction, outcome }) => attempts.inc({ reaction, outcome })),
    hear('delivery', ({ by, outcome, count }) => deliveries.inc({ by, outcome }, count)),
    hear('received', ({ from, outcome }) => received.inc({ from, outcome })),
    hear('kafkaLag', ({ tenants }) => {
      kafkaLag.reset();
      for (const { tenant, records } of tenants) kafkaLag.set({ tenant }, records);
    }),
    hear('request', ({ method, route, status, seconds }) => requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds)),
  ];
  return () => { for (const end of ends) end(); };
}
