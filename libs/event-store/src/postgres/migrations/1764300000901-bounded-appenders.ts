import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An appender has ten seconds in all after its draw, whatever it does with them. */
export class BoundedAppenders1764300000901 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DRAW);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

// The whole transaction can be bounded from PostgreSQL 17 on; earlier servers do not know the setting (null). It counts from here, also where the server has
// another limit of its own: only a limit that is set anew after none begins to count. The other two bound a pause and each later statement on every server.
const DRAW = `
  create or replace function log_draw(count int, out positions bigint[], out moment timestamptz) language plpgsql volatile as $$
  begin
    perform set_config('idle_in_transaction_session_timeout', '3s', true), set_config('statement_timeout', '10s', true);
    if current_setting('transaction_timeout', true) <> '10s' then
      perform set_config('transaction_timeout', '0', true);
      perform set_config('transaction_timeout', '10s', true);
    end if;
    perform log_floor_lock();
    select array_agg(nextval('log_position')) into positions from generate_series(1, count);
    moment := date_trunc('milliseconds', clock_timestamp());
  end $$;`;
