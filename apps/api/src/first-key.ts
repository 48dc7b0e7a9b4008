import { Database, ensureTenant, listTenants } from '#event-store';
import { issueKey } from './access/api-keys.js';

/** What was asked for cannot be done; the message says why. */
class FirstKeyRefused extends Error {
  override readonly name = 'FirstKeyRefused';
}

/**
 * A key of role operator for a tenant, which is made with its time zone unless it is there. For who has the database and no key yet,
 * or none that works any more. `databaseUrl` is that of a migrated database. @returns the key's text, which is kept nowhere
 */
export async function firstKey(databaseUrl: string, tenant: string, timeZone: string): Promise<string> {
  if (!/^[a-z0-9]{1,32}$/.test(tenant)) throw new FirstKeyRefused(`"${tenant}" is no name of a tenant: it has 1 to 32 small letters and digits.`);
  const worker = new Database(databaseUrl, 'touchline_worker', 2);
  try {
    await ensureTenant(worker, tenant, timeZone).catch((error: unknown) => {
      throw error instanceof RangeError ? new FirstKeyRefused(`"${timeZone}" is no time zone. Write one such as Europe/Berlin or UTC.`) : error;
    });
    const known = (await listTenants(worker)).find(({ id }) => id === tenant)!;
    if (known.timeZone !== timeZone) throw new FirstKeyRefused(`The tenant ${tenant} lives in ${known.timeZone}; its days that are over were closed by that clock. Ask with ${known.timeZone}.`);
    const { key } = await issueKey(worker, { tenant, name: 'first key', role: 'operator', actor: { kind: 'person', id: 'operator' } });
    return key;
  } finally {
    await worker.close();
  }
}
