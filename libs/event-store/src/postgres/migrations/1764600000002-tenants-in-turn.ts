import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agenda entries are taken from each tenant in turn, the longest due first. */
export class TenantsInTurn1764600000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index on touchline.agenda (tenant, at, position)');
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}
