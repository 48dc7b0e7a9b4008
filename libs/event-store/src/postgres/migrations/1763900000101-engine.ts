import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '../row-security.js';

/** Who reads the log, how far, and which generation of a read model is the one that people see. */
export class Engine1763900000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table projection (
        name text primary key,
        live integer not null
      );
      create table projection_partition (
        name text not null, generation integer not null, partition smallint not null,
        position bigint not null default 0,
        owner text, fence bigint not null default 0, expires_at timestamptz,
        primary key (name, generation, partition)
      );
      create table parked (
        name text not null, generation integer not null, tenant text not null, customer text not null,
        position bigint not null, reason text not null, parked_at timestamptz not null default now(),
        primary key (name, generation, tenant, customer)
      );
      grant select, insert, update, delete on projection, projection_partition, parked to touchline_worker;
      grant select on projection to touchline_reader;
      ${rowSecurity('parked', { readers: false })}`);
    // The tables of read models are made, filled and dropped at run time, so they live where the worker may create.
    await runner.query(`
      create schema touchline_read;
      grant usage, create on schema touchline_read to touchline_worker;
      grant usage on schema touchline_read to touchline_reader;`);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}
