import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '../row-security.js';

/** How far each reaction has read the log, and what is still to be done because of it. */
export class Reactions1764600000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table touchline.reaction (name text primary key, position bigint not null, began_at timestamptz not null default now());
      create table touchline.agenda (
        tenant text not null, reaction text not null, subject text not null, position bigint not null,
        customer text not null, source text not null, id text not null, type text not null, occurred_at timestamptz not null,
        at timestamptz not null, attempts integer not null default 0, failure text,
        primary key (tenant, reaction, subject, position)
      );
      create index on touchline.agenda (at);
      ${rowSecurity('touchline.agenda')}
      grant select on touchline.agenda to touchline_reader;
      grant select, insert, update, delete on touchline.reaction, touchline.agenda to touchline_worker;`);
  }

  async down(): Promise<void> {
    throw new Error('The log migrates forward only.');
  }
}
