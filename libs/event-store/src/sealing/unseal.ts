import type { Sealed } from '#journey';
import { isSealed, jointKey, kidsOf, open } from './cipher.js';
import type { Sql } from '../postgres/database.js';
import type { KeyRing } from './key-ring.js';

interface Sealable {
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/**
 * Opens the personal fields of stored events, for readers who may see them; take the events as stored, before `upcast`.
 * A field of whose keys one was destroyed or is missing becomes null; a tenant's own `x-` body then is `{sealed: null}`.
 * One statement, on the caller's connection, for all keys that are not in memory. @throws SealBroken for a field that was altered or moved
 */
export async function unseal<E extends Sealable>(ring: KeyRing, sql: Sql, tenant: string, events: readonly E[]): Promise<E[]> {
  const kids = new Set<string>();
  for (const { data } of events) walk(data, '', ({ kid }) => kidsOf(kid).forEach((each) => kids.add(each)));
  if (kids.size === 0) return [...events];
  const keys = await ring.keysByKid(sql, tenant, kids);
  const opened = (sealed: Sealed, path: string) => {
    const found = kidsOf(sealed.kid).flatMap((kid) => ({ kid, key: keys.get(kid) ?? null }));
    const whole = found.flatMap(({ kid, key }) => (key ? { kid, key } : []));
    return whole.length === found.length ? open(jointKey(whole).key, { tenant, path }, sealed) : null;
  };
  return events.map((event) => ({ ...event, data: openBody(event, opened) }));
}

type Visit = (sealed: Sealed, path: string) => unknown;

function openBody({ type, data }: Sealable, visit: Visit): Record<string, unknown> {
  if (type !== 'record.amended') return whole(walk(data, '', visit));
  // An amended body stands one level deeper, but is sealed by its place in the event it replaces.
  return { ...data, data: whole(walk(data.data, '', visit)) };
}

function walk(value: unknown, path: string, visit: Visit): unknown {
  if (isSealed(value)) return visit(value, path);
  if (Array.isArray(value)) return value.map((item, index) => walk(item, `${path}/${index}`, visit));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, `${path}/${key}`, visit)]));
}

function whole(body: unknown): Record<string, unknown> {
  const { sealed, ...rest } = body as Record<string, unknown>;
  const isWhole = typeof sealed === 'object' && sealed !== null && Object.keys(rest).length === 0;
  return isWhole ? sealed as Record<string, unknown> : body as Record<string, unknown>;
}
