import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '../row-security.js';

/** EventStoreDB: what is on its way there, and the log as a mirror of what is. */
export class EventStoreDb1764800000401 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RESERVED);
    await runner.query(MIRROR);
    await runner.query(ROOM);
    await runner.query(HORIZON);
    await runner.query(BECOME);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

// An intent is written before its events are sent, whole, so that whoever finds it can send them: at the same place, where the server takes them once. Ids of events
// that are stored stay here until the mirror has them. First the reservation is written and then the ids of the mirror are looked at: an id moves from here to there.
const RESERVED = `
  create table touchline.append_intent (
    batch uuid primary key, tenant text not null, category text not null, stream text not null,
    firm boolean not null, revision bigint not null, events text not null, made_at timestamptz not null default clock_timestamp()
  );
  create table touchline.reserved_id (id bytea primary key, batch uuid not null, place integer not null, body_hash text not null, position bigint);
  create index on touchline.reserved_id (batch);
  ${rowSecurity('touchline.append_intent', { readers: false })}
  grant select, insert, update, delete on touchline.append_intent, touchline.reserved_id to touchline_worker;
  create function touchline.log_reserve(batches uuid[], tenants text[], categories text[], streams text[], firms boolean[], revisions bigint[], bodies text[],
    ids bytea[], owners int[], places int[], hashes text[]) returns void language plpgsql volatile as $$
  declare written bigint;
  begin
    insert into touchline.reserved_id (id, batch, place, body_hash)
      select i, batches[o], p, h from unnest(ids, owners, places, hashes) as new (i, o, p, h) order by i on conflict do nothing;
    get diagnostics written = row_count;
    if written < cardinality(ids) or exists (select from unnest(ids) as wanted (i) join touchline.event_id e on e.id = i) then
      raise exception 'An id is reserved or taken.' using errcode = 'TL002';
    end if;
    insert into touchline.append_intent (batch, tenant, category, stream, firm, revision, events)
      select * from unnest(batches, tenants, categories, streams, firms, revisions, bodies);
  end $$;`;

// One row while the log is a mirror. `position`: the last event that is in it, from where it is followed on; `told`: whatever was recorded by then is in it.
const MIRROR = `
  create table touchline.log_mirror (
    single boolean primary key default true check (single), width bigint not null,
    position bigint not null default 0, told timestamptz not null default '-infinity',
    fence bigint not null default 0, owner text, expires_at timestamptz not null default '-infinity'
  );
  grant select, update on touchline.log_mirror to touchline_worker;
  grant select on touchline.log_mirror to touchline_reader;
  create table touchline.event_origin (position bigint primary key, origin text not null, recorded_at timestamptz not null);
  grant select, insert on touchline.event_origin to touchline_worker;
  create function touchline.log_width() returns bigint language sql stable as $$ select coalesce((select width from touchline.log_mirror), 10000000) $$;`;

// As NearIds and Exchange had them, but that the width is asked for.
const ROOM = `
  create or replace function touchline.log_make_room(wanted bigint) returns void language plpgsql security definer set search_path = touchline, pg_temp as $$
  declare number bigint; width bigint := log_width();
  begin
    perform pg_advisory_xact_lock(8413020012);
    for number in wanted / width .. wanted / width + 1 loop
      continue when to_regclass('log_' || number) is not null;
      execute format('create table log_%s (like log, primary key (position))', number);
      execute format('create unique index on log_%s (stream, tenant, category, revision)', number);
      execute format('create index on log_%s (tenant, position) where type in (''customer.merged'', ''customer.unmerged'')', number);
      execute format('grant insert on log_%s to touchline_worker', number);
      execute format('alter table log attach partition log_%s for values from (%s) to (%s)', number, number * width, (number + 1) * width);
    end loop;
  end $$;
  do $$
  declare name regproc;
  begin
    foreach name in array array['touchline.log_exchange'::regproc, 'touchline.log_partitions'::regproc] loop
      execute replace(replace(pg_get_functiondef(name), 'number * 10000000', 'number * log_width()'), '10000000', 'log_width()');
    end loop;
  end $$;`;

// As Log and ToldBefore had them, for a log of its own. A mirror is final as far as it goes: its rows and its position commit together.
const HORIZON = `
  create or replace function touchline.log_horizon() returns bigint language plpgsql volatile as $$
  declare drawn bigint; held bigint;
  begin
    select position into drawn from touchline.log_mirror;
    if found then return drawn; end if;
    select case when is_called then last_value else 0 end into drawn from touchline.log_position;
    select min(((classid::bigint << 32) | objid::bigint) & ((1::bigint << 48) - 1)) into held
      from pg_locks
      where locktype = 'advisory' and objsubid = 1 and granted and (classid::bigint >> 16) = 21580
        and database = (select oid from pg_database where datname = current_database());
    return least(drawn, coalesce(held, drawn));
  end $$;
  create or replace function touchline.log_told(out until timestamptz, out drawn bigint, out final bigint) language plpgsql volatile as $$
  begin
    until := date_trunc('milliseconds', clock_timestamp()) - interval '1 millisecond';
    select position, least(until, told) into drawn, until from touchline.log_mirror;
    if found then
      final := drawn;
      return;
    end if;
    until := date_trunc('milliseconds', clock_timestamp()) - interval '1 millisecond';
    select case when is_called then last_value else 0 end into drawn from touchline.log_position;
    final := touchline.log_horizon();
  end $$;`;

// Ten thousand million bytes a partition, where ten million positions would be ten megabytes. Without the sequence nobody can append to a mirror.
const BECOME = `
  create function touchline.log_become_mirror() returns void language plpgsql security definer set search_path = touchline, pg_temp as $$
  declare name text;
  begin
    perform pg_advisory_xact_lock(8413020012);
    if exists (select from log_mirror) then return; end if;
    lock table log;
    if exists (select from log) then
      raise exception 'This database holds a log of its own, which is not in EventStoreDB. Copy it there into an empty database: npx touchline events copy.' using errcode = 'TL003';
    end if;
    for name in select c.relname from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'log'::regclass loop execute format('drop table %I', name); end loop;
    insert into log_mirror (width) values (10000000000);
    revoke all on sequence log_position from touchline_worker;
    grant select on log_position to touchline_worker;
    perform log_make_room(0);
  end $$;
  revoke execute on function touchline.log_become_mirror() from public;
  grant execute on function touchline.log_become_mirror() to touchline_worker;`;
