/** 12 hexadecimal digits that stand for a value's JSON: two FNV-1a hashes with different beginnings. The same content has the same id everywhere; it is no protection against forgery. */
export function contentId(value: unknown): string {
  const text = JSON.stringify(value);
  let [left, right] = [0x811c9dc5, 0x01000193];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    left = Math.imul(left ^ code, 0x01000193);
    right = Math.imul(right ^ code ^ (at & 0xff), 0x01000193);
  }
  const digits = (hash: number) => (hash >>> 0).toString(16).padStart(8, '0');
  return (digits(left) + digits(right)).slice(0, 12);
}

const DIGITS = 8;

/** The same value with all numbers rounded to eight digits: what the last bits of a machine's arithmetic are does not count. */
export function rounded<T>(value: T): T {
  if (typeof value === 'number') return (Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS))) as T;
  if (Array.isArray(value)) return value.map(rounded) as T;
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, rounded(part)])) as T;
  return value;
}
