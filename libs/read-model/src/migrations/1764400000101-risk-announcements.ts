import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '#event-store';

/** The risk of each customer as it was announced last or first seen, and announcements that are still to be appended. */
export class RiskAnnouncements1764400000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.risk_told (
        tenant text not null, customer text not null, model text not null, chance integer not null, level smallint not null, primary key (tenant, customer)
      );
      create table touchline.risk_note (
        n bigint generated always as identity primary key, tenant text not null, customer text not null, id text not null, data json not null, noted_at timestamptz not null default clock_timestamp()
      );
      ${['touchline.risk_told', 'touchline.risk_note'].map((table) => `${rowSecurity(table)} grant select, insert, update, delete on ${table} to touchline_worker;`).join('\n')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table touchline.risk_told, touchline.risk_note');
  }
}
