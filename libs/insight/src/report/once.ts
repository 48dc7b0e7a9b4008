import type { ReportBook } from './book.js';

/** Works a thing out once for each book and key: many figures are read off the same sums. Forgotten with the book. */
export function once<Key, T>(work: (book: ReportBook, key: Key) => T): (book: ReportBook, key: Key) => T {
  const known = new WeakMap<ReportBook, Map<Key, T>>();
  return (book, key) => {
    const made = known.get(book) ?? new Map<Key, T>();
    known.set(book, made);
    if (!made.has(key)) made.set(key, work(book, key));
    return made.get(key)!;
  };
}
