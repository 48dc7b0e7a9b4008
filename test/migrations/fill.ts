import pg from 'pg';

export const EVENTS = 40;

/** The ids' first columns, by the name of the first, as each way of keeping them had them. */
const IDS = {
  tenant: `(tenant, source, id, body_hash, position) select 'acme', 'crm', 'e-' || n`,
  key: `(key, body_hash, position) select encode(substr(sha256(convert_to('acme', 'UTF8') || '\\x00' || 'crm' || '\\x00' || convert_to('e-' || n, 'UTF8')), 1, 16), 'hex')::uuid`,
  id: `(id, body_hash, position) select convert_to('acme', 'UTF8') || '\\x00' || 'crm' || '\\x00' || convert_to('e-' || n, 'UTF8')`,
};

/** Puts facts into a schema of any version, as the code of that time would have: by hand, since that code is gone. */
export async function fill(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: '-c role=touchline_worker -c search_path=touchline' });
  await client.connect();
  try {
    const { rows: [there] } = await client.query<{ log: boolean; parked: boolean; ids: keyof typeof IDS }>(
      `select to_regclass('log') is not null as log, to_regclass('parked') is not null as parked,
         (select attname from pg_attribute where attrelid = to_regclass('event_id') and attnum = 1) as ids`);
    if (!there!.log) return;
    await client.query(`insert into tenant (id, time_zone) values ('acme', 'Europe/Berlin'), ('other', 'UTC')`);
    await client.query(`insert into stream (tenant, category, id, revision) select 'acme', 'customer', 'c-' || n, ${EVENTS / 4 - 1} from generate_series(0, 3) as n`);
    await client.query(`create temporary table numbered as select n, nextval('log_position') as position from generate_series(1, ${EVENTS}) as n`);
    await client.query(`insert into event_id ${IDS[there!.ids]}, 'hash-' || n, position from numbered`);
    await client.query(
      `insert into log (position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, recorded_at, witnessed, actor_kind, actor_id, import_id, data)
       select position, 'acme', 'customer', 'c-' || (n - 1) % 4, (n - 1) / 4, 'customer.registered', 1, 'crm', 'e-' || n, '2026-01-05T10:00:00Z', '2026-01-06T10:00:00.120Z', '2026-01-06T10:00:00.120Z',
         true, 'person', 'ann', case when n > 20 then 'first' end, json_build_object('name', 'Größe \\ "' || n || '"')::text::json
       from numbered order by position`);
    if (!there!.parked) return;
    await client.query(`insert into projection (name, live) values ('customers', 1)`);
    await client.query(`insert into projection_partition (name, generation, partition, position) select 'customers', 1, n, ${EVENTS} from generate_series(0, 7) as n`);
    await client.query(`insert into parked (name, generation, tenant, customer, position, reason) values ('customers', 1, 'acme', 'c-1', 2, 'could not be read')`);
  } finally {
    await client.end();
  }
}
