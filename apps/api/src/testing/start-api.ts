import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { migrate, Projector } from '#event-store';
import { projections } from '#read-model';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { issueKey } from '../access/api-keys.js';
import type { Role } from '../access/roles.js';
import { allMigrations } from '../all-migrations.js';
import { Connections } from '../connections.js';
import { createApi } from '../create-api.js';

export interface TestApi {
  readonly url: string;
  readonly database: TestDatabase;
  readonly connections: Connections;
  readonly masterKey: string;
  /** A new key of a tenant, as text. */
  key(role: Role, tenant?: string, actorId?: string): Promise<string>;
  /** A request with a key; objects are sent as JSON. */
  call(key: string | null, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** What was logged of what failed, a line each. */
  readonly failures: readonly string[];
  /** Every route as `METHOD path`, without those of HEAD. */
  routes(): string[];
  stop(): Promise<void>;
}

/** The real API on a real port and a fresh database, with read models that follow and two tenants: acme and globex. */
export async function startApi({ following = projections(), kafkaUrl }: { following?: ReturnType<typeof projections>; kafkaUrl?: string } = {}): Promise<TestApi> {
  const database = await freshDatabase(async (url) => void await migrate(url, allMigrations));
  const masterKey = Buffer.alloc(32, 7).toString('base64');
  const connections = new Connections(database.url);
  const projector = new Projector({ store: connections.store, worker: connections.worker, projections: following, owner: 'test' });
  await projector.start();
  const failures: string[] = [];
  const app = await createApi({ databaseUrl: database.url, masterKey, logger: pino({ level: 'error' }, { write: (line) => void failures.push(line) }), bodyPatienceMs: 1_500, ...(kafkaUrl !== undefined && { kafkaUrl }) });
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  await connections.worker.transaction((sql) => sql.query(`insert into tenant (id, time_zone) values ('acme', 'UTC'), ('globex', 'UTC')`));
  const key: TestApi['key'] = async (role, tenant = 'acme', actorId = `${role}-1`) =>
    (await issueKey(connections.worker, { tenant, name: role, role, actor: { kind: 'person', id: actorId } })).key;
  const call: TestApi['call'] = (text, method, path, body, headers = {}) => fetch(`${url}${path}`, {
    method, redirect: 'manual',
    headers: { ...(text ? { authorization: `Bearer ${text}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  } as RequestInit);
  const stop = async () => {
    await app.close();
    await projector.stop();
    await connections.onApplicationShutdown();
    await database.drop();
  };
  return { url, database, connections, masterKey, failures, key, call, routes: () => routesOf(app), stop };
}

/** From the listing of the router, whose indentation says what a part is below of. */
function routesOf(app: NestFastifyApplication): string[] {
  const listing = (app.getHttpAdapter().getInstance() as unknown as FastifyInstance).printRoutes({ commonPrefix: false });
  const above: string[] = [];
  return listing.split('\n').flatMap((line) => {
    const [, indent = '', path, methods] = /^([│ ]*)[├└]── (\S*) \(([^)]*)\)/.exec(line) ?? [];
    if (path === undefined) return [];
    const depth = indent.length / 4;
    above.splice(depth, above.length, path);
    return methods!.split(', ').filter((method) => method !== 'HEAD').map((method) => `${method} ${above.slice(0, depth + 1).join('')}`);
  });
}
