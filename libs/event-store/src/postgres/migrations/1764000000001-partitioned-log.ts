import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log in partitions of ten million positions, and appends in few round trips. */
export class PartitionedLog1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(KEYS);
    await runner.query(PARTITIONS);
    await runner.query(ROOM);
    await runner.query(RIGHTS);
    await runner.query(APPEND);
    await runner.query(USUAL);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

// The owner has to see every row that it moves. Byte order, whatever the database's language: keys are compared by memcmp, and every process locks them in the same order.
const KEYS = `
  alter table log disable row level security;
  alter table event_id disable row level security;
  drop policy worker_all on stream;
  drop policy own_tenant on stream;
  drop policy worker_all on log;
  drop policy own_tenant on log;
  alter table stream alter tenant type text collate "C", alter category type text collate "C", alter id type text collate "C";
  alter table event_id rename to event_id_before;
  create table event_id (
    tenant text collate "C" not null, source text collate "C" not null, id text collate "C" not null,
    body_hash text collate "C" not null, position bigint not null,
    primary key (tenant, source, id)
  ) partition by hash (tenant, source, id);
  create table event_id_h0 partition of event_id for values with (modulus 4, remainder 0);
  create table event_id_h1 partition of event_id for values with (modulus 4, remainder 1);
  create table event_id_h2 partition of event_id for values with (modulus 4, remainder 2);
  create table event_id_h3 partition of event_id for values with (modulus 4, remainder 3);
  insert into event_id select * from event_id_before;
  drop table event_id_before;`;

// json keeps a body as it was written and need not be built anew to be read. Partition n holds positions from n times ten million on.
const PARTITIONS = `
  alter table log rename to log_before;
  alter table log_before rename constraint log_pkey to log_before_pkey;
  drop index log_stream;
  create table log (
    position bigint not null,
    tenant text collate "C" not null, category text collate "C" not null, stream text collate "C" not null, revision bigint not null,
    type text collate "C" not null, version smallint not null, source text collate "C" not null, id text collate "C" not null,
    occurred_at timestamptz not null, observed_at timestamptz not null, recorded_at timestamptz not null,
    witnessed boolean not null, actor_kind text not null, actor_id text not null, import_id text,
    data json not null
  ) partition by range (position);`;

// Partitions are made by the owner on the worker's call: nobody has to remember to, and the worker may not change the schema.
// Each has keys of its own: with a key on the whole log, no partition could be moved to another server.
// COPY does not go through row-level security, so the worker copies into the partition itself, where it may do nothing else.
const ROOM = `
  create function log_make_room(wanted bigint) returns void language plpgsql security definer set search_path = touchline, pg_temp as $$
  declare number bigint;
  begin
    perform pg_advisory_xact_lock(8413020012);
    for number in wanted / 10000000 .. wanted / 10000000 + 1 loop
      continue when to_regclass('log_' || number) is not null;
      execute format('create table log_%s (like log, primary key (position))', number);
      execute format('create unique index on log_%s (tenant, category, stream, revision)', number);
      execute format('grant insert on log_%s to touchline_worker', number);
      execute format('alter table log attach partition log_%s for values from (%s) to (%s)', number, number * 10000000, (number + 1) * 10000000);
    end loop;
  end $$;
  select log_make_room(n * 10000000) from generate_series(0, (select last_value / 10000000 from log_position)) as n;
  insert into log select position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, recorded_at,
    witnessed, actor_kind, actor_id, import_id, data::json from log_before;
  drop table log_before;`;

const RIGHTS = `
  revoke execute on function log_make_room(bigint) from public;
  grant execute on function log_make_room(bigint) to touchline_worker;
  grant select, insert on log, event_id to touchline_worker;
  grant select on log, event_id to touchline_reader;
  do $$
  declare name text;
  begin
    foreach name in array array['stream', 'event_id', 'log'] loop
      execute format('alter table %I enable row level security', name);
      execute format('alter table %I force row level security', name);
      execute format('create policy worker_all on %I to touchline_worker using (true) with check (true)', name);
      execute format('create policy own_tenant on %I for select to touchline_reader using (tenant = current_setting(''touchline.tenant'', true))', name);
    end loop;
  end $$;`;

