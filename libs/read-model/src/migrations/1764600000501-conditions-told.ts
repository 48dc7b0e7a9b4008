import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which conditions were announced of each customer, and scores to compare with later; null where nobody has looked yet. */
export class ConditionsTold1764600000501 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table touchline.band_told add column conditions text[], add column scores json not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table touchline.band_told drop column conditions, drop column scores');
  }
}
