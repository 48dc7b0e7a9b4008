import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets the doctor see how long transactions have been open: a session is the owner's, and the worker's role may not look at those. */
export class OpenTransactions1764200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function log_open_transactions() returns table (pid int, application text, seconds float8)
      language sql volatile security definer set search_path = touchline, pg_temp as $$
        select a.pid, a.application_name, extract(epoch from clock_timestamp() - a.xact_start)::float8
        from pg_stat_activity a where a.datname = current_database() and a.backend_type = 'client backend' and a.xact_start is not null
      $$;
      revoke execute on function log_open_transactions() from public;
      grant execute on function log_open_transactions() to touchline_worker;`);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}
