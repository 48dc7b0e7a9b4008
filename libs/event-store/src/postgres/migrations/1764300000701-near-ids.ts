import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Ids as they are in place of their digests, so that ids that follow each other lie together in the index, and keys that begin with what tells streams apart.
 * While it runs the log can be read; appends wait and are refused after ten seconds. Only at its end does it lock the tables whole, for moments.
 */
export class NearIds1764300000701 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(IDS);
    await runner.query(ROOM);
    await runner.query(STREAMS);
    await runner.query(OPEN);
    await runner.query(WRITE);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

// One expression without a subselect, which PostgreSQL puts in place of the call: that takes a tenth of the time.
const WHOLE = `(convert_to(tenant, 'UTF8') || '\\x00'::bytea || convert_to(source, 'UTF8') || '\\x00'::bytea || convert_to(id, 'UTF8'))`;

// As `idBytes` in `id-bytes.ts` has it. The owner sees no row of the log, the worker sees all; what an id is is in the log only, so archived partitions have to be there.
// The column has another name, so that an append of the release before fails: it would write a digest, by which nobody finds the event again.
const IDS = `
  create function log_id_bytes(tenant text, source text, id text) returns bytea language sql stable as $$
    select case when octet_length(tenant) + octet_length(source) + octet_length(id) <= 62 then ${WHOLE} else substr(${WHOLE}, 1, 49) || substr(sha256(${WHOLE}), 1, 16) end
  $$;
  lock table event_id in exclusive mode;
  create table event_id_next (id bytea not null, body_hash text collate "C" not null, position bigint not null);
  grant select, insert on event_id_next to touchline_worker;
  set local role touchline_worker;
  insert into event_id_next (id, body_hash, position)
    select log_id_bytes(l.tenant, l.source, l.id), e.body_hash, e.position from event_id e join log l on l.position = e.position order by 1;
  do $$
  declare lost bigint := (select count(*) from event_id) - (select count(*) from event_id_next);
  begin
    if lost <> 0 then raise exception '% ids have no event in the log. Attach every partition of it, archived ones too (ARCHIVE.md), and start again.', lost; end if;
  end $$;
  set local role none;
  alter table event_id_next add primary key (id);`;

// A stream is named first, which nearly always decides; then the tenant, of whom every one has streams of some names. The look-ups by tenant keep an index on streams.
const ROOM = `
  create or replace function log_make_room(wanted bigint) returns void language plpgsql security definer set search_path = touchline, pg_temp as $$
  declare number bigint;
  begin
    perform pg_advisory_xact_lock(8413020012);
    for number in wanted / 10000000 .. wanted / 10000000 + 1 loop
      continue when to_regclass('log_' || number) is not null;
      execute format('create table log_%s (like log, primary key (position))', number);
      execute format('create unique index on log_%s (stream, tenant, category, revision)', number);
      execute format('create index on log_%s (tenant, position) where type in (''customer.merged'', ''customer.unmerged'')', number);
      execute format('grant insert on log_%s to touchline_worker', number);
      execute format('alter table log attach partition log_%s for values from (%s) to (%s)', number, number * 10000000, (number + 1) * 10000000);
    end loop;
  end $$;`;

const STREAMS = `
  do $$
  declare name text;
  begin
    for name in select c.relname from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'log'::regclass and c.relkind = 'r' loop
      execute format('create unique index on %I (stream, tenant, category, revision)', name);
    end loop;
    for name in select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid join pg_inherits on inhrelid = i.indrelid
        where inhparent = 'log'::regclass and pg_get_indexdef(i.indexrelid) like '%(tenant, category, stream, revision)' loop
      execute format('drop index %I', name);
    end loop;
  end $$;
  alter table stream drop constraint stream_pkey, add primary key (id, category, tenant);
  create index on stream (tenant, category, id);
  drop table event_id;
  alter table event_id_next rename to event_id;
  alter index event_id_next_pkey rename to event_id_pkey;`;

const OPEN = `
  drop function log_open(text[], text[], text[], int[], uuid[]);
  create function log_open(tenants text[], categories text[], streams text[], counts int[], event_ids bytea[],
    out revisions bigint[], out known int[], out hashes text[], out positions bigint[], out epoch int)
  language plpgsql volatile set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
  begin
    revisions := log_raise(tenants, categories, streams, counts);
    select array_agg(n), array_agg(body_hash), array_agg(e.position) into known, hashes, positions
      from unnest(event_ids) with ordinality as wanted (i, n) join event_id e on e.id = i;
    select e.n into epoch from touchline.epoch e;
  end $$;`;

// As `log_append` was; under another name, since that one would take digests for ids.
const WRITE = `
  drop function log_append(text[], text[], text[], int[], bigint[], uuid[], text[], int[], int[], text[], smallint[], text[], text[], timestamptz[], timestamptz[], text[], text[], text[], text);
  create function log_write(tenants text[], categories text[], ids text[], counts int[], expectations bigint[],
    keys bytea[], hashes text[], places int[], offsets int[], types text[], versions smallint[], sources text[], event_ids text[],
    occurred timestamptz[], observed timestamptz[], actor_kinds text[], actor_ids text[], import_ids text[], bodies text, out drawn bigint[], out epoch int)
  language plpgsql volatile as $$
  declare begun record;
  begin
    begun := log_begin(tenants, categories, ids, counts, expectations, cardinality(keys));
    drawn := begun.drawn;
    epoch := begun.epoch;
    insert into event_id (id, body_hash, position) select k, h, d from unnest(keys, hashes, drawn) as new (k, h, d) order by k;
    insert into log (position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, recorded_at,
        witnessed, actor_kind, actor_id, import_id, data)
      select d, tenants[p], categories[p], ids[p], begun.revisions[p] + o, type, version, s, i, at, least(coalesce(seen, begun.moment), begun.moment), begun.moment,
        seen is null, ak, ai, im, body::json
      from unnest(drawn, places, offsets, types, versions, sources, event_ids, occurred, observed, actor_kinds, actor_ids, import_ids, string_to_array(bodies, E'\\n'))
        as new (d, p, o, type, version, s, i, at, seen, ak, ai, im, body);
  end $$;`;
