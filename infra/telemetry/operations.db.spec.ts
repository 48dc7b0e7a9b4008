import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { Database, ensureTenant, eventStoreMigrations, migrate, PostgresEventStore, tell } from '#event-store';
import { outboundMigrations } from '#outbound';
import { connectionsTo, freshDatabase, type TestDatabase } from '../../test/support/database.js';
import { testBroker } from '../../test/support/kafka.js';
import { EventStoreDbStandIn } from '../../test/support/eventstoredb/stand-in.js';
import { type Operations, startOperations } from './operations.js';

let database: TestDatabase;
let operations: Operations;
beforeAll(async () => { database = await freshDatabase(async (url) => void await migrate(url, [...eventStoreMigrations, ...outboundMigrations])); });
afterEach(() => operations.close());
afterAll(() => database.drop());

const start = async () => { operations = await startOperations({ databaseUrl: database.url, operationsPort: 0, operationsHost: '127.0.0.1' }); };
const startOn = async (eventStoreUrl: string) => { operations = await startOperations({ databaseUrl: database.url, operationsPort: 0, operationsHost: '127.0.0.1', eventStore: 'eventstoredb', eventStoreUrl }); };
const get = async (path: string) => {
  const response = await fetch(`${operations.url}${path}`);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};
const health = async (path: string) => { const { status, text } = await get(path); return [status, (JSON.parse(text) as { status: string }).status]; };
const sample = (text: string, name: string) => text.split('\n').find((line) => line.startsWith(`${name} `))?.split(' ')[1];

it('is live from the beginning, and ready between its start and its end', async () => {
  await start();
  expect([await health('/health/live'), await health('/health/ready')]).toEqual([[200, 'live'], [503, 'starting']]);
  operations.started();
  expect(await health('/health/ready')).toEqual([200, 'ready']);
  operations.stopping();
  expect([await health('/health/live'), await health('/health/ready')]).toEqual([[200, 'live'], [503, 'stopping']]);
  expect((await get('/elsewhere')).status).toBe(404);
});

it('counts what this process does, in the format of Prometheus, and lets go of all when it ends', async () => {
  await start();
  const worker = new Database(database.url, 'touchline_worker', 2);
  const store = new PostgresEventStore(worker);
  await ensureTenant(worker, 'acme', 'UTC');
  const append = (id: string) => store.append([{ stream: { tenant: 'acme', category: 'customer', id: 'c' }, expected: 'any', events: [{ source: 's', id, type: 'ticket.opened', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 't' }, data: {}, bodyHash: id }] }]);
  await append('1');
  await append('2');
  tell('request', { method: 'GET', route: '/v1/customers/:id', status: 404, seconds: 0.02 });
  tell('delivery', { by: 'webhook', outcome: 'failed', count: 3 });
  tell('kafkaLag', { tenants: [{ tenant: 'globex', records: 4 }] });
  tell('kafkaLag', { tenants: [{ tenant: 'acme', records: 7 }] });
  const { type, text } = await get('/metrics');
  expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(sample(text, 'touchline_append_duration_seconds_count{outcome="done"}')).toBe('2');
  expect(sample(text, 'touchline_append_events_total')).toBe('2');
  expect(sample(text, 'touchline_http_request_duration_seconds_bucket{le="0.05",method="GET",route="/v1/customers/:id",status="4xx"}')).toBe('1');
  expect(sample(text, 'touchline_deliveries_total{by="webhook",outcome="failed"}')).toBe('3');
  expect(text.split('\n').filter((line) => line.startsWith('touchline_kafka_in_lag'))).toEqual(['touchline_kafka_in_lag{tenant="acme"} 7']);
  expect(sample(text, 'touchline_database_up')).toBe('1');
  expect([sample(text, 'touchline_eventstoredb_up'), sample(text, 'touchline_kafka_up')]).toEqual([undefined, undefined]);
  expect(Number(sample(text, 'touchline_log_head_position'))).toBeGreaterThan(0);
  expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  await store.close();
  await worker.close();
  await operations.close();
  expect(await connectionsTo(database)).toBe(0);
  await start();
  expect(sample((await get('/metrics')).text, 'touchline_append_events_total')).toBe('0');
});

