import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who set a tenant's today by hand, or let it follow the clock again. Rows are added, never changed. */
export class TodayChanges1763960000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.today_change (
        tenant text not null check (tenant ~ '^[a-z0-9]{1,32}$'),
        n bigint generated always as identity,
        day date,
        actor_kind text not null check (actor_kind in ('person', 'system')),
        actor_id text not null,
        key_id text not null,
        changed_at timestamptz not null default clock_timestamp(),
        primary key (tenant, n)
      );
      alter table touchline.today_change enable row level security;
      alter table touchline.today_change force row level security;
      create policy worker_all on touchline.today_change to touchline_worker using (true) with check (true);
      create policy own_tenant on touchline.today_change for select to touchline_reader using (tenant = current_setting('touchline.tenant', true));
      grant select, insert on touchline.today_change to touchline_worker;
      grant select on touchline.today_change to touchline_reader;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Who changed the day is kept; this migrates forward only.');
  }
}
