import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '#event-store';

/** The files of published reports, by what they hold: the log has their hashes. */
export class ReportFiles1764700000901 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.report_file (
        tenant text not null, sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'), content bytea not null, kept_at timestamptz not null default clock_timestamp(), primary key (tenant, sha256)
      );
      ${rowSecurity('touchline.report_file')} grant select, insert on touchline.report_file to touchline_worker; grant select on touchline.report_file to touchline_reader;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table touchline.report_file');
  }
}
