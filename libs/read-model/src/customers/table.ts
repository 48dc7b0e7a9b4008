import { guarded } from '../generated-tables.js';

export const customerTable = (generation: number | '') => `touchline_read.customer_${generation}`;
/** Which model says the risk of a tenant's customers and which cards score them, as the ticks have told each partition. */
export const toldTable = (generation: number) => `touchline_read.customer_told_${generation}`;
export const closedDayTable = (generation: number) => `touchline_read.customer_closed_day_${generation}`;

/** One row per customer: who it is, how it is, and the fact sheet both were computed from. */
export function createCustomerTables(generation: number): string {
  const table = customerTable(generation);
  const days = closedDayTable(generation);
  const told = toldTable(generation);
  return `
    create table ${table} (
      tenant text not null, customer text not null, partition smallint not null,
      sheet json storage external not null, day integer not null, close_day integer, close_band text,
      stale_from bigint, stale boolean generated always as (stale_from is not null) stored, held boolean not null, position bigint not null,
      claimed boolean not null, name text, segment text, owner text, parent text, status text not null, merged_into text,
      arr bigint, currency text, risk integer, arr_at_risk bigint, churn_model text not null, cards text not null, renewal_day integer, notice_day integer,
      score integer, coverage real not null, band text not null, divergence integer,
      profile jsonb not null, summary jsonb not null, conditions json not null,
      primary key (tenant, customer)
    );
    create index on ${table} (tenant, parent) where parent is not null;
    create index on ${table} (tenant, stale_from) where stale;
    create index on ${table} (tenant, partition, day);
    create index on ${table} (tenant, (band = 'unknown'), score);
    create index on ${table} (tenant, risk desc nulls last, customer);
    create index on ${table} (tenant, arr_at_risk desc nulls last, customer);
    create table ${days} (tenant text not null, partition smallint not null, day integer not null, primary key (tenant, partition));
    create table ${told} (tenant text not null, partition smallint not null, kind text not null, id text not null, primary key (tenant, partition, kind));
    ${[table, days, told].map(guarded).join('\n')}`;
}

export function dropCustomerTables(generation: number): string {
  return `drop table if exists ${customerTable(generation)}, ${closedDayTable(generation)}, ${toldTable(generation)}`;
}
