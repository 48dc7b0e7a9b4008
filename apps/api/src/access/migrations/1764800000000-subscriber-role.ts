import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A role for systems that follow the feed and see nothing else. */
export class SubscriberRole1764800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table touchline.api_key drop constraint api_key_role_check;
      alter table touchline.api_key add constraint api_key_role_check check (role in ('ingest', 'subscriber', 'csm', 'analyst', 'executive', 'admin', 'operator'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('The keys migrate forward only.');
  }
}
