/**
 * Whether a customer is held out of what is done to keep customers: the same answer for ever, without a list. The share may differ from segment to segment
 * and grow: who was held out at a smaller share is so at a larger one, in every segment.
 */
export function isHeldOut(customer: string, { seed, share }: { readonly seed: number; readonly share: number }): boolean {
  return murmur3(customer, seed) < share * 2 ** 32;
}

/** MurmurHash3 x86 32 (A. Appleby, public domain) of the text in UTF-8. */
export function murmur3(text: string, seed: number): number {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const whole = bytes.length & ~3;
  let hash = seed;
  for (let at = 0; at < whole; at += 4) {
    hash ^= scramble(view.getUint32(at, true));
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  let rest = 0;
  for (let at = bytes.length - 1; at >= whole; at--) rest = (rest << 8) | bytes[at]!;
  hash ^= scramble(rest) ^ bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function scramble(word: number): number {
  const mixed = Math.imul(word, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
