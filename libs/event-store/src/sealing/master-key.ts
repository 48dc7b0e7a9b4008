import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A new master key, in base64. Whoever loses it loses every personal field. */
export function generateMasterKey(): string {
  return randomBytes(32).toString('base64');
}

/** @throws RangeError unless the text is the base64 of exactly 32 bytes */
export function parseMasterKey(base64: string): KeyObject {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== 32) throw new RangeError('The master key must be 32 bytes in base64, for example from: openssl rand -base64 32');
  return createSecretKey(bytes);
}

/** Wraps a data key: iv, ciphertext and tag in one. `label` (its kid) is bound to it, so a wrapped key cannot be passed off as another. */
export function wrap(master: KeyObject, label: string, key: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', master, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(label));
  return Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

/** @throws WrongMasterKey when it was wrapped with another master key, or altered */
export function unwrap(master: KeyObject, label: string, wrapped: Buffer): Buffer {
  const iv = wrapped.subarray(0, IV_BYTES);
  const tag = wrapped.subarray(wrapped.length - TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', master, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(label)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(IV_BYTES, wrapped.length - TAG_BYTES)), decipher.final()]);
  } catch {
    throw new WrongMasterKey();
  }
}

/** The master key given is not the one that wrapped the keys in this database. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey';
  constructor() {
    super('The master key does not open the keys in this database. Start with the key that this database was first started with, or with the one it was changed to; without it personal fields stay sealed for good.');
  }
}
