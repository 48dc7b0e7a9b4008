import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Generations know which version of the code fills them; partitions know how far a build from the streams has come,
 * and which tick of the clock is being worked off.
 */
export class Builds1764300000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table touchline.projection_generation add column version text not null default '';
      alter table touchline.projection_partition add column building bigint, add column built_tenant text, add column built_customer text, add column ticking bigint;`);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}
