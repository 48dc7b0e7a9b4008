import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8, and of a public one in SPKI. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const PUBLIC_BYTES = 32;

/** The key that comes of 32 secret bytes, always the same. */
export const ed25519Key = (secret: Buffer): KeyObject => createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' });

/** The 32 bytes of its public half, in base64. */
export const publicText = (key: KeyObject): string => createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-PUBLIC_BYTES).toString('base64');

/** A public key from its 32 bytes in base64; null for another text. */
export function publicKeyFrom(text: string): KeyObject | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === PUBLIC_BYTES && bytes.toString('base64') === text ? createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' }) : null;
}
