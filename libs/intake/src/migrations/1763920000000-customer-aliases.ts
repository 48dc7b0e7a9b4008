import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '#event-store';

/** Which customer another system's id means. A freed alias keeps its row: `freed` tells its next fact from its first. */
export class CustomerAliases1763920000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.customer_alias (
        tenant text not null,
        system text not null,
        id text not null,
        customer text,
        recorded boolean not null default false,
        freed integer not null default 0,
        primary key (tenant, system, id)
      );
      ${rowSecurity('touchline.customer_alias')}
      grant select, insert, update on touchline.customer_alias to touchline_worker;
      grant select on touchline.customer_alias to touchline_reader;
    `);
  }

  async down(): Promise<void> {
    throw new Error('The directory migrates forward only.');
  }
}
