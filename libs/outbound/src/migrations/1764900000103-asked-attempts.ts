import type { MigrationInterface, QueryRunner } from 'typeorm';

/** After how many of its attempts the receiver of a webhook asked for a while: these use up no step of the schedule. */
export class AskedAttempts1764900000103 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table touchline.webhook_delivery add column asked integer not null default 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table touchline.webhook_delivery drop column asked');
  }
}
