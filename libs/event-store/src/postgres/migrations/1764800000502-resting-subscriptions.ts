import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A subscription that is turned off for a while keeps its checkpoint. */
export class RestingSubscriptions1764800000502 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table touchline.subscription add column resting boolean not null default false');
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}
