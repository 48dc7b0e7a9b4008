import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A role for who takes the log out of the house and holds figures against it. */
export class AuditorRole1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table touchline.api_key drop constraint api_key_role_check;
      alter table touchline.api_key add constraint api_key_role_check check (role in ('ingest', 'subscriber', 'csm', 'analyst', 'executive', 'auditor', 'admin', 'operator'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('The keys migrate forward only.');
  }
}
