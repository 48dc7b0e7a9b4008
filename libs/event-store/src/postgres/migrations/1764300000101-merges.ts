import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which customers are one is asked at every read, so the few facts that say so are found without looking at the rest. The list of
 * types is that of `mergeTypes`. A customer that is held with all who are merged into it waits for the facts of all of them.
 */
export class Merges1764300000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ROOM);
    await runner.query(INDEXES);
    await runner.query('alter table touchline.parked add column together boolean not null default false');
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

const ROOM = `
  create or replace function touchline.log_make_room(wanted bigint) returns void language plpgsql security definer set search_path = touchline, pg_temp as $$
  declare number bigint;
  begin
    perform pg_advisory_xact_lock(8413020012);
    for number in wanted / 10000000 .. wanted / 10000000 + 1 loop
      continue when to_regclass('log_' || number) is not null;
      execute format('create table log_%s (like log, primary key (position))', number);
      execute format('create unique index on log_%s (tenant, category, stream, revision)', number);
      execute format('create index on log_%s (tenant, position) where type in (''customer.merged'', ''customer.unmerged'')', number);
      execute format('grant insert on log_%s to touchline_worker', number);
      execute format('alter table log attach partition log_%s for values from (%s) to (%s)', number, number * 10000000, (number + 1) * 10000000);
    end loop;
  end $$;`;

/** Of the partitions that are here; one that was moved to another server is indexed there. */
const INDEXES = `
  do $$
  declare name text;
  begin
    for name in select c.relname from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'touchline.log'::regclass and c.relkind = 'r' loop
      execute format('create index on touchline.%I (tenant, position) where type in (''customer.merged'', ''customer.unmerged'')', name);
    end loop;
  end $$;`;
