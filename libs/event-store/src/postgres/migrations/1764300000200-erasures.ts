import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '../row-security.js';

/** Whose keys were destroyed, by whom and why, beside the keys themselves: so that keys that come back with an old copy are destroyed again. And a master key that can be changed. */
export class Erasures1764300000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.erasure (
        tenant text not null, subject text not null,
        kid uuid not null, erased_at timestamptz not null default now(),
        actor_kind text not null, actor_id text not null, reason text not null, reference text,
        up_to text, counts jsonb, certified boolean not null default false,
        primary key (tenant, subject)
      );
      ${rowSecurity('touchline.erasure')}
      grant select, insert, update on touchline.erasure to touchline_worker;
      grant select on touchline.erasure to touchline_reader;
      grant update, delete on touchline.keyring to touchline_worker;
    `);
  }

  async down(): Promise<void> {
    throw new Error('What was erased stays erased.');
  }
}
