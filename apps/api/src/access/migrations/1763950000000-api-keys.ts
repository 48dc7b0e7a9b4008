import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '#event-store';

/** Who may call, as hashes only. After a rotation the former hash stays good until `previous_until`. */
export class ApiKeys1763950000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.api_key (
        tenant text not null check (tenant ~ '^[a-z0-9]{1,32}$'),
        id text not null unique,
        hash bytea not null,
        previous_hash bytea,
        previous_until timestamptz,
        name text not null,
        role text not null check (role in ('ingest', 'csm', 'analyst', 'executive', 'admin')),
        actor_kind text not null check (actor_kind in ('person', 'system')),
        actor_id text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        revoked_at timestamptz,
        primary key (tenant, id)
      );
      ${rowSecurity('touchline.api_key')}
      grant select, insert, update on touchline.api_key to touchline_worker;
      grant select (tenant, id, name, role, actor_kind, actor_id, created_at, expires_at, revoked_at, previous_until) on touchline.api_key to touchline_reader;
    `);
  }

  async down(): Promise<void> {
    throw new Error('The keys migrate forward only.');
  }
}
