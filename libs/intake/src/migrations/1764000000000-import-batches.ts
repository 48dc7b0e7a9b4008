import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Batches of an import begun and closed: a difference says that a process died with one, so its facts may have arrived or not. */
export class ImportBatches1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table touchline.import add begun bigint not null default 0, add closed bigint not null default 0');
  }

  async down(): Promise<void> {
    throw new Error('The imports migrate forward only.');
  }
}