it('says that the database is away, and repeats nothing of what it said before', async () => {
  const other = await freshDatabase(async (url) => void await migrate(url, [...eventStoreMigrations, ...outboundMigrations]));
  operations = await startOperations({ databaseUrl: other.url, operationsPort: 0, operationsHost: '127.0.0.1' });
  operations.started();
  await other.drop();
  expect(await health('/health/ready')).toEqual([503, 'waiting']);
  const { text } = await get('/metrics');
  expect(sample(text, 'touchline_database_up')).toBe('0');
  expect(sample(text, 'touchline_log_head_position')).toBeUndefined();
});

it('is not ready before EventStoreDB has answered once where the log is there; later it goes on without it, and says so', async () => {
  const eventStoreDb = await new EventStoreDbStandIn().start();
  eventStoreDb.stop();
  await startOn(eventStoreDb.url);
  operations.started();
  const up = async () => sample((await get('/metrics')).text, 'touchline_eventstoredb_up');
  expect([await get('/health/ready'), await up()]).toEqual([expect.objectContaining({ status: 503, text: expect.stringContaining('EventStoreDB has not answered yet') }), '0']);
  await eventStoreDb.start();
  expect([await health('/health/ready'), await up()]).toEqual([[200, 'ready'], '1']);
  eventStoreDb.stop();
  expect([JSON.parse((await get('/health/ready')).text), await up()]).toEqual([{ status: 'ready', degraded: ['eventstoredb'] }, '0']);
});

it('waits two seconds for an EventStoreDB that takes the call and says nothing', async () => {
  const open = new Set<Socket>();
  const silent = createServer((socket) => { open.add(socket.on('error', () => undefined)); });
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
  try {
    await startOn(`esdb://127.0.0.1:${(silent.address() as AddressInfo).port}?tls=false`);
    operations.started();
    expect(await health('/health/ready')).toEqual([503, 'waiting']);
    expect(open.size).toBe(1);
  } finally {
    for (const socket of open) socket.destroy();
    silent.close();
  }
});

it('is ready with Kafka and without it, and says where no broker of it answers, be it gone or silent', async () => {
  const [host, port] = (await testBroker()).split(':');
  const open = new Set<Socket>();
  let isSilent = false;
  // A door to the broker, as the broker itself is everybody's.
  const door = createServer((socket) => {
    open.add(socket.on('error', () => undefined));
    if (isSilent) return;
    const broker = connect(Number(port), host).on('error', () => undefined);
    socket.pipe(broker).pipe(socket).once('close', () => broker.destroy());
  });
  const close = () => new Promise((done) => { door.close(done); for (const socket of open) socket.destroy(); });
  const openAt = (at: number) => new Promise<void>((done) => door.listen(at, '127.0.0.1', done));
  const seen = async () => [JSON.parse((await get('/health/ready')).text), sample((await get('/metrics')).text, 'touchline_kafka_up')];
  await openAt(0);
  const own = (door.address() as AddressInfo).port;
  try {
    operations = await startOperations({ databaseUrl: database.url, operationsPort: 0, operationsHost: '127.0.0.1', kafkaUrl: `kafka://127.0.0.1:1,127.0.0.1:${own}` });
    operations.started();
    expect(await seen()).toEqual([{ status: 'ready' }, '1']);
    await close();
    expect(await seen()).toEqual([{ status: 'ready', degraded: ['kafka'] }, '0']);
    isSilent = true;
    await openAt(own);
    expect(await seen()).toEqual([{ status: 'ready', degraded: ['kafka'] }, '0']);
    await close();
    isSilent = false;
    await openAt(own);
    expect(await seen()).toEqual([{ status: 'ready' }, '1']);
  } finally {
    await close();
  }
}, 120_000);

it('is not there unless it is asked for', async () => {
  operations = await startOperations({ databaseUrl: database.url, operationsHost: '127.0.0.1' });
  expect(operations.url).toBeNull();
  expect(await connectionsTo(database)).toBe(0);
});
