import type { IntakeLimits } from '../limits.js';
import { pointerStep, Problem } from '../refusals.js';

const BROKEN_SURROGATE = /\p{Surrogate}/u;

/** Refuses what is too deep, too large, or cannot be stored as PostgreSQL JSON. Never recurses deeper than the limit. */
export function checkJson(item: unknown, limits: IntakeLimits): Problem | undefined {
  const problem = walk(item, '', limits.depth, limits);
  if (problem) return problem;
  const bytes = Buffer.byteLength(JSON.stringify(item) ?? '');
  return bytes > limits.itemBytes ? new Problem('item-too-large', '', `The item has ${bytes} bytes; ${limits.itemBytes} are allowed.`) : undefined;
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

function checkText(text: string, pointer: string, { textLength }: IntakeLimits): Problem | undefined {
  if (text.length > textLength) return new Problem('text-too-long', pointer, `The text has ${text.length} characters; ${textLength} are allowed.`);
  if (text.includes('\0') || BROKEN_SURROGATE.test(text)) {
    return new Problem('text-unstorable', pointer, 'The text holds a NUL character or half of a surrogate pair.');
  }
  return undefined;
}
