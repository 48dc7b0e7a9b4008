/** The name of a figure, however deep, that JSON cannot say. */
export function notANumber(value: unknown, name = 'row'): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : name;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    for (const part of value) {
      const found = notANumber(part, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const key in value) {
    const found = notANumber((value as Record<string, unknown>)[key], key);
    if (found !== undefined) return found;
  }
  return undefined;
}
