import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders of lists that somebody is paging through. */
export class FrozenOrder1763920000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table touchline.frozen_order (
        id uuid primary key default gen_random_uuid(), tenant text not null, customers text[] not null, expires_at timestamptz not null
      );
      create index on touchline.frozen_order (expires_at);
      alter table touchline.frozen_order enable row level security;
      alter table touchline.frozen_order force row level security;
      create policy worker_all on touchline.frozen_order to touchline_worker using (true) with check (true);
      create policy own_tenant on touchline.frozen_order for select to touchline_reader using (tenant = current_setting('touchline.tenant', true));
      grant select, insert, delete on touchline.frozen_order to touchline_worker;
      grant select on touchline.frozen_order to touchline_reader;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table touchline.frozen_order');
  }
}
