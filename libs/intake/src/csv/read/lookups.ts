import { FileError } from '../mapping/mapping-error.js';
import type { LookupSpec } from '../mapping/mapping.js';
import type { LookupTable } from '../scope.js';
import { openTable } from './table.js';

const MOST_ROWS = 2_000_000;

/** Reads a second file into memory, by its key. @throws FileError */
export async function readLookup(name: string, spec: LookupSpec, bytes: AsyncIterable<Buffer>): Promise<LookupTable> {
  const { columns, rows } = await openTable(bytes, spec);
  const key = columns.indexOf(spec.key);
  if (key < 0) throw new FileError(`The lookup \`${name}\` (${spec.file}) has no column "${spec.key}"; it has ${columns.join(', ')}.`);
  const table = new Map<string, readonly (string | undefined)[]>();
  for await (const row of rows) {
    if ('problem' in row) throw new FileError(`The lookup \`${name}\` (${spec.file}): ${row.problem}`, row.line);
    const id = row.cells[key];
    if (id === undefined) continue;
    if (table.has(id) && spec.duplicates !== 'last') {
      if (spec.duplicates === 'first') continue;
      throw new FileError(`The lookup \`${name}\` (${spec.file}) has "${id}" twice; say \`duplicates: first\` or \`last\` to take one of them.`, row.line);
    }
    if (table.size >= MOST_ROWS) throw new FileError(`The lookup \`${name}\` (${spec.file}) has more than ${MOST_ROWS} keys; it is held in memory.`, row.line);
    table.set(id, row.cells);
  }
  return { columns, key: spec.key, has: (id) => table.has(id), find: (id, column) => table.get(id)?.[columns.indexOf(column)] };
}
