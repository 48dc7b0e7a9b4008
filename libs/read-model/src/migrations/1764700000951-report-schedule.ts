import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '#event-store';

/** When the strategic report is published by itself and who is mailed it: a setting. To whom it went, so that nobody gets it twice. */
export class ReportSchedule1764700000951 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.report_schedule (
        tenant text primary key, is_on boolean not null, days_after integer not null check (days_after between 1 and 60), segments text[] not null, mail_to text[],
        changed_by text not null, changed_at timestamptz not null default clock_timestamp()
      );
      create table touchline.report_mail_sent (
        tenant text not null, report text not null, person text not null, state text not null check (state in ('sending', 'sent', 'refused', 'uncertain')), why text,
        at timestamptz not null default clock_timestamp(), primary key (tenant, report, person)
      );
      ${['touchline.report_schedule', 'touchline.report_mail_sent'].map((table) => `${rowSecurity(table)} grant select, insert, update, delete on ${table} to touchline_worker; grant select on ${table} to touchline_reader;`).join('\n')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table touchline.report_schedule, touchline.report_mail_sent');
  }
}
