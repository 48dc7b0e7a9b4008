/** What comes, in pages of what has come by then, up to so many; none is waited for to fill one. */
export async function* inPages<T>(coming: AsyncIterator<T>, most: number): AsyncGenerator<T[]> {
  let next = coming.next();
  const later = Symbol();
  try {
    for (let ended = false; !ended;) {
      const page: T[] = [];
      for (let result: IteratorResult<T> | typeof later = await next; result !== later && page.length < most;) {
        if (result.done) { ended = true; break; }
        page.push(result.value);
        next = coming.next();
        if (page.length === most) break;
        result = await Promise.race([next, new Promise<typeof later>((resolve) => { setImmediate(resolve, later); })]);
      }
      if (page.length > 0) yield page;
    }
  } finally {
    next.catch(() => undefined);
    void coming.return?.(undefined);
  }
}
