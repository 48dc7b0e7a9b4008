import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

const TEXT = /^tl_([a-z0-9]{16})_([A-Za-z0-9_-]{43})$/;

export interface KeyText {
  readonly id: string;
  readonly secret: string;
}

/** Null unless the text is written `tl_<id>_<secret>`. */
export function parseKeyText(text: string): KeyText | null {
  const [, id, secret] = TEXT.exec(text) ?? [];
  return id && secret ? { id, secret } : null;
}

export const keyText = ({ id, secret }: KeyText) => `tl_${id}_${secret}`;
export const newKeyId = () => randomBytes(8).toString('hex');
export const newSecret = () => randomBytes(32).toString('base64url');

/** 256 random bits need no slow hash. */
export const hashOf = (secret: string): Buffer => hash('sha256', secret, 'buffer');

/** A few bytes of a secret's hash: enough to tell one secret of a key from another, useless for anything else. */
export const markOf = (hash: Buffer): string => hash.subarray(0, 9).toString('base64url');

/** In constant time, also where there is nothing to compare with. */
export function sameHash(given: Buffer, kept: Buffer | null): boolean {
  const same = timingSafeEqual(given, kept ?? Buffer.alloc(given.length));
  return same && kept !== null;
}
