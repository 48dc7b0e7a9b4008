import { hash } from 'node:crypto';
import type { EventRef } from '#journey';

/** Bytes of an id up to which it is kept whole, and how many are kept of a longer one before the first 16 of its digest: no longer one looks like a whole one. */
const [LONGEST, KEPT] = [64, 49];

/**
 * An event's id as `event_id` has it, in PostgreSQL's hexadecimal form: tenant, source and id. Not a digest, because sources number
 * their events: what comes together then lies together in the index, which halves what an id costs. `log_id_bytes` does the same in SQL.
 */
export function idBytes(tenant: string, { source, id }: EventRef): string {
  const whole = Buffer.from(`${tenant}\u0000${source}\u0000${id}`);
  return `\\x${whole.length <= LONGEST ? whole.toString('hex') : whole.toString('hex', 0, KEPT) + hash('sha256', whole, 'hex').slice(0, 32)}`;
}
