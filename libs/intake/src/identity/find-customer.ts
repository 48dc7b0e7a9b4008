import type { Database } from '#event-store';
import type { Intake } from '../intake.js';
import { tenantSecrets } from '../record-events/tenant-secrets.js';
import { type Alias, parseRefText } from './customer-ref.js';
import { keptAlias } from './derived-id.js';

// PostgreSQL refuses some of them, and nobody's id has any.
const UNPRINTABLE = /[\p{Cc}\p{Surrogate}]/u;

/** Our id for each of what a person writes, `our-id` (not looked up) or `system:id`; null where this tenant has no such alias. `reader` acts as the reader role. */
export async function findCustomers({ keys }: Intake, reader: Database, tenant: string, texts: readonly string[]): Promise<(string | null)[]> {
  const refs = texts.map((text) => (UNPRINTABLE.test(text) ? null : parseRefText(text)));
  const aliases = refs.filter((ref) => ref !== null && typeof ref !== 'string');
  const found = aliases.length === 0 ? [] : await customersOf(reader, tenant, (await tenantSecrets(keys, tenant)).identity, aliases);
  return refs.map((ref) => (ref === null || typeof ref === 'string' ? ref : found.shift()!.customer));
}

/** The customer of each alias, in their order. */
function customersOf(reader: Database, tenant: string, secret: Buffer, aliases: readonly Alias[]): Promise<{ customer: string | null }[]> {
  const kept = aliases.map((alias) => keptAlias(secret, alias));
  return reader.inTenant(tenant, (sql) => sql.query<{ customer: string | null }>(
    `select (select customer from customer_alias where tenant = $1 and system = asked.system and id = asked.id) as customer
     from unnest($2::text[], $3::text[]) with ordinality as asked (system, id, place) order by place`, [tenant, kept.map(({ system }) => system), kept.map(({ id }) => id)]));
}
