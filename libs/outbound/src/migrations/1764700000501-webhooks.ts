import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '#event-store';

/** Who is told of facts by webhook, and what was, or is to be, delivered. */
export class Webhooks1764700000501 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.webhook_endpoint (
        tenant text not null, id text not null, url text not null, description text, filter jsonb not null, start text,
        ordered boolean not null, signature text not null, unseal boolean not null, enabled boolean not null, disabled_because text,
        secret integer not null default 1, former_until timestamptz,
        created_at timestamptz not null default now(), created_by text not null, changed_at timestamptz not null default now(),
        failures integer not null default 0, failing_since timestamptz, failure text, retry_at timestamptz, delivered_at timestamptz,
        primary key (tenant, id)
      );
      create table touchline.webhook_delivery (
        tenant text not null, endpoint text not null, id text not null, seq bigint generated always as identity,
        customer text not null, source text not null, event text not null, type text not null, position text,
        state text not null default 'waiting', attempts integer not null default 0, next_at timestamptz, held_until timestamptz,
        since timestamptz not null, attempted_at timestamptz, done_at timestamptz, code integer, answer text, failure text,
        primary key (tenant, endpoint, id),
        foreign key (tenant, endpoint) references touchline.webhook_endpoint (tenant, id) on delete cascade
      );
      create index webhook_due on touchline.webhook_delivery (tenant, endpoint, next_at, seq) where state = 'waiting' and next_at is not null;
      create index webhook_waiting on touchline.webhook_delivery (tenant, endpoint, customer, seq) where state = 'waiting';
      create index webhook_held on touchline.webhook_delivery (tenant, endpoint) where held_until is not null;
      create index webhook_done on touchline.webhook_delivery (state, done_at) where done_at is not null;
      create index webhook_log on touchline.webhook_delivery (tenant, endpoint, seq desc);
      ${rowSecurity('touchline.webhook_endpoint')}
      ${rowSecurity('touchline.webhook_delivery')}
      grant select on touchline.webhook_endpoint, touchline.webhook_delivery to touchline_reader;
      grant select, insert, update, delete on touchline.webhook_endpoint, touchline.webhook_delivery to touchline_worker;`);
  }

  async down(): Promise<void> {
    throw new Error('What was delivered, and what waits, would be lost.');
  }
}
