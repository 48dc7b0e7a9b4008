import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { OWNER, provision } from '../../infra/postgres/provision.js';

export interface TestDatabase {
  /** Connects as the role that owns the database; no superuser. */
  readonly url: string;
  /** Connects to the same database as superuser. */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/**
 * A new, empty database for one test file, on the server that the test run shares (`TEST_DATABASE_URL`, the URL of a
 * superuser, names another one). Call `drop` in `afterAll`, after closing what is connected.
 */
export async function freshDatabase(migrate?: (url: string) => Promise<void>): Promise<TestDatabase> {
  const server = await adminUrlOfServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await provision(server, name);
  const url = urlOf(server, name, OWNER);
  const drop = (): Promise<void> => asAdmin(server, `drop database if exists ${name} with (force)`);
  try {
    await migrate?.(url);
  } catch (error) {
    await drop();
    throw error;
  }
  return { url, adminUrl: urlOf(server, name), drop };
}

/** Connections of our roles to a test's database: 0 once everything that was opened is closed. */
export async function connectionsTo({ adminUrl }: TestDatabase): Promise<number> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name like 'touchline%'`);
    return rows[0]!.n;
  } finally {
    await client.end();
  }
}

async function adminUrlOfServer(): Promise<string> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return given;
  const cluster = process.env['TOUCHLINE_TEST_CLUSTER'];
  if (!cluster) throw new Error('No test server: run the tests with "npm test", or set TEST_DATABASE_URL.');
  const response = await fetch(cluster);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

function urlOf(server: string, database: string, user?: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  if (user) url.username = user;
  return url.href;
}

async function asAdmin(server: string, statement: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
