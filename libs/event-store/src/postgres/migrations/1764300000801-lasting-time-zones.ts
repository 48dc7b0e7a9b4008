import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The time zone of a tenant that has facts stays: the log does not keep it, and days that are over were closed by it, so rows computed anew would differ from those that are read. */
export class LastingTimeZones1764300000801 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function touchline.tenant_keeps_time_zone() returns trigger language plpgsql as $$
      begin
        if new.time_zone <> old.time_zone and exists (select from touchline.stream where tenant = new.id) then
          raise exception 'The tenant % has facts, and its days that are over were closed by the clock of %: its time zone stays.', new.id, old.time_zone;
        end if;
        return new;
      end $$;
      create trigger keeps_time_zone before update of time_zone on touchline.tenant for each row execute function touchline.tenant_keeps_time_zone();`);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}
