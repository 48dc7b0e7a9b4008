import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '../row-security.js';

/** The log, its ids and streams, the tenants, and the two roles that may touch them. */
export class Log1763900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ROLES);
    await runner.query(TABLES);
    await runner.query(HORIZON);
    await runner.query(RIGHTS);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

// Roles belong to the whole server: another database of it may have made them already.
const ROLES = `
  do $$
  declare role_name text;
  begin
    foreach role_name in array array['touchline_worker', 'touchline_reader'] loop
      begin
        execute format('create role %I nologin nosuperuser nobypassrls', role_name);
      exception when duplicate_object or unique_violation then null;
      end;
      if not pg_has_role(current_user, role_name, 'set') then
        execute format('grant %I to %I', role_name, current_user);
      end if;
    end loop;
  end $$`;

const TABLES = `
  create table tenant (
    id text primary key check (id ~ '^[a-z0-9]{1,32}$'),
    time_zone text not null,
    pinned_day date,
    created_at timestamptz not null default now()
  );
  create table epoch (single boolean primary key default true check (single), n integer not null);
  insert into epoch (n) values (1);
  create sequence log_position cache 1;
  create table stream (
    tenant text not null, category text not null, id text not null,
    revision bigint not null,
    primary key (tenant, category, id)
  );
  create table event_id (
    tenant text not null, source text not null, id text not null,
    body_hash text not null, position bigint not null,
    primary key (tenant, source, id)
  ) partition by hash (tenant, source, id);
  create table event_id_0 partition of event_id for values with (modulus 4, remainder 0);
  create table event_id_1 partition of event_id for values with (modulus 4, remainder 1);
  create table event_id_2 partition of event_id for values with (modulus 4, remainder 2);
  create table event_id_3 partition of event_id for values with (modulus 4, remainder 3);
  create table log (
    position bigint primary key,
    tenant text not null, category text not null, stream text not null, revision bigint not null,
    type text not null, version smallint not null, source text not null, id text not null,
    occurred_at timestamptz not null, observed_at timestamptz not null, recorded_at timestamptz not null,
    witnessed boolean not null, actor_kind text not null, actor_id text not null, import_id text,
    data jsonb not null
  );
  create unique index log_stream on log (tenant, category, stream, revision);`;

// An appender holds a shared lock keyed by the sequence's value before it drew; whatever lies at or below the lowest key still
// held is final. Statements of a volatile function run one after the other, which is what makes the order of the two looks certain.
const HORIZON = `
  create function log_floor_key(value bigint) returns bigint language sql immutable as
    $$ select (21580::bigint << 48) | value $$;
  create function log_floor_lock() returns void language plpgsql volatile as $$
  declare drawn bigint;
  begin
    select case when is_called then last_value else 0 end into drawn from log_position;
    perform pg_advisory_xact_lock_shared(log_floor_key(drawn));
  end $$;
  create function log_horizon() returns bigint language plpgsql volatile as $$
  declare drawn bigint; held bigint;
  begin
    select case when is_called then last_value else 0 end into drawn from log_position;
    select min(((classid::bigint << 32) | objid::bigint) & ((1::bigint << 48) - 1)) into held
      from pg_locks
      where locktype = 'advisory' and objsubid = 1 and granted and (classid::bigint >> 16) = 21580
        and database = (select oid from pg_database where datname = current_database());
    return least(drawn, coalesce(held, drawn));
  end $$;`;

const RIGHTS = `
  grant usage on schema touchline to touchline_worker, touchline_reader;
  grant select, insert, update on tenant, stream to touchline_worker;
  grant select, insert on event_id, log to touchline_worker;
  grant select on epoch, log_position to touchline_worker, touchline_reader;
  grant usage on sequence log_position to touchline_worker;
  grant select on tenant, log, event_id to touchline_reader;
  ${rowSecurity('tenant', { key: 'id' })}
  ${['stream', 'event_id', 'log'].map((name) => rowSecurity(name)).join('')}`;
