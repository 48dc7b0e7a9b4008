import type { KeyObject } from 'node:crypto';
import { ed25519Key, publicText } from '#event-store';

/** What a webhook is signed with, by Standard Webhooks: a secret that both sides know (`v1`), or a key of which the receiver knows the public half (`v1a`). */
export type SigningKey = { readonly kind: 'v1'; readonly secret: Buffer } | { readonly kind: 'v1a'; readonly key: KeyObject };

/** The key of this kind that comes of 32 secret bytes, always the same. */
export function signingKey(kind: SigningKey['kind'], secret: Buffer): SigningKey {
  return kind === 'v1' ? { kind, secret } : { kind, key: ed25519Key(secret) };
}

/** What the receiver checks signatures with: the secret (`whsec_`), or the public key (`whpk_`). */
export function verifyingText(key: SigningKey): string {
  return key.kind === 'v1' ? `whsec_${key.secret.toString('base64')}` : `whpk_${publicText(key.key)}`;
}
