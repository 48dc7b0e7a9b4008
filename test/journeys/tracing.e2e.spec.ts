import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SpanKind } from '@opentelemetry/api';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { Database, ensureTenant, migrate, PostgresEventStore } from '#event-store';
import { connectKafka, type Incoming } from '#kafka';
import { issueKey } from '../../apps/api/src/access/api-keys.js';
import { allMigrations } from '../../apps/api/src/all-migrations.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { startWorker } from '../../apps/worker/src/worker.js';
import { traceTo } from '../../infra/telemetry/tracing.js';
import { decideKafkaOut } from '../../libs/outbound/src/kafka/testing/facts.js';
import { freshDatabase } from '../support/database.js';
import { testBroker } from '../support/kafka.js';
import { eventually } from '../support/read-models.js';

const TENANT = 'traced';
const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const masterKey = Buffer.alloc(32, 5).toString('base64');

/** What came to a webhook endpoint: by the id of the fact. */
const received = new Map<string, IncomingHttpHeaders>();
const receiver = createServer((request, response) => void json(request).then((body) => {
  received.set((body as { id: string }).id, request.headers);
  response.end();
}));
const exporter = new InMemorySpanExporter();
const ends: (() => Promise<unknown>)[] = [];
let url: string;
let key: string;
let kafka: Awaited<ReturnType<typeof connectKafka>>;

beforeAll(async () => {
  ends.unshift(await traceTo(exporter, 'test', { sampler: 'parentbased_always_on', samplerArg: 1 }));
  const broker = await testBroker();
  kafka = await connectKafka({ brokers: [broker], tls: false, login: null }, 'test');
  ends.unshift(() => kafka.close());
  const fresh = await freshDatabase(async (address) => void await migrate(address, allMigrations));
  ends.unshift(() => fresh.drop());
  const worker = new Database(fresh.url, 'touchline_worker', 2);
  const store = new PostgresEventStore(worker);
  ends.unshift(async () => { await store.close(); await worker.close(); });
  await ensureTenant(worker, TENANT, 'UTC');
  await decideKafkaOut(store, TENANT, 'r1');
  key = (await issueKey(worker, { tenant: TENANT, name: 'k', role: 'operator', actor: { kind: 'person', id: 'op' } })).key;
  const app = await createApi({ databaseUrl: fresh.url, masterKey, logLevel: 'error', traces: 'memory' });
  ends.unshift(() => app.close());
  await app.listen(0, '127.0.0.1');
  url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  await new Promise<void>((done) => void receiver.listen(0, '127.0.0.1', done));
  ends.unshift(() => new Promise((done) => { receiver.close(done); receiver.closeAllConnections(); }));
  const made = await fetch(`${url}/v1/webhooks`, {
    method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, filter: { types: ['customer.*'] } }),
  });
  if (made.status !== 201) throw new Error(await made.text());
  const working = await startWorker({ databaseUrl: fresh.url, masterKey, privateWebhooks: true, kafkaUrl: `kafka://${broker}`, warn: () => undefined });
  ends.unshift(() => working.stop());
}, 120_000);
afterAll(async () => { for (const end of ends) await end(); }, 60_000);

const post = (id: string, headers: Record<string, string> = {}) => fetch(`${url}/v1/events`, {
  method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', prefer: 'wait=20', ...headers },
  body: JSON.stringify({ id, source: 'crm', type: 'customer.registered', customer: id, data: { name: id } }),
});
const spans = (name: string) => exporter.getFinishedSpans().filter((span) => span.name === name);
const linksTo = (traceId: string) => ({ links }: ReadableSpan) => links.some(({ context }) => context.traceId === traceId);

/** The record of a fact in Kafka. */
async function inKafka(id: string): Promise<Incoming> {
  let found: Incoming | undefined;
  const consumer = await kafka.consume({ group: `g-${id}`, topics: [`touchline.${TENANT}.journey`], begin: 'beginning', warn: () => undefined, handle: async ({ records }) => { found ??= records.find(({ headers }) => String(headers['ce_id']) === id); } });
  await eventually(async () => found !== undefined);
  await consumer.stop();
  return found!;
}

it('one request is followed from its caller through append and projection to Kafka', async () => {
  const traceparent = `00-${CALLER.traceId}-${CALLER.spanId}-01`;
  expect((await post('t-1', { traceparent })).status).toBe(201);
  const record = await inKafka('t-1');
  expect(String(record.headers['ce_traceparent'])).toContain(CALLER.traceId);
  await eventually(async () => spans('project customers').some(linksTo(CALLER.traceId)) && spans('tell kafka').some(linksTo(CALLER.traceId)));
  const [request] = spans('POST /v1/events');
  expect(request).toMatchObject({ kind: SpanKind.SERVER, parentSpanContext: CALLER, attributes: { 'http.request.method': 'POST', 'http.route': '/v1/events', 'http.response.status_code': 201 } });
  const [append] = spans('append').filter((span) => span.spanContext().traceId === CALLER.traceId);
  expect(append).toMatchObject({ parentSpanContext: { spanId: request!.spanContext().spanId }, attributes: { 'touchline.events': 1 } });
  expect(spans('tell kafka').find(linksTo(CALLER.traceId))).toMatchObject({ kind: SpanKind.PRODUCER, attributes: { 'touchline.tenant': TENANT } });
  expect(JSON.stringify(exporter.getFinishedSpans().map(({ name, attributes }) => ({ name, attributes })))).not.toContain('t-1');
}, 60_000);

it('a webhook goes on with the trace of its fact, and its receiver may', async () => {
  await eventually(async () => received.has('t-1') && spans('deliver webhook').length > 0);
  const [delivery] = spans('deliver webhook');
  expect(delivery).toMatchObject({ kind: SpanKind.PRODUCER });
  expect(delivery!.spanContext().traceId).toBe(CALLER.traceId);
  expect(received.get('t-1')!['traceparent']).toBe(`00-${CALLER.traceId}-${delivery!.spanContext().spanId}-01`);
}, 60_000);

it('a request of a caller who traces nothing begins a trace, which its facts remember', async () => {
  expect((await post('t-2')).status).toBe(201);
  const [, traceId] = /^00-([0-9a-f]{32})-/.exec(String((await inKafka('t-2')).headers['ce_traceparent']))!;
  const request = spans('POST /v1/events').find((span) => span.spanContext().traceId === traceId);
  expect(request?.parentSpanContext).toBeUndefined();
  await eventually(async () => spans('project customers').some(linksTo(traceId!)));
}, 60_000);

it('a caller whose trace is not kept is not traced, and its facts keep what it said', async () => {
  const traceId = '11111111111111111111111111111111';
  expect((await post('t-3', { traceparent: `00-${traceId}-${CALLER.spanId}-00` })).status).toBe(201);
  expect(String((await inKafka('t-3')).headers['ce_traceparent'])).toBe(`00-${traceId}-${CALLER.spanId}-00`);
  const before = spans('POST /v1/events').length;
  await post('t-4');
  await eventually(async () => spans('POST /v1/events').length > before);
  expect(exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId)).toEqual([]);
}, 60_000);
