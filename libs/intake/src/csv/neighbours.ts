import type { Cells, RowView } from './row-view.js';

export interface KeyedRow {
  readonly row: number;
  readonly line: number;
  readonly cells: Cells;
}

type Seen = RowView | { readonly row: number; readonly line: number; readonly scattered: string };

/** Tells rows of the same key about each other. `next` takes a row and gives what is ready; `end` gives the rest. */
export interface Neighbours {
  readonly next: (row: KeyedRow) => Seen[];
  readonly end: () => Seen[];
}

const keyOf = (cells: Cells, key: readonly number[]) => JSON.stringify(key.map((index) => cells[index] ?? null));

/** No key: every row stands alone. */
export const alone: Neighbours = { next: (row) => [row], end: () => [] };

/**
 * The rows of a key stand together in the file. Holds the row before, the first of the key and one row ahead, and the keys
 * that are done: a key that comes back is refused, because its first rows would be taken for new ones.
 */
export function grouped(key: readonly number[]): Neighbours {
  const done = new Set<string>();
  let current: string | undefined;
  let first: Cells | undefined;
  let waiting: RowView | undefined;
  const release = (isLast: boolean): Seen[] => (waiting ? [{ ...waiting, isLast }] : []);
  return {
    next: (row) => {
      const id = keyOf(row.cells, key);
      if (done.has(id) && id !== current) return [{ row: row.row, line: row.line, scattered: describe(id) }];
      const ready = release(id !== current);
      if (id !== current) {
        done.add(id);
        first = row.cells;
        waiting = { ...row, first };
      } else {
        waiting = { ...row, first, previous: waiting!.cells };
      }
      current = id;
      return ready;
    },
    end: () => release(true),
  };
}

/** The rows of a key may stand anywhere, in order of time. Holds the first and the latest row of every key. */
export function scattered(key: readonly number[]): Neighbours {
  const seen = new Map<string, { first: Cells; latest: Cells }>();
  return {
    next: (row) => {
      const id = keyOf(row.cells, key);
      const before = seen.get(id);
      seen.set(id, { first: before?.first ?? row.cells, latest: row.cells });
      return [{ ...row, first: before?.first ?? row.cells, previous: before?.latest }];
    },
    end: () => [],
  };
}

const describe = (id: string) => (JSON.parse(id) as (string | null)[]).map((part) => part ?? '(empty)').join(', ');
