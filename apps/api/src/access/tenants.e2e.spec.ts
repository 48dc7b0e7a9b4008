import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { beginRebuild } from '#event-store';
import { projections } from '#read-model';
import { startApi, type TestApi } from '../testing/start-api.js';
import { listKeys } from './api-keys.js';

/** Every schema of ours, whatever its name: none that PostgreSQL brought along. */
const OURS = `c.relnamespace in (select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')`;

let api: TestApi;
let acme: string;
let globex: string;
beforeAll(async () => {
  api = await startApi();
  acme = await api.key('admin', 'acme');
  globex = await api.key('admin', 'globex');
  const secret = { id: 'e-1', source: 'crm', type: 'customer.registered', customer: { system: 'crm', id: '77' }, data: { name: 'Secret Ltd' } };
  const imported = await api.call(acme, 'POST', '/v1/events/import?import=acme-import', `${JSON.stringify(secret)}\n`, { 'content-type': 'application/x-ndjson' });
  expect((await imported.text())).toContain('"appended":1');
}, 60_000);
afterAll(() => api.stop());

const status = async (key: string, method: string, path: string, body?: unknown) => (await api.call(key, method, path, body)).status;

describe('One tenant', () => {
  it('sees nothing through the reader role without its name, in any table or view, also of read models that are being built', async () => {
    const { reader, worker } = api.connections;
    for (const projection of projections()) await beginRebuild(worker, projection);
    const relations = await reader.transaction((sql) => sql.query<{ name: string; columns: string }>(
      `select c.oid::regclass::text as name, string_agg(quote_ident(a.attname), ', ') as columns from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'f') and has_column_privilege(c.oid, a.attnum, 'select')
       and exists (select from pg_attribute t where t.attrelid = c.oid and (t.attname = 'tenant' or (c.relname = 'tenant' and t.attname = 'id'))) group by 1`));
    expect(relations.map(({ name }) => name.replace('touchline_read.', ''))).toEqual(expect.arrayContaining([
      'log', 'tenant', 'api_key', 'subject_key', 'customer_alias', 'import', 'frozen_order', 'parked', 'customer_1', 'customer_2', 'customer_closed_day_1', 'customer_closed_day_2', 'timeline_1', 'timeline_2']));
    for (const { name, columns } of relations) {
      const seen = await reader.transaction((sql) => sql.query(`select ${columns} from ${name} limit 1`));
      const another = await reader.inTenant('globex', (sql) => sql.query(`select ${columns} from ${name} where ${name === 'tenant' ? 'id' : 'tenant'} is distinct from 'globex' limit 1`));
      expect({ name, rows: [...seen, ...another] }).toEqual({ name, rows: [] });
    }
    for (const table of ['log', 'touchline_read.customer_1', 'touchline_read.timeline_1']) {
      expect(await reader.inTenant('acme', (sql) => sql.query(`select position from ${table} limit 1`))).toHaveLength(1);
    }
  });

  it('has row-level security forced on every table that holds tenants, also for the owner, and no view goes around it', async () => {
    const open = await api.connections.reader.transaction((sql) => sql.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c where ${OURS} and not relispartition
       and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant' and not t.attisdropped)
       and case when relkind in ('r', 'p') then not (relrowsecurity and relforcerowsecurity)
         when relkind = 'v' then not coalesce('security_invoker=true' = any(reloptions) or 'security_invoker=on' = any(reloptions), false) else relkind in ('m', 'f') end`));
    expect(open).toEqual([]);
  });

  it('cannot reach a key of another tenant', async () => {
    const id = acme.slice(3, 19);
    expect([await status(globex, 'POST', `/v1/admin/keys/${id}/rotation`, {}), await status(globex, 'DELETE', `/v1/admin/keys/${id}`)]).toEqual([404, 404]);
    expect(await (await api.call(globex, 'GET', '/v1/admin/keys')).text()).not.toContain(id);
    expect(await status(acme, 'GET', '/v1/admin/keys')).toBe(200);
  });

  it('is listed its keys as the role that sees nothing of others, and no hash of its own', async () => {
    const { reader } = api.connections;
    expect((await reader.inTenant('acme', (sql) => listKeys(sql, 'acme'))).map(({ id }) => id)).toEqual([acme.slice(3, 19)]);
    expect(await reader.inTenant('acme', (sql) => listKeys(sql, 'globex'))).toEqual([]);
    await expect(reader.inTenant('acme', (sql) => sql.query('select hash from api_key'))).rejects.toThrow(/permission denied/);
  });

  it('cannot take back an import of another, nor learn that it exists', async () => {
    expect(await status(globex, 'POST', '/v1/imports/acme-import/retraction', { reason: 'x' })).toBe(404);
  });

  it('cannot read a customer of another by our id or by alias', async () => {
    const [row] = await api.connections.reader.inTenant('acme', (sql) => sql.query<{ customer: string }>('select customer from customer_alias'));
    for (const id of [row!.customer, 'crm:77']) {
      for (const view of ['', '/timeline', '/health', '/health/history', '/health/difference']) {
        expect({ path: `${id}${view}`, status: await status(globex, 'GET', `/v1/customers/${id}${view}`) }).toEqual({ path: `${id}${view}`, status: 404 });
      }
      expect(await status(globex, 'POST', `/v1/today/${id}/done`, { outcome: 'reached' })).toBe(404);
    }
  });

  it('cannot name a tenant in any parameter or field', async () => {
    expect(await status(globex, 'GET', '/v1/customers?tenant=acme')).toBe(400);
    expect(await status(globex, 'POST', '/v1/events', { id: 'x', source: 's', type: 'customer.registered', customer: 'c', tenant: 'acme', data: { name: 'n' } })).toBe(422);
    expect(await status(globex, 'GET', '/v1/customers?cursor=00000000-0000-0000-0000-000000000000~0')).toBe(400);
  });
});
