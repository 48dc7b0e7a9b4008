import type { IntakeLimits } from '../limits.js';
import { pointerStep, Problem } from '../refusals.js';

/** Refuses what is too deep, too large, or cannot be stored as PostgreSQL JSON. Never recurses deeper than the limit. */
export function checkJson(item: unknown, limits: IntakeLimits): Problem | undefined {
  if (mostBytes(item, limits.depth, limits) <= limits.itemBytes) return undefined;
  const problem = walk(item, '', limits.depth, limits);
  if (problem) return problem;
  const bytes = Buffer.byteLength(JSON.stringify(item) ?? '');
  return bytes > limits.itemBytes ? new Problem('item-too-large', '', `The item has ${bytes} bytes; ${limits.itemBytes} are allowed.`) : undefined;
}

const LONGEST_NUMBER = 25;
/** Bytes of a UTF-16 unit in JSON at most: those of `\u0000`. */
const LONGEST_UNIT = 6;

/** More bytes than a value has as JSON, quickly told; infinite where something is wrong with it, so that `walk` says what. */
function mostBytes(value: unknown, left: number, limits: IntakeLimits): number {
  if (typeof value === 'string') return isFine(value, limits) ? 2 + LONGEST_UNIT * value.length : Infinity;
  if (typeof value === 'number') return Number.isFinite(value) ? LONGEST_NUMBER : Infinity;
  if (typeof value !== 'object' || value === null) return LONGEST_NUMBER;
  if (left === 0) return Infinity;
  let bytes = 2;
  if (Array.isArray(value)) for (const inner of value) bytes += 1 + mostBytes(inner, left - 1, limits);
  else for (const key of Object.keys(value)) bytes += isFine(key, limits) ? 4 + LONGEST_UNIT * key.length + mostBytes((value as Record<string, unknown>)[key], left - 1, limits) : Infinity;
  return bytes;
}

function walk(value: unknown, pointer: string, left: number, limits: IntakeLimits): Problem | undefined {
  if (typeof value === 'string') return checkText(value, pointer, limits);
  if (typeof value === 'number' && !Number.isFinite(value)) return new Problem('number-out-of-range', pointer, 'The number is too large.');
  if (typeof value !== 'object' || value === null) return undefined;
  if (left === 0) return new Problem('too-deep', pointer, `Arrays and objects may be nested ${limits.depth} deep.`);
  for (const [key, inner] of Object.entries(value)) {
    const problem = checkText(key, pointer, limits) ?? walk(inner, pointer + pointerStep(key), left - 1, limits);
    if (problem) return problem;
  }
  return undefined;
}

const isStorable = (text: string) => !text.includes('\0') && (text as WellFormed).isWellFormed();
// Node has it from version 20 on; the library of types we compile with is older.
type WellFormed = string & { isWellFormed(): boolean };
const isFine = (text: string, { textLength }: IntakeLimits) => text.length <= textLength && isStorable(text);

function checkText(text: string, pointer: string, { textLength }: IntakeLimits): Problem | undefined {
  if (text.length > textLength) return new Problem('text-too-long', pointer, `The text has ${text.length} characters; ${textLength} are allowed.`);
  if (!isStorable(text)) {
    return new Problem('text-unstorable', pointer, 'The text holds a NUL character or half of a surrogate pair.');
  }
  return undefined;
}
