import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '#event-store';

/**
 * Who works for a tenant, and where they are written to; when the mail of the morning goes out, and to whom it went. Settings, no facts: an address is changed and
 * deleted for good, and the log knows people of ours by their code alone.
 */
export class Staff1764600000502 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.staff (
        tenant text not null, id text not null check (id ~ '^[A-Za-z0-9._:/-]{1,100}$'), email text not null check (length(email) <= 254), roles text[] not null,
        changed_by text not null, changed_at timestamptz not null default clock_timestamp(), primary key (tenant, id)
      );
      create table touchline.morning_mail (tenant text primary key, send_at text not null check (send_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'), is_on boolean not null);
      create table touchline.morning_mail_sent (
        tenant text not null, owner text not null, day date not null, state text not null check (state in ('sending', 'sent', 'refused', 'uncertain')), why text,
        at timestamptz not null default clock_timestamp(), primary key (tenant, owner, day)
      );
      ${['touchline.staff', 'touchline.morning_mail', 'touchline.morning_mail_sent'].map((table) => `${rowSecurity(table)} grant select, insert, update, delete on ${table} to touchline_worker; grant select on ${table} to touchline_reader;`).join('\n')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table touchline.staff, touchline.morning_mail, touchline.morning_mail_sent');
  }
}
