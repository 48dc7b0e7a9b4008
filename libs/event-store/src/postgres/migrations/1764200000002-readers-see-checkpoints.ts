import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is held back is asked as a reader; how far its queue goes is told by the checkpoints, which name no tenant. */
export class ReadersSeeCheckpoints1764200000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('grant select on projection_partition to touchline_reader');
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}
