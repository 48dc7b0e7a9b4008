import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '../row-security.js';

/**
 * A mirror that is not what EventStoreDB has stands still until a new epoch begins, and nothing is appended meanwhile, nor before the mirror has reached the end in a new epoch.
 * An event that PostgreSQL does not take is left out, and noted.
 */
export class MirrorCompared1764800000403 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LOST);
    await runner.query(REFUSED);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

// `lost`: how the mirror and the server differ; `whole`: whether all ids of the server have been seen in this epoch. `log_begin_epoch` as Epochs had it, but for the mirror.
const LOST = `
  alter table touchline.log_mirror add column lost text, add column whole boolean not null default true;
  create or replace function touchline.log_begin_epoch(why text) returns int language plpgsql security definer set search_path = touchline, pg_temp as $$
  declare old touchline.epoch;
  begin
    select * into old from epoch for update;
    insert into epoch_before (n, last_position) values (old.n, (select coalesce(max(position), 0) from log));
    update epoch set n = greatest(old.n + 1, (extract(epoch from clock_timestamp()) / 60)::int), life = log_life(), begun_at = now(), reason = why;
    update log_mirror set lost = null, whole = false;
    return (select n from epoch);
  end $$;`;

// What is on EventStoreDB and not in the log here. `seen`: set by whoever has looked into it.
const REFUSED = `
  create table touchline.mirror_refused (
    position bigint primary key, tenant text not null, category text not null, stream text not null, revision bigint not null,
    source text not null, id text not null, why text not null, refused_at timestamptz not null default clock_timestamp(), seen boolean not null default false
  );
  create index on touchline.mirror_refused (tenant, category, stream);
  ${rowSecurity('touchline.mirror_refused', { readers: false })}
  grant select, insert on touchline.mirror_refused to touchline_worker;`;
