import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A mirror that is not what EventStoreDB has stands still until a new epoch begins, and nothing is appended meanwhile. */
export class MirrorCompared1764800000403 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LOST);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

// `lost`: how the mirror and the server differ. `log_begin_epoch` as Epochs had it, but for the mirror.
const LOST = `
  alter table touchline.log_mirror add column lost text;
  create or replace function touchline.log_begin_epoch(why text) returns int language plpgsql security definer set search_path = touchline, pg_temp as $$
  declare old touchline.epoch;
  begin
    select * into old from epoch for update;
    insert into epoch_before (n, last_position) values (old.n, (select coalesce(max(position), 0) from log));
    update epoch set n = greatest(old.n + 1, (extract(epoch from clock_timestamp()) / 60)::int), life = log_life(), begun_at = now(), reason = why;
    update log_mirror set lost = null;
    return (select n from epoch);
  end $$;`;
