/** So many calls at a time are enough to keep a server busy. */
const AT_A_TIME = 32;

/** Does the work for all, some at a time. @returns the results in order @throws the first error, once nothing is under way any more */
export async function inParallel<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const errors: unknown[] = [];
  let next = 0;
  const goOn = async () => {
    while (next < all.length && errors.length === 0) {
      const place = next++;
      try {
        results[place] = await work(all[place]!);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, all.length) }, goOn));
  if (errors.length > 0) throw errors[0];
  return results;
}

/** In groups of the same key, in order of their first. */
export function grouped<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}
