import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '#event-store';

/** Orders of lists that somebody is paging through. */
export class FrozenOrder1763920000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table touchline.frozen_order (
        id uuid primary key default gen_random_uuid(), tenant text not null, customers text[] not null, expires_at timestamptz not null
      );
      create index on touchline.frozen_order (expires_at);
      ${rowSecurity('touchline.frozen_order')}
      grant select, insert, delete on touchline.frozen_order to touchline_worker;
      grant select on touchline.frozen_order to touchline_reader;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table touchline.frozen_order');
  }
}