// Statements of a volatile function see each what was committed before it: streams are locked first, ids read after.
// Arrays are short and the tables long, so nothing but index lookups will do, whatever the planner believes of an array.
// Raising a revision is what locks its stream, in key order; what turns out not to be written is corrected before the draw.
const APPEND = `
  alter table stream set (fillfactor = 60);
  create function log_open(tenants text[], categories text[], ids text[], counts int[], id_tenants text[], id_sources text[], id_ids text[],
    out revisions bigint[], out known int[], out hashes text[], out positions bigint[], out epoch int)
  language plpgsql volatile set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
  declare place int; raised bigint; missing int := 0;
  begin
    revisions := array_fill(null::bigint, array[cardinality(ids)]);
    loop
      for place, raised in
        update stream s set revision = s.revision + k
          from (select t, c, i, k, n from unnest(tenants, categories, ids, counts) with ordinality as wanted (t, c, i, k, n)
                where revisions[n] is null order by t collate "C", c collate "C", i collate "C") as wanted
          where s.tenant = t and s.category = c and s.id = i returning n, s.revision - k loop
        revisions[place] := raised;
      end loop;
      exit when array_position(revisions, null) is null;
      insert into stream (tenant, category, id, revision)
        select t, c, i, -1 from unnest(tenants, categories, ids) with ordinality as wanted (t, c, i, n) where revisions[n] is null
        order by t collate "C", c collate "C", i collate "C" on conflict do nothing;
    end loop;
    select array_agg(n), array_agg(body_hash), array_agg(e.position) into known, hashes, positions
      from unnest(id_tenants, id_sources, id_ids) with ordinality as wanted (t, s, i, n)
      join event_id e on e.tenant = t and e.source = s and e.id = i;
    select n into epoch from touchline.epoch;
  end $$;
  create function log_correct(tenants text[], categories text[], ids text[], revisions bigint[]) returns void
  language sql volatile set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
    update stream s set revision = r from unnest(tenants, categories, ids, revisions) as new (t, c, i, r) where s.tenant = t and s.category = c and s.id = i
  $$;
  create function log_draw(count int, out positions bigint[], out moment timestamptz) language plpgsql volatile as $$
  begin
    perform log_floor_lock();
    select array_agg(nextval('log_position')) into positions from generate_series(1, count);
    moment := date_trunc('milliseconds', clock_timestamp());
  end $$;`;

// The whole append in one round trip, for the usual case: nothing of it is known and every expectation holds. Otherwise
// it raises and leaves nothing behind. An expectation is a revision, -1 for none, -2 for exists, null for any.
const USUAL = `
  create function log_append(tenants text[], categories text[], ids text[], counts int[], expectations bigint[],
    places int[], offsets int[], types text[], versions smallint[], sources text[], event_ids text[], hashes text[], occurred timestamptz[],
    observed timestamptz[], actor_kinds text[], actor_ids text[], import_ids text[], bodies text[], out drawn bigint[], out epoch int)
  language plpgsql volatile set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
  declare revisions bigint[]; moment timestamptz;
  begin
    with raised as (
      insert into stream as s (tenant, category, id, revision)
      select t, c, i, k - 1 from unnest(tenants, categories, ids, counts) as wanted (t, c, i, k) order by t collate "C", c collate "C", i collate "C"
      on conflict (tenant, category, id) do update set revision = s.revision + excluded.revision + 1
      returning tenant, category, id, revision)
    select array_agg(r.revision - k order by n) into revisions
      from unnest(tenants, categories, ids, counts) with ordinality as wanted (t, c, i, k, n) join raised r on r.tenant = t and r.category = c and r.id = i;
    if exists (select from unnest(expectations, revisions) as e (expected, actual)
               where expected is not null and case expected when -2 then actual < 0 else actual <> expected end)
      or exists (select from unnest(places, sources, event_ids) as wanted (p, s, i) join event_id e on e.tenant = tenants[p] and e.source = s and e.id = i)
    then raise exception 'unusual' using errcode = 'TL001';
    end if;
    select d.positions, d.moment into drawn, moment from log_draw(cardinality(event_ids)) d;
    insert into event_id (tenant, source, id, body_hash, position)
      select tenants[p], s, i, h, drawn[n] from unnest(places, sources, event_ids, hashes) with ordinality as new (p, s, i, h, n)
      order by tenants[p] collate "C", s collate "C", i collate "C";
    insert into log (position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, recorded_at,
        witnessed, actor_kind, actor_id, import_id, data)
      select drawn[n], tenants[p], categories[p], ids[p], revisions[p] + o, type, version, s, i, at, least(coalesce(seen, moment), moment), moment,
        seen is null, ak, ai, im, body::json
      from unnest(places, offsets, types, versions, sources, event_ids, occurred, observed, actor_kinds, actor_ids, import_ids, bodies) with ordinality
        as new (p, o, type, version, s, i, at, seen, ak, ai, im, body, n);
    select e.n into epoch from touchline.epoch e;
  end $$;`;
