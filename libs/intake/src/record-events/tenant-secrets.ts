import type { KeyRing } from '#event-store';

export interface TenantSecrets {
  readonly bodyHash: Buffer;
  readonly identity: Buffer;
}

/** One secret per purpose, so that nothing learnt from one helps with another. The purposes are for ever. */
export async function tenantSecrets(keys: KeyRing, tenant: string): Promise<TenantSecrets> {
  return { bodyHash: await keys.tenantSecret(tenant, 'body-hash'), identity: await keys.tenantSecret(tenant, 'identity') };
}
