import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '#event-store';

/** What an import did, and whose events it touched: what its retraction needs to find. */
export class Imports1763930000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.import (
        tenant text not null,
        id text not null,
        started_at timestamptz not null default now(),
        finished_at timestamptz,
        retracted_at timestamptz,
        retracted_because text,
        lines bigint not null default 0,
        appended bigint not null default 0,
        duplicate bigint not null default 0,
        conflict bigint not null default 0,
        rejected bigint not null default 0,
        primary key (tenant, id)
      );
      create table touchline.import_customer (
        tenant text not null,
        import text not null,
        customer text not null,
        primary key (tenant, import, customer)
      );
      ${['import', 'import_customer'].map((name) => rowSecurity(`touchline.${name}`)).join('')}
      grant select, insert, update on touchline.import, touchline.import_customer to touchline_worker;
      grant select on touchline.import, touchline.import_customer to touchline_reader;
    `);
  }

  async down(): Promise<void> {
    throw new Error('The imports migrate forward only.');
  }
}
