import { readFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { defaultLimits, FileError, loadMapping, type LoadedMapping, type LookupTable, mapFile, type MappedRow, MappingError, type MappingFault, type PlainEvent, readLookup } from '#intake';
import { CliError } from '../terminal.js';
import { fingerprintOf, readBytes } from './read-bytes.js';
import type { Source, SourceRow } from './sent-row.js';

/** A CSV file and the mapping that makes events of its rows. `lookups` names files of its lookups that lie elsewhere. */
export async function csvSource(file: string, map: string, lookups: ReadonlyMap<string, string>, stdin: Readable): Promise<Source> {
  try {
    return await openSource(file, map, lookups, stdin);
  } catch (error) {
    if (error instanceof MappingError) throw new CliError(`The mapping ${map} cannot be used:\n${error.faults.map(faultLine).join('\n')}`);
    throw error instanceof FileError ? new CliError(`${file} cannot be read: ${error.message}`) : error;
  }
}

const faultLine = ({ pointer, message, line }: MappingFault) => `  ${line === undefined ? '' : `line ${line}, `}${pointer === '' ? '' : `${pointer}: `}${message}`;

async function openSource(file: string, map: string, lookups: ReadonlyMap<string, string>, stdin: Readable): Promise<Source> {
  const loaded = loadMapping(readMapping(map));
  const paths = await lookupPaths(loaded, file, map, lookups);
  const tables = new Map<string, LookupTable>();
  for (const [name, path] of paths) tables.set(name, await readLookup(name, loaded.mapping.lookups![name]!, (await readBytes(path)).chunks));
  if (file === '-') {
    const { rows, warnings } = await mapFile(stdin as AsyncIterable<Buffer>, loaded, tables);
    return { name: 'standard input', warnings, rows: sourceRows(rows) };
  }
  const fingerprint = await fingerprintOf([file, ...paths.values()], [loaded.hash]);
  const { chunks, ...bytes } = await readBytes(file);
  const { rows, warnings } = await mapFile(chunks, loaded, tables);
  return { name: basename(file), fingerprint, warnings, rows: sourceRows(rows), bytes };
}

function readMapping(map: string): string {
  try {
    return readFileSync(map, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new CliError(`There is no mapping ${map}. Those to start from lie in libs/intake/mappings/.`);
    throw new CliError(code === 'EISDIR' ? `${map} is a folder; name one mapping.` : `The mapping ${map} cannot be read: ${message}`);
  }
}

async function lookupPaths({ mapping }: LoadedMapping, file: string, map: string, named: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const specs = Object.entries(mapping.lookups ?? {});
  const stranger = [...named.keys()].find((name) => !specs.some(([known]) => known === name));
  if (stranger !== undefined) throw new CliError(`The mapping has no lookup \`${stranger}\`.`);
  const paths = new Map<string, string>();
  for (const [name, spec] of specs) {
    const candidates = named.has(name) ? [named.get(name)!] : [file === '-' ? resolve(spec.file) : join(dirname(file), spec.file), join(dirname(map), spec.file)];
    const found = (await Promise.all(candidates.map(async (path) => ((await exists(path)) ? path : undefined)))).find((path) => path !== undefined);
    if (found === undefined) throw new CliError(`The lookup \`${name}\` needs ${candidates.join(' or ')}; say where it is with --lookup ${name}=FILE.`);
    paths.set(name, found);
  }
  return paths;
}

const exists = (path: string) => access(path).then(() => true, () => false);

async function* sourceRows(rows: AsyncIterable<MappedRow>): AsyncGenerator<SourceRow> {
  for await (const mapped of rows) {
    const { row, line } = mapped;
    if ('events' in mapped) yield sentRow(row, line, mapped.events);
    else if ('dropped' in mapped) yield { row, line, events: [], ids: [], dropped: mapped.dropped };
    else yield { row, line, events: [], ids: [], problem: faultOf(mapped.problem) };
  }
}

/** The events of a row are a group: the API refuses all of them where it refuses one. */
function sentRow(row: number, line: number, mapped: readonly PlainEvent[]): SourceRow {
  const events = mapped.map((event) => JSON.stringify(mapped.length === 1 ? event : { ...event, group: String(row) }));
  // The API skips such a line unread, so it could not tell to which row it belongs.
  const tooLong = events.find((event) => Buffer.byteLength(event) > defaultLimits.itemBytes);
  if (tooLong === undefined) return { row, line, events, ids: mapped.map(({ id }) => id) };
  return { row, line, events: [], ids: [], problem: { detail: `An event of the row has ${Buffer.byteLength(tooLong)} bytes; ${defaultLimits.itemBytes} are allowed. Cut long texts with \`cut\`.` } };
}

const faultOf = ({ message, pointer, column }: { message: string; pointer: string; column?: string }) => (
  { detail: message, ...(pointer === '' ? {} : { pointer }), ...(column === undefined ? {} : { column }) });
