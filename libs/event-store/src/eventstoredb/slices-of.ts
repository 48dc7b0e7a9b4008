import type { Append } from '../event-store.js';
import { keyOf } from '../postgres/decide-appends.js';

/** Appends of a call that are decided together. */
const TOGETHER = 500;

/** Of one stream so many bytes, which go in one; the server takes a mebibyte at most. */
const OF_A_STREAM = 256 * 1024;

/**
 * Appends in order, in parts that are decided one after the other. In each, what goes to one stream is stored in one piece: a second piece would be reserved at a place beyond
 * the end of the stream, and could be stored there after it was moved.
 */
export function slicesOf(appends: readonly Append[]): Append[][] {
  const slices: Append[][] = [];
  let bytes = new Map<string, number>();
  for (const append of appends) {
    const key = keyOf(append.stream);
    const size = JSON.stringify(append.events).length;
    const before = bytes.get(key) ?? 0;
    if (slices.length === 0 || slices.at(-1)!.length === TOGETHER || (before > 0 && before + size > OF_A_STREAM)) {
      slices.push([]);
      bytes = new Map();
    }
    slices.at(-1)!.push(append);
    bytes.set(key, (bytes.get(key) ?? 0) + size);
  }
  return slices;
}
