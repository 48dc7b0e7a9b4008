import { buildScope } from './build-scope.js';
import { compileCondition } from './condition.js';
import { compileEvent, type MakeEvent } from './compile-event.js';
import { copyFinder } from './copies.js';
import type { LoadedMapping } from './mapping/load-mapping.js';
import { MappingError, RowError } from './mapping/mapping-error.js';
import { alone, grouped, type Neighbours, scattered } from './neighbours.js';
import type { PlainEvent } from './plain-event.js';
import { openTable, type Table, type TableRow } from './read/table.js';
import type { RowView } from './row-view.js';
import type { LookupTable, Scope } from './scope.js';

/** What became of one row: its events (perhaps none), why it was left out, or what is wrong with it. A row with a problem gives no events. */
export type MappedRow = { readonly row: number; readonly line: number } & (
  | { readonly events: readonly PlainEvent[] }
  | { readonly dropped: string }
  | { readonly problem: RowProblem }
);

export interface RowProblem {
  readonly message: string;
  /** Into the mapping: the word that could not be followed. Empty when the row itself is broken. */
  readonly pointer: string;
  /** Column of the file. */
  readonly column?: string;
}

export interface MappedFile {
  readonly columns: readonly string[];
  readonly warnings: readonly string[];
  /** One item per row, pulled. Where rows are grouped by a key, a row is told of when the next one is known; otherwise in order. */
  readonly rows: AsyncGenerator<MappedRow>;
}

/**
 * Opens a file with a mapping. Memory does not grow with the file, but for what the mapping asks to remember: keys of grouped
 * rows, latest rows of keys that are not grouped, digests of rows for copies and occurrences, lookups.
 * @throws MappingError when the mapping does not fit the file. @throws FileError, here or while reading, when the file is broken
 */
export async function mapFile(bytes: AsyncIterable<Buffer>, loaded: LoadedMapping, lookups: ReadonlyMap<string, LookupTable> = new Map()): Promise<MappedFile> {
  const { mapping } = loaded;
  const table = await openTable(bytes, mapping.file ?? {});
  const notes = { faults: [], warnings: new Set<string>() };
  const scope = buildScope(mapping, table.columns, lookups, notes);
  const plan = compilePlan(loaded, scope);
  if (notes.faults.length > 0) {
    await table.rows.return(undefined);
    throw new MappingError(notes.faults.map(loaded.locate));
  }
  if (mapping.zone === undefined) notes.warnings.add('No `zone` is stated: times without an offset are read as UTC.');
  return { columns: table.columns, warnings: [...notes.warnings], rows: mapTable(table, plan) };
}

interface Plan {
  readonly leftOut: (row: RowView) => string | undefined;
  readonly neighbours: () => Neighbours;
  readonly events: readonly MakeEvent[];
}

function compilePlan({ mapping }: LoadedMapping, scope: Scope): Plan {
  const { key, grouped: together = true, dropCopies, drop = [] } = mapping.rows ?? {};
  const indexesOf = (names: readonly string[], at: string) => names.map((name) => scope.column(name, at)).filter((index) => index !== undefined);
  const lonely: Scope = { ...scope, needNeighbours: (at) => scope.fault(at, 'Rows are left out before they are compared with others; ask this in the `when` of an event.') };
  const drops = drop.map(({ when, because }, index) => ({ holds: compileCondition(when, lonely, `/rows/drop/${index}/when`), because }));
  const isCopy = dropCopies && copyFinder(dropCopies === true ? scope.columns.map((_, index) => index) : indexesOf(dropCopies, '/rows/dropCopies'));
  const keys = key === undefined ? undefined : indexesOf([key].flat(), '/rows/key');
  return {
    leftOut: (row) => (isCopy && isCopy(row.cells) ? 'copy of a row before' : drops.find(({ holds }) => holds(row))?.because),
    neighbours: () => (keys === undefined ? alone : together ? grouped(keys) : scattered(keys)),
    events: mapping.events.map((_, index) => compileEvent(mapping, index, scope)),
  };
}

async function* mapTable(table: Table, plan: Plan): AsyncGenerator<MappedRow> {
  const neighbours = plan.neighbours();
  for await (const row of table.rows) {
    const settled = settle(row, plan);
    if (settled) yield settled;
    else for (const ready of neighbours.next(row as RowView)) yield mapRow(ready, plan);
  }
  for (const ready of neighbours.end()) yield mapRow(ready, plan);
}

// What is decided without looking at other rows.
function settle(row: TableRow, plan: Plan): MappedRow | undefined {
  const { row: number, line } = row;
  if ('problem' in row) return { row: number, line, problem: { message: row.problem, pointer: '' } };
  return guarded(row, () => {
    const because = plan.leftOut(row);
    return because === undefined ? undefined : { row: number, line, dropped: because };
  });
}

function mapRow(seen: ReturnType<Neighbours['next']>[number], plan: Plan): MappedRow {
  const { row, line } = seen;
  if ('scattered' in seen) {
    const message = `The rows of ${seen.scattered} do not stand together. Sort the file by the key, or say \`rows: {grouped: false}\`.`;
    return { row, line, problem: { message, pointer: '/rows/key' } };
  }
  return guarded(seen, () => {
    const events = plan.events.map((make) => make(seen)).filter((event) => event !== undefined);
    const twice = events.find((event, index) => events.findIndex(({ id, source }) => id === event.id && source === event.source) !== index);
    if (twice) throw new RowError(`Two events of the row have the id ${twice.id}; give one of them a \`name\` or an \`id\` of its own.`, '/events');
    return { row, line, events };
  });
}

function guarded<Result>({ row, line }: { row: number; line: number }, work: () => Result): Result | MappedRow {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    return { row, line, problem: { message: error.message, pointer: error.pointer, ...(error.column === undefined ? {} : { column: error.column }) } };
  }
}
