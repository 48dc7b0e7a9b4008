/** Row-level security for a table of a read model: the worker sees all, a reader its own tenant. */
export function guarded(table: string): string {
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy worker_all on ${table} to touchline_worker using (true) with check (true);
    create policy own_tenant on ${table} for select to touchline_reader using (tenant = current_setting('touchline.tenant', true));
    grant select on ${table} to touchline_reader;`;
}
