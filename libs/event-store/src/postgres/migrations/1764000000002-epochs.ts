import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A log that was restored or promoted begins a new epoch by itself, and knows how far the earlier ones are still true. */
export class Epochs1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EPOCHS);
    await runner.query(CUT_OFF);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

// A life of the log is a server (system identifier) on one timeline; restoring to a point, promoting a standby and loading a dump
// all change it. Epochs are numbered by the minute, so that a backup that is restored twice does not give two lives one number.
const EPOCHS = `
  alter table epoch add column life text, add column begun_at timestamptz not null default now(), add column reason text not null default 'first';
  create table epoch_before (n integer primary key, last_position bigint not null, ended_at timestamptz not null default now());
  create function log_life() returns text language sql volatile as $$
    select system_identifier || '/' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) from pg_control_system()
  $$;
  create function log_begin_epoch(why text) returns int language plpgsql security definer set search_path = touchline, pg_temp as $$
  declare old touchline.epoch;
  begin
    select * into old from epoch for update;
    insert into epoch_before (n, last_position) values (old.n, (select coalesce(max(position), 0) from log));
    update epoch set n = greatest(old.n + 1, (extract(epoch from clock_timestamp()) / 60)::int), life = log_life(), begun_at = now(), reason = why;
    return (select n from epoch);
  end $$;
  create function log_notice_life() returns void language plpgsql security definer set search_path = touchline, pg_temp as $$
  declare known text;
  begin
    select life into known from epoch;
    if known = log_life() then return; end if;
    select life into known from epoch for update;
    if known is null then update epoch set life = log_life();
    elsif known <> log_life() then perform log_begin_epoch('restored or promoted');
    end if;
  end $$;
  create function log_common(wanted_epoch int, wanted bigint) returns bigint language sql stable security definer set search_path = touchline, pg_temp as $$
    select case when wanted_epoch = e.n then least(wanted, (select coalesce(max(position), 0) from log))
      when exists (select from epoch_before where n = wanted_epoch) then least(wanted, (select min(last_position) from epoch_before where n >= wanted_epoch))
      else 0 end from epoch e
  $$;
  revoke execute on function log_begin_epoch(text), log_notice_life() from public;
  grant execute on function log_begin_epoch(text), log_notice_life() to touchline_worker;
  grant select on epoch_before to touchline_worker, touchline_reader;`;

// After its draw an appender only sends rows and commits. One that does not get on holds up every reader, so it is ended.
const CUT_OFF = `
  create or replace function log_draw(count int, out positions bigint[], out moment timestamptz) language plpgsql volatile as $$
  begin
    perform set_config('idle_in_transaction_session_timeout', '3s', true), set_config('statement_timeout', '10s', true);
    perform log_floor_lock();
    select array_agg(nextval('log_position')) into positions from generate_series(1, count);
    moment := date_trunc('milliseconds', clock_timestamp());
  end $$;
  create function log_floor_holders() returns table (pid int, application text, age_seconds float8, state text, query text)
  language sql volatile security definer set search_path = touchline, pg_temp as $$
    select a.pid, a.application_name, extract(epoch from clock_timestamp() - a.xact_start)::float8, a.state, left(a.query, 200)
    from pg_locks l join pg_stat_activity a using (pid)
    where l.locktype = 'advisory' and l.objsubid = 1 and l.granted and (l.classid::bigint >> 16) = 21580
      and l.database = (select oid from pg_database where datname = current_database())
    order by a.xact_start
  $$;
  revoke execute on function log_floor_holders() from public;
  grant execute on function log_floor_holders() to touchline_worker;`;
