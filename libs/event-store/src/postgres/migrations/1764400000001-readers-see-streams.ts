import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which streams a tenant has, and how long each is, is asked as a reader; row-level security shows it those of its tenant. */
export class ReadersSeeStreams1764400000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('grant select on touchline.stream to touchline_reader');
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}
