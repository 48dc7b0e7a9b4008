/** Patterns without the property escapes of ECMAScript, which few other languages know. */
export function portable<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === 'pattern' && typeof each === 'string' ? each.replaceAll('\\p{Cc}', '\\u0000-\\u001f\\u007f-\\u009f') : each))) as T;
}
