import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of people and tenants, wrapped by the master key; and one value that tells whether it is the right master key. */
export class KeyRing1763910000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.keyring (id text primary key, "check" bytea not null);
      grant select, insert on touchline.keyring to touchline_worker;

      create table touchline.subject_key (
        tenant text not null,
        subject text not null,
        kid uuid not null unique,
        wrapped bytea,
        created_at timestamptz not null default now(),
        destroyed_at timestamptz,
        primary key (tenant, subject),
        check ((wrapped is null) = (destroyed_at is not null))
      );
      alter table touchline.subject_key enable row level security;
      alter table touchline.subject_key force row level security;
      create policy worker on touchline.subject_key to touchline_worker using (true) with check (true);
      create policy reader on touchline.subject_key for select to touchline_reader using (tenant = current_setting('touchline.tenant', true));
      grant select, insert, update on touchline.subject_key to touchline_worker;
      grant select on touchline.subject_key to touchline_reader;
    `);
  }

  async down(): Promise<void> {
    throw new Error('The keys are never dropped: without them personal fields stay sealed for good.');
  }
}
