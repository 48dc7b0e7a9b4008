import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which tests of endpoints are to be sent is asked at each look: they are found without a walk through all that waits. */
export class TestsOfWebhooks1764900000102 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index webhook_tests on touchline.webhook_delivery (tenant, endpoint) where position is null and state = 'waiting'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index touchline.webhook_tests');
  }
}
