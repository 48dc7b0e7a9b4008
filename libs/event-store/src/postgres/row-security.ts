/**
 * Row-level security of a table, in one place: the worker sees all rows, a reader those of the tenant that its transaction has set.
 * `key` is the column that names the tenant; with `readers: false` no reader sees any row. Changing this text changes what
 * migrations that have run would make today, so it is never changed: a new rule is a new migration.
 */
export function rowSecurity(table: string, { key = 'tenant', readers = true } = {}): string {
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy worker_all on ${table} to touchline_worker using (true) with check (true);
    ${readers ? `create policy own_tenant on ${table} for select to touchline_reader using (${key} = current_setting('touchline.tenant', true));` : ''}`;
}
