import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '../row-security.js';

/** How far other systems have been told of the log, and which worker tells them. */
export class Subscriptions1764700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.subscription (
        kind text not null, tenant text not null, id text not null, position bigint not null, owner text, fence bigint not null default 0,
        began_at timestamptz not null default now(), failure text, failed_at timestamptz, failures integer not null default 0,
        primary key (kind, tenant, id)
      );
      ${rowSecurity('touchline.subscription')}
      grant select on touchline.subscription to touchline_reader;
      grant select, insert, update, delete on touchline.subscription to touchline_worker;`);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}
