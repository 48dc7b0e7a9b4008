import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a fact belongs together with: three columns of the log that most facts leave empty. */
export class Links1764700000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(ARCHIVED);
    await runner.query(WRITE);
    await runner.query(EXCHANGE);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

const COLUMNS = 'alter table log add column correlation_id text, add column causation_id text, add column trace_parent text;';

// A partition on another server has the columns here now, and there only if somebody has added them: nobody may find out by a read that fails.
const ARCHIVED = `
  do $$
  declare archived text;
  begin
    for archived in select c.relname from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'log'::regclass and c.relkind = 'f' loop
      begin
        execute format('select correlation_id, causation_id, trace_parent from %I limit 1', archived);
      exception when others then
        raise exception 'The partition % lies on another server, and its new columns cannot be read there: %. Say there: alter table % add column correlation_id text, add column causation_id text, add column trace_parent text; then start again. Nothing was changed.',
          archived, sqlerrm, archived;
      end;
    end loop;
  end $$;`;

// As it was; what it takes more of may be left out, so that a process of the release before goes on. Null: none of the facts says such a thing.
const WRITE = `
  drop function log_write(text[], text[], text[], int[], bigint[], bytea[], text[], int[], int[], text[], smallint[], text[], text[], timestamptz[], timestamptz[], text[], text[], text[], text);
  create function log_write(tenants text[], categories text[], ids text[], counts int[], expectations bigint[],
    keys bytea[], hashes text[], places int[], offsets int[], types text[], versions smallint[], sources text[], event_ids text[],
    occurred timestamptz[], observed timestamptz[], actor_kinds text[], actor_ids text[], import_ids text[], bodies text,
    correlations text[] default null, causations text[] default null, traces text[] default null, out drawn bigint[], out epoch int)
  language plpgsql volatile as $$
  declare begun record;
  begin
    begun := log_begin(tenants, categories, ids, counts, expectations, cardinality(keys));
    drawn := begun.drawn;
    epoch := begun.epoch;
    insert into event_id (id, body_hash, position) select k, h, d from unnest(keys, hashes, drawn) as new (k, h, d) order by k;
    insert into log (position, tenant, category, stream, revision, type, version, source, id, occurred_at, observed_at, recorded_at,
        witnessed, actor_kind, actor_id, import_id, data, correlation_id, causation_id, trace_parent)
      select d, tenants[p], categories[p], ids[p], begun.revisions[p] + o, type, version, s, i, at, least(coalesce(seen, begun.moment), begun.moment), begun.moment,
        seen is null, ak, ai, im, body::json, correlation, causation, trace
      from unnest(drawn, places, offsets, types, versions, sources, event_ids, occurred, observed, actor_kinds, actor_ids, import_ids, string_to_array(bodies, E'\\n'), correlations, causations, traces)
        as new (d, p, o, type, version, s, i, at, seen, ak, ai, im, body, correlation, causation, trace);
  end $$;`;

// As it was, and a table that was kept from before the columns gets them; one on another server must have them there.
const EXCHANGE = `
  create or replace function log_exchange(number bigint) returns text language plpgsql set search_path = touchline, pg_temp set lock_timeout = '5s' as $$
  declare
    mine text := 'log_' || number; other text := mine || '_other'; low bigint := number * 10000000; high bigint := low + 10000000;
    same_owner name := (select relowner::regrole from pg_class where oid = 'log'::regclass); kind "char"; here record; there record;
  begin
    if log_horizon() < high then
      raise exception 'The partition % is still written to: it takes positions up to %, and the log stands at %. Nothing was moved.', mine, high - 1, log_horizon();
    end if;
    if to_regclass(other) is null then raise exception 'There is no table % to exchange % for. Nothing was moved.', other, mine; end if;
    select relkind into kind from pg_class where oid = mine::regclass;
    if kind = 'r' then execute format('lock table %I in share mode', mine); end if;
    execute format('alter table %I add column if not exists correlation_id text, add column if not exists causation_id text, add column if not exists trace_parent text', other);
    execute format('select correlation_id, causation_id, trace_parent from %I limit 1', other) into here;
    execute format('select count(*) as events, sum(position) as positions, count(correlation_id) + count(causation_id) + count(trace_parent) as links from %I', mine) into here;
    execute format('select count(*) as events, sum(position) as positions, count(correlation_id) + count(causation_id) + count(trace_parent) as links from %I where position >= %s and position < %s', other, low, high) into there;
    if here is distinct from there then
      raise exception '% has % events and % has % of them. Copy what is missing and try again. Nothing was moved.', mine, here.events, other, there.events;
    end if;
    select relkind into kind from pg_class where oid = other::regclass;
    if kind = 'r' then
      execute format('alter table %I owner to %I', other, same_owner);
      execute format('alter table %I add constraint bounds check (position >= %s and position < %s)', other, low, high);
    end if;
    execute format('alter table log detach partition %I', mine);
    execute format('alter table %I rename to %I', mine, mine || '_left');
    execute format('alter table %I rename to %I', other, mine);
    execute format('alter table %I rename to %I', mine || '_left', other);
    execute format('alter table log attach partition %I for values from (%s) to (%s)', mine, low, high);
    if kind = 'r' then execute format('alter table %I drop constraint bounds', mine); end if;
    return format('%s and %s have changed places; each has %s events.', mine, other, here.events);
  end $$;`;
