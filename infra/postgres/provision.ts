import pg from 'pg';

const PROVISIONING = 7_460_551;

/** The role that owns our schema: no superuser, so row-level security binds it; it may create the worker and reader roles. */
export const OWNER = 'touchline_owner';

/** Creates the owner role, with the superuser's password if there is one, and a database of its own, where missing. Safe to run from several processes at once. */
export async function provision(adminUrl: string, database = 'touchline'): Promise<void> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [PROVISIONING]);
    const { rows: [known] } = await client.query<{ role: boolean; database: boolean }>(
      `select exists(select from pg_roles where rolname = $1) as role, exists(select from pg_database where datname = $2) as database`, [OWNER, database]);
    if (!known?.role) {
      const password = client.password ? ` password ${client.escapeLiteral(client.password)}` : '';
      await client.query(`create role ${OWNER} login nosuperuser createrole${password}`);
    }
    if (!known?.database) await client.query(`create database ${client.escapeIdentifier(database)} owner ${OWNER}`);
  } finally {
    await client.end();
  }
}
