import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** What a webhook is signed with, by Standard Webhooks: a secret that both sides know (`v1`), or a key of which the receiver knows the public half (`v1a`). */
export type SigningKey = { readonly kind: 'v1'; readonly secret: Buffer } | { readonly kind: 'v1a'; readonly key: KeyObject };

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_BYTES = 32;

/** The key of this kind that comes of 32 secret bytes, always the same. */
export function signingKey(kind: SigningKey['kind'], secret: Buffer): SigningKey {
  if (kind === 'v1') return { kind, secret };
  return { kind, key: createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' }) };
}

/** What the receiver checks signatures with: the secret (`whsec_`), or the public key (`whpk_`). */
export function verifyingText(key: SigningKey): string {
  if (key.kind === 'v1') return `whsec_${key.secret.toString('base64')}`;
  return `whpk_${createPublicKey(key.key).export({ format: 'der', type: 'spki' }).subarray(-PUBLIC_BYTES).toString('base64')}`;
}
