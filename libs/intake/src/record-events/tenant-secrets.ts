import { createSecretKey, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { KeyRing } from '#event-store';

export interface TenantSecrets {
  readonly bodyHash: KeyObject;
  readonly identity: Buffer;
}

const TENANTS = 10_000;
const made = new WeakMap<KeyRing, LRUCache<string, Promise<TenantSecrets>>>();

/** One secret per purpose, so that nothing learnt from one helps with another. The purposes, and so the secrets, are for ever: they are made once in a process. */
export function tenantSecrets(keys: KeyRing, tenant: string): Promise<TenantSecrets> {
  const known = made.get(keys) ?? new LRUCache<string, Promise<TenantSecrets>>({ max: TENANTS });
  made.set(keys, known);
  const secrets = known.get(tenant) ?? make(keys, tenant);
  known.set(tenant, secrets);
  secrets.catch(() => known.delete(tenant));
  return secrets;
}

async function make(keys: KeyRing, tenant: string): Promise<TenantSecrets> {
  return { bodyHash: createSecretKey(await keys.tenantSecret(tenant, 'body-hash')), identity: await keys.tenantSecret(tenant, 'identity') };
}
