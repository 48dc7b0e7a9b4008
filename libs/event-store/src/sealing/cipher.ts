import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { Sealed } from '#journey';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const IVS_AT_ONCE = 512;

let drawn = Buffer.alloc(0);

/** Twelve fresh random bytes. Drawn many at a time, which costs the system one call. */
function freshIv(): Buffer {
  if (drawn.length === 0) drawn = randomBytes(IV_BYTES * IVS_AT_ONCE);
  const iv = drawn.subarray(0, IV_BYTES);
  drawn = drawn.subarray(IV_BYTES);
  return iv;
}

/** The key of one person, or of several together, unwrapped. */
export interface DataKey {
  readonly kid: string;
  readonly key: Buffer;
}

const JOINT = '+';

/** The ids of the keys behind a sealed value: of one person, or of all those whose keys sealed it together. */
export const kidsOf = (kid: string): string[] => kid.split(JOINT);

/** What is about several people opens only with the keys of them all: it goes with the first of them who is erased. One key is itself. */
export function jointKey(keys: readonly DataKey[]): DataKey {
  if (keys.length === 1) return keys[0]!;
  const sorted = [...keys].sort((a, b) => (a.kid < b.kid ? -1 : 1));
  return { kid: sorted.map(({ kid }) => kid).join(JOINT), key: Buffer.from(hkdfSync('sha256', Buffer.concat(sorted.map(({ key }) => key)), '', 'touchline joint key', 32)) };
}

/** Where a sealed value stands. Bound to its ciphertext, so that it cannot be moved to another field, person or tenant. */
interface SealedPlace {
  readonly tenant: string;
  /** JSON pointer inside the event's body, for example `/name`. */
  readonly path: string;
}

const ready = new WeakMap<Buffer, KeyObject>();

/** A key as the cipher wants it, made ready once. */
function readyKey(key: Buffer): KeyObject {
  const known = ready.get(key) ?? createSecretKey(key);
  ready.set(key, known);
  return known;
}

/** Seals any JSON value with AES-256-GCM; `ct` ends with the 16-byte tag. */
export function seal({ kid, key }: DataKey, place: SealedPlace, value: unknown): Sealed {
  const iv = freshIv();
  const cipher = createCipheriv('aes-256-gcm', readyKey(key), iv, { authTagLength: TAG_BYTES }).setAAD(bindingOf(kid, place));
  const ct = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { kid, iv: iv.toString('base64'), ct: ct.toString('base64') };
}

/** @throws SealBroken when it was altered or moved, or the key is another's */
export function open(key: Buffer, place: SealedPlace, { kid, iv, ct }: Sealed): unknown {
  const bytes = Buffer.from(ct, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength: TAG_BYTES })
      .setAAD(bindingOf(kid, place)).setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString('utf8'));
  } catch {
    throw new SealBroken(place.path);
  }
}

export function isSealed(value: unknown): value is Sealed {
  if (typeof value !== 'object' || value === null) return false;
  const { kid, iv, ct, ...rest } = value as Record<string, unknown>;
  return typeof kid === 'string' && typeof iv === 'string' && typeof ct === 'string' && Object.keys(rest).length === 0;
}

/** A sealed field does not open at the place where it was found: somebody altered or moved it. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  constructor(path: string) {
    super(`The sealed field ${path} was altered or moved, so it cannot be opened.`);
  }
}

const bindingOf = (kid: string, { tenant, path }: SealedPlace) => Buffer.from(JSON.stringify([tenant, kid, path]));
