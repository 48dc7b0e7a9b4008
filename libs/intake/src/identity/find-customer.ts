import type { Database } from '#event-store';
import type { Intake } from '../intake.js';
import { tenantSecrets } from '../record-events/tenant-secrets.js';
import { parseRefText } from './customer-ref.js';
import { keptAlias } from './derived-id.js';

// PostgreSQL refuses some of them, and nobody's id has any.
const UNPRINTABLE = /[\p{Cc}\p{Surrogate}]/u;

/** Our id for what a person writes, `our-id` (not looked up) or `system:id`; null when this tenant has no such alias. `reader` acts as the reader role. */
export async function findCustomer({ keys }: Intake, reader: Database, tenant: string, text: string): Promise<string | null> {
  const ref = UNPRINTABLE.test(text) ? null : parseRefText(text);
  if (ref === null || typeof ref === 'string') return ref;
  const { system, id } = keptAlias((await tenantSecrets(keys, tenant)).identity, ref);
  const [row] = await reader.inTenant(tenant, (sql) => sql.query<{ customer: string }>(
    'select customer from customer_alias where tenant = $1 and system = $2 and id = $3 and customer is not null', [tenant, system, id]));
  return row?.customer ?? null;
}
