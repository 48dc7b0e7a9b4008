import { createHmac } from 'node:crypto';
import type { Alias, Ref } from './customer-ref.js';

/**
 * Our id for somebody known only by an alias: the first 128 bits of an HMAC-SHA256 under the tenant's secret, written as a
 * UUID of version 8 (RFC 9562: custom). The same alias always gives the same id, and nobody can guess the alias from it.
 */
export function derivedId(secret: Buffer, kind: 'customer' | 'contact', { system, id }: Alias): string {
  const bytes = createHmac('sha256', secret).update(JSON.stringify([kind, system, id])).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const MAY_BE_PERSONAL = /[@\p{Cc}]/u;

/** The alias as we keep it. What may be an e-mail address is kept as its keyed hash: directory and log hold no personal field in the clear. */
export function keptAlias(secret: Buffer, alias: Alias): Alias {
  if (!MAY_BE_PERSONAL.test(alias.id)) return alias;
  return { system: alias.system, id: `h:${createHmac('sha256', secret).update(JSON.stringify(['alias', alias.system, alias.id])).digest('base64url')}` };
}

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** Our id of a contact. The same e-mail address is the same person, in any case of letters and whichever system wrote it. */
export function contactId(secret: Buffer, ref: Ref): string {
  return addressId(secret, typeof ref === 'string' ? ref : ref.id) ?? (typeof ref === 'string' ? ref : derivedId(secret, 'contact', ref));
}

/** Our id of who is named by an e-mail address; null for a text that is none. */
export function addressId(secret: Buffer, text: string): string | null {
  const address = text.trim();
  return EMAIL.test(address) ? derivedId(secret, 'contact', { system: 'email', id: address.normalize('NFC').toLowerCase() }) : null;
}
