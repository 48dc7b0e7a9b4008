import { FileError } from '../mapping/mapping-error.js';
import type { FileFormat } from '../mapping/mapping.js';
import type { Cells } from '../row-view.js';
import { recordsOf } from './records.js';

/** One row of a table, or why it is none. */
export type TableRow = { readonly row: number; readonly line: number } & ({ readonly cells: Cells } | { readonly problem: string });

export interface Table {
  readonly columns: readonly string[];
  readonly rows: AsyncGenerator<TableRow>;
}

/** Opens a file: reads its header, if it has one, and hands out its rows. @throws FileError */
export async function openTable(bytes: AsyncIterable<Buffer>, format: FileFormat): Promise<Table> {
  const records = recordsOf(bytes, format);
  const columns = format.header === false ? format.columns : await headerOf(records, format);
  if (!columns) throw new FileError('The file has no header; name its columns in the mapping: `file: {header: false, columns: […]}`.');
  return { columns, rows: rowsOf(records, columns, new Set(['', ...(format.missing ?? [])])) };
}

async function headerOf(records: AsyncGenerator<{ line: number; cells: readonly string[] }>, { columns }: FileFormat): Promise<readonly string[]> {
  const { value, done } = await records.next();
  if (done) throw new FileError('The file is empty: it has not even a header.');
  const header = value.cells.map((cell) => cell.trim().normalize('NFC'));
  if (columns) {
    if (columns.length !== header.length) throw new FileError(`The header has ${header.length} columns, \`columns\` names ${columns.length}.`, value.line);
    return columns;
  }
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined) throw new FileError(`Two columns are called "${twice}"; name them all in the mapping: \`file: {columns: […]}\`.`, value.line);
  return header;
}

async function* rowsOf(records: AsyncGenerator<{ line: number; cells: readonly string[] }>, columns: readonly string[], missing: ReadonlySet<string>): AsyncGenerator<TableRow> {
  let row = 0;
  for await (const { line, cells } of records) {
    row += 1;
    if (cells.length === columns.length) yield { row, line, cells: cells.map((cell) => (missing.has(cell) ? undefined : cell)) };
    else yield { row, line, problem: `The row has ${count(cells.length)}, the header has ${columns.length}. A delimiter inside a cell needs quotes around the cell.` };
  }
}

const count = (cells: number) => (cells === 1 ? '1 cell' : `${cells} cells`);
