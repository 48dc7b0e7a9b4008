import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Database, figuresOf, logServer, stoppedProjections, type WhereTheLogIs } from '#event-store';
import { connectKafka, parseKafkaUrl } from '#kafka';
import { webhookFigures } from '#outbound';
import { answerMetrics } from './answer-metrics.js';
import { Probe } from './probe.js';
import { readiness } from './readiness.js';
import { tableMetrics } from './table-metrics.js';
import { workMetrics } from './work-metrics.js';

export interface OperationsOptions extends WhereTheLogIs {
  readonly databaseUrl: string;
  /** Left out: there is no such port, and nothing is counted. */
  readonly operationsPort?: number | undefined;
  readonly operationsHost: string;
  /** Left out: this process does not use Kafka. */
  readonly kafkaUrl?: string | undefined;
}

/** What operators see of one process, on a port of its own. */
export interface Operations {
  /** Null where none was asked for. */
  readonly url: string | null;
  /** From now on the process is ready as long as its database answers, and once the server that has the log has. */
  started(): void;
  /** To be called first when the process is to stop: whoever sends it work goes elsewhere. */
  stopping(): void;
  close(): Promise<void>;
}

/** Its one connection is its own, so that who asks how it goes waits behind no work. Begin with it: until `started` the process is live and not ready. */
export async function startOperations({ databaseUrl, operationsPort, operationsHost, kafkaUrl, ...where }: OperationsOptions): Promise<Operations> {
  if (operationsPort === undefined) return { url: null, started: () => undefined, stopping: () => undefined, close: () => Promise.resolve() };
  const others = await othersOf(where, kafkaUrl);
  const database = new Database(databaseUrl, 'touchline_worker', 1);
  const registry = new Registry();
  let state: 'starting' | 'ready' | 'stopping' = 'starting';
  collectDefaultMetrics({ register: registry });
  tableMetrics(registry, async () => ({ ...await figuresOf(database), webhooks: await webhookFigures(database) }));
  answerMetrics(registry, others);
  const deafen = workMetrics(registry);
  const readyNow = readiness(() => stoppedProjections(database), others);
  const ready = async (response: ServerResponse) => {
    if (state !== 'ready') return answer(response, 503, { status: state });
    const now = await readyNow();
    return answer(response, now.status === 'ready' ? 200 : 503, { ...now });
  };
  const pages: Readonly<Record<string, (response: ServerResponse) => Promise<unknown>>> = {
    '/health/live': async (response) => answer(response, 200, { status: 'live' }),
    '/health/ready': ready,
    '/metrics': async (response) => response.setHeader('content-type', registry.contentType).end(await registry.metrics()),
  };
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://here').pathname];
    if (!page || request.method !== 'GET') return void answer(response, 404, { status: 'unknown', why: `There are GET ${Object.keys(pages).join(', ')}.` });
    page(response).catch(() => answer(response, 500, { status: 'failed' }));
  });
  const leave = async () => { await Promise.all([database.close(), others.log?.close(), others.kafka?.close()]); };
  const close = async () => {
    deafen();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await leave();
  };
  try {
    await new Promise<void>((done, fail) => server.once('error', fail).listen(operationsPort, operationsHost, done));
  } catch (error) {
    deafen();
    await leave();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return { url: `http://${operationsHost.includes(':') ? `[${operationsHost}]` : operationsHost}:${port}`, started: () => { state = 'ready'; }, stopping: () => { state = 'stopping'; }, close };
}

/** The servers beside the database; null for one that this process does not use. */
async function othersOf(where: WhereTheLogIs, kafkaUrl: string | undefined): Promise<{ readonly log: Probe | null; readonly kafka: Probe | null }> {
  const log = logServer(where);
  return { log: log && new Probe(log), kafka: kafkaUrl === undefined ? null : new Probe(await connectKafka(parseKafkaUrl(kafkaUrl)!, 'touchline-operations')) };
}

function answer(response: ServerResponse, status: number, body: Record<string, unknown>): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
