import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A partition of the log changes places with a table that holds the same: how an old one moves to another server and back (`ARCHIVE.md`). */
export class Exchange1764300000903 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EXCHANGE);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

// The rows are counted while others read on: into a closed partition nobody writes. Only then, for a moment, does everybody wait.
// A check that says the bounds saves ATTACH from looking at every row meanwhile.
const EXCHANGE = `
  create function log_exchange(number bigint) returns text language plpgsql set search_path = touchline, pg_temp set lock_timeout = '5s' as $$
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
    execute format('select count(*) as events, sum(position) as positions from %I', mine) into here;
    execute format('select count(*) as events, sum(position) as positions from %I where position >= %s and position < %s', other, low, high) into there;
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
  end $$;
  revoke execute on function log_exchange(bigint) from public;
  create function log_partitions(out partition text, out open boolean, out elsewhere boolean) returns setof record language sql volatile set search_path = touchline, pg_temp as $$
    select c.relname::text, substr(c.relname, 5)::bigint * 10000000 + 10000000 > h, c.relkind = 'f'
    from (select log_horizon() as h) as now, pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'log'::regclass order by substr(c.relname, 5)::bigint
  $$;
  revoke execute on function log_partitions() from public;
  grant execute on function log_partitions() to touchline_worker;`;
