import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '#event-store';

/**
 * The band of each customer as it was announced last or first seen, and what is to be announced of health. Apart from the notes of risk: a worker of the release
 * before, which may still run, takes each of those for a change of risk.
 */
export class HealthAnnouncements1764500000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.band_told (tenant text not null, customer text not null, cards text not null, band text not null, primary key (tenant, customer));
      create table touchline.health_note (
        n bigint generated always as identity primary key, tenant text not null, customer text not null, type text not null, id text not null, data json not null,
        noted_at timestamptz not null default clock_timestamp()
      );
      ${['touchline.band_told', 'touchline.health_note'].map((table) => `${rowSecurity(table)} grant select, insert, update, delete on ${table} to touchline_worker;`).join('\n')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table touchline.band_told, touchline.health_note');
  }
}
