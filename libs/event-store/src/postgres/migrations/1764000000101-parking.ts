import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Workers that tell they are alive, generations that are compared, switched and stopped, and parked facts with their cause. */
export class Parking1764000000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.projection_worker (owner text primary key, carries text[] not null, expires_at timestamptz not null);
      create table touchline.projection_generation (
        name text not null, generation integer not null, begun_at timestamptz not null default now(),
        switches boolean not null default false, comparison jsonb,
        stopped_at timestamptz, stopped_cause text, stopped_customers integer,
        primary key (name, generation)
      );
      insert into touchline.projection_generation (name, generation, switches)
        select distinct name, generation, generation > live from touchline.projection_partition join touchline.projection using (name);
      alter table touchline.projection add column previous integer;
      alter table touchline.projection_partition drop column expires_at;
      alter table touchline.parked add column cause text not null default '', add column accepted boolean not null default false;
      create policy own_tenant on touchline.parked for select to touchline_reader using (tenant = current_setting('touchline.tenant', true));
      grant select on touchline.parked to touchline_reader;
      grant select, insert, update, delete on touchline.projection_worker, touchline.projection_generation to touchline_worker;`);
    await runner.query(FLOOR_LOCK);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}

// Between the look at the sequence and the lock, others may draw and commit; a lock on the older value would pull the horizon back
// behind what readers have seen. So the sequence is looked at again; rolling back to the block's start gives the useless lock back.
const FLOOR_LOCK = `
  create or replace function touchline.log_floor_lock() returns void language plpgsql volatile as $$
  declare drawn bigint; again bigint;
  begin
    loop
      begin
        select case when is_called then last_value else 0 end into drawn from touchline.log_position;
        perform pg_advisory_xact_lock_shared(touchline.log_floor_key(drawn));
        select case when is_called then last_value else 0 end into again from touchline.log_position;
        if again = drawn then return; end if;
        raise exception using errcode = 'TL001';
      exception when sqlstate 'TL001' then null;
      end;
    end loop;
  end $$;`;
