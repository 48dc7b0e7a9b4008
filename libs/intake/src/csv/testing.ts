import { mapFile, type MappedRow } from './map-rows.js';
import { loadMapping } from './mapping/load-mapping.js';
import { readLookup } from './read/lookups.js';
import type { LookupTable } from './scope.js';

/** A text as a file arrives: in pieces. */
export async function* bytesOf(content: string | Buffer, piece = 1_000): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content);
  for (let start = 0; start < bytes.length; start += piece) yield bytes.subarray(start, start + piece);
}

export interface MapOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly piece?: number;
}

/** Maps a text; second files by their names. */
export async function openText(yaml: string, content: string | Buffer, { files = {}, piece }: MapOptions = {}) {
  const loaded = loadMapping(yaml);
  const lookups = new Map<string, LookupTable>();
  for (const [name, spec] of Object.entries(loaded.mapping.lookups ?? {})) lookups.set(name, await readLookup(name, spec, bytesOf(files[spec.file] ?? '')));
  return mapFile(bytesOf(content, piece), loaded, lookups);
}

export async function mapText(yaml: string, content: string | Buffer, options: MapOptions = {}): Promise<MappedRow[]> {
  const rows: MappedRow[] = [];
  for await (const row of (await openText(yaml, content, options)).rows) rows.push(row);
  return rows;
}

/** What the value `v` comes to in every row, or the message of what is wrong. `more` are further lines of the mapping. */
export async function valuesOf(value: string, content: string, { more = '', ...options }: MapOptions & { more?: string } = {}): Promise<unknown[]> {
  const yaml = `mapping: 1\nsource: test\nzone: UTC\ncustomer: c-1\ntime: 2020-01-01\n${more}\nevents: [{type: x-test.row, data: {v: ${value}}}]`;
  return (await mapText(yaml, content, options)).map((row) => ('events' in row ? row.events[0]!.data['v'] : 'problem' in row ? row.problem.message : row.dropped));
}

/** In which rows a condition holds. */
export async function rowsWhere(condition: string, content: string, more = ''): Promise<number[]> {
  const yaml = `mapping: 1\nsource: test\nzone: UTC\ncustomer: c-1\ntime: 2020-01-01\n${more}\nevents: [{type: x-test.row, when: ${condition}}]`;
  const rows = await mapText(yaml, content);
  const broken = rows.find((row) => 'problem' in row);
  if (broken && 'problem' in broken) throw new Error(broken.problem.message);
  return rows.filter((row) => 'events' in row && row.events.length > 0).map(({ row }) => row);
}
