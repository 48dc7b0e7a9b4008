import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For answers about a moment: what had been drawn by then, and how far the log is final. */
export class ToldBefore1764300000902 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TOLD);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

// An appender draws first and looks at the clock afterwards, and keeps milliseconds. So whoever looks at the clock first and at the sequence
// afterwards has seen drawn whatever was observed up to the millisecond before. Statements of a volatile function run one after the other.
const TOLD = `
  create function log_told(out until timestamptz, out drawn bigint, out final bigint) language plpgsql volatile as $$
  begin
    until := date_trunc('milliseconds', clock_timestamp()) - interval '1 millisecond';
    select case when is_called then last_value else 0 end into drawn from log_position;
    final := log_horizon();
  end $$;`;
