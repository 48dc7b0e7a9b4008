import pg from 'pg';
import { type Copy, copyIn } from './copy-in.js';

/** The one way to talk to PostgreSQL inside a transaction. */
export interface Sql {
  /** Whose connection this is: by it is kept what the process remembers of the database. */
  readonly database: object;
  /** With a `name` the statement is prepared once per connection. */
  query<Row extends object = Record<string, unknown>>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]>;
  /** Rows as arrays of PostgreSQL's own texts, for who reads many of them. */
  texts(text: string, values: readonly unknown[], name: string): Promise<(string | null)[][]>;
  /** All in one round trip, in the order given. `commit`: which also ends the transaction, so that nothing more may be done in it. */
  copy(copies: readonly Copy[], commit?: 'commit'): Promise<void>;
}

/** Roles of the schema; neither is a superuser nor may bypass row-level security. */
type DatabaseRole = 'touchline_worker' | 'touchline_reader';

/** Nobody waits longer for a connection: who asked has gone by then, and an error can be read. */
const CONNECT_MS = 30_000;

/** As long as a lease: whoever takes over finds no lock of the one before. */
const STILL_SECONDS = 3;

const TENANT = /^[a-z0-9]{1,32}$/;

/** A pool of connections that act as one role. `options` pins the role for the session, so RESET ROLE leads back to it. */
export class Database {
  private readonly pool: pg.Pool;
  private readonly known = new WeakSet<pg.PoolClient>();
  /** Of what connections in use have died. */
  private readonly ends = new WeakMap<pg.ClientBase, Error>();

  /** `url`: kept for who needs connections of its own, such as another thread. */
  constructor(readonly url: string, private readonly role: DatabaseRole, max = 8) {
    this.pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: CONNECT_MS, options: `-c role=${role} -c search_path=touchline,touchline_read -c timezone=UTC -c datestyle=ISO`, application_name: role.replace('_', '-') });
    // A connection that dies while idle is replaced by the pool; the next query tells whether the server is gone.
    this.pool.on('error', () => undefined);
    // One that dies in use fails its next query, which says no more than that; without a listener it would take the process with it.
    this.pool.on('connect', (client) => client.on('error', (error) => this.ends.set(client, this.ends.get(client) ?? error)));
  }

  /** Runs `work` in one transaction that commits when it resolves and rolls back when it throws. */
  transaction<T>(work: (sql: Sql) => Promise<T>, isolation: 'read committed' | 'repeatable read' = 'read committed'): Promise<T> {
    return this.begun(`begin isolation level ${isolation}`, work);
  }

  /**
   * The same for who locks what others need. Where this process stands still in it the server ends it after three seconds, so that its locks hold up nobody for longer:
   * wait in it for nothing but the database.
   */
  brief<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.begun(`begin; set local idle_in_transaction_session_timeout = '${STILL_SECONDS}s'`, work);
  }

  /** `begin` may go on with other statements: they share a round trip, and `work` gets the rows of the last. */
  private async begun<T>(begin: string, work: (sql: Sql, opened: Record<string, unknown>[]) => Promise<T>): Promise<T> {
    const client = await this.connect();
    let broken: Error | undefined;
    try {
      const opened = [await client.query<Record<string, unknown>>(begin)].flat().at(-1)!.rows;
      const result = await work(sqlOf(this, client), opened);
      if (client.getTransactionStatus() !== 'I') await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((cause: Error) => (broken = cause));
      throw (error as { code?: string } | undefined)?.code ? error : this.ends.get(client) ?? error;
    } finally {
      client.release(broken);
    }
  }

  /** Without a transaction around it: each statement commits by itself and has its own snapshot. */
  async statements<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = await this.connect();
    try {
      return await work(sqlOf(this, client));
    } finally {
      client.release();
    }
  }

  /**
   * The only way for a query of one tenant: a read transaction on one snapshot, in which row-level security shows
   * nothing but this tenant's rows. `opening`: a first statement, in the round trip that begins; `work` gets its rows.
   * @throws RangeError for a malformed tenant
   */
  inTenant<T>(tenant: string, work: (sql: Sql, opened: Record<string, unknown>[]) => Promise<T>, opening = ''): Promise<T> {
    if (!TENANT.test(tenant)) throw new RangeError(`"${tenant}" is not a tenant; a tenant matches ${TENANT.source}`);
    return this.begun(`begin isolation level repeatable read; set local touchline.tenant = '${tenant}'; ${opening}`, work);
  }

  /** A connection of its own, for LISTEN and session locks. The caller releases it. */
  async connect(): Promise<pg.PoolClient> {
    const client = await this.pool.connect();
    if (this.role === 'touchline_worker' && !this.known.has(client)) await this.noticeLife(client);
    return client;
  }

  /** A server that was restored or promoted has dropped every session: each new one of a writer looks whether the log still leads the same life. */
  private async noticeLife(client: pg.PoolClient): Promise<void> {
    try {
      await client.query('select log_notice_life()');
      this.known.add(client);
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}

const asText = (value: string): string => value;
const AS_TEXT = { getTypeParser: () => asText } as unknown as pg.CustomTypesConfig;

function sqlOf(database: object, client: pg.PoolClient): Sql {
  return {
    database,
    query: async <Row extends object>(text: string, values?: readonly unknown[], name?: string) =>
      (await client.query<Row & pg.QueryResultRow>({ text, values: values as unknown[], name })).rows,
    texts: async (text, values, name) => (await client.query<(string | null)[]>({ text, values: values as unknown[], name, rowMode: 'array', types: AS_TEXT })).rows,
    copy: (copies, commit) => copyIn(client, copies, commit),
  };
}
