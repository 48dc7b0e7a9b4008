import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '#event-store';

/** The files of published reports, by what they hold: the log has their hashes. Whether reports are published by themselves, and to whom they are sent, is a setting. */
export class ReportFiles1764700000901 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.report_file (
        tenant text not null, sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'), content bytea not null, kept_at timestamptz not null default clock_timestamp(), primary key (tenant, sha256)
      );
      create table touchline.report_schedule (tenant text primary key, is_on boolean not null, recipients text[] not null);
      ${['touchline.report_file', 'touchline.report_schedule'].map((table) => `${rowSecurity(table)} grant select, insert, update, delete on ${table} to touchline_worker; grant select on ${table} to touchline_reader;`).join('\n')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table touchline.report_file, touchline.report_schedule');
  }
}
