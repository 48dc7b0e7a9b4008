import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A log that was copied from another: from which one, and up to which of its positions. */
export class CopiedLog1764800000402 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.log_copy (single boolean primary key default true check (single), origin text not null, position text not null);
      grant select, insert, update on touchline.log_copy to touchline_worker;`);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}
