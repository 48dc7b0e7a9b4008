import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every taking of a subscription has a fence of its own, also after its row was forgotten and made anew. */
export class SubscriptionFences1764800000501 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create sequence touchline.subscription_fence;
      select setval('touchline.subscription_fence', (select coalesce(max(fence), 0) + 1 from touchline.subscription), false);
      grant usage on sequence touchline.subscription_fence to touchline_worker;`);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}
