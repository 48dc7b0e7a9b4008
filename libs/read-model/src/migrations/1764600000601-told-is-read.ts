import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who reads a customer is told what was announced of it: by the scores of a month before that were kept for it, too. Row security lets readers see their own tenant's. */
export class ToldIsRead1764600000601 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('grant select on touchline.band_told to touchline_reader');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('revoke select on touchline.band_told from touchline_reader');
  }
}
