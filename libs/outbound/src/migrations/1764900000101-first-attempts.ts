import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a webhook was first tried, from which on it has its three days. */
export class FirstAttempts1764900000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table touchline.webhook_delivery add column first_attempt_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table touchline.webhook_delivery drop column first_attempt_at');
  }
}
