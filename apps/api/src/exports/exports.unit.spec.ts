import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { documentOfJson, openApiDocument } from '../openapi/document.js';
import { count, figure, list, record, type Schema, text } from '../openapi/schema.js';
import { csvOf, headerOf } from './csv.js';
import { EXCEPTIONS } from './exceptions.js';
import { accepted, formOf } from './negotiate.js';
import { type Documented, offerOf } from './offers.js';
import { rowsOf } from './rows.js';
import { type Shape, shapeOf } from './shape.js';

const read = (csv: string, columns: Shape['columns']) => parse(headerOf(columns) + csv, { columns: true, relax_column_count: false, record_delimiter: '\r\n' }) as Record<string, string>[];
const table = (answer: Record<string, unknown>, schema: Schema, route = '/v1/things') => {
  const shape = shapeOf(route, schema, {}, false);
  return read(csvOf(rowsOf(answer, schema, {}, shape), shape.columns), shape.columns);
};
/** What EXPORTS.md tells a reader to do. */
const unguarded = (cell: string) => (/^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(cell) ? cell.slice(1) : cell);

const money = list(record('m', { amount: count('a'), currency: text('c') }), 'l');

describe('A list as CSV', () => {
  const things = record('r', { asOf: text('t'), things: list(record('i', { id: text('i'), arr: money, left: figure('f'), deep: record('d', { note: text('n') }) }), 'l') });

  it('has a row for each item and a dotted column for each field, in the order of the schema', () => {
    const answer = { asOf: '2026-01-01', things: [{ id: 'a', arr: [{ amount: 5, currency: 'EUR' }], left: -3, deep: { note: 'x,"y"\r\nz' } }, { id: 'b', arr: [{ amount: 1, currency: 'EUR' }, { amount: 2, currency: 'USD' }], left: null, deep: { note: '' } }] };
    expect(table(answer, things)).toEqual([
      { 'id': 'a', 'arr.amount': '5', 'arr.currency': 'EUR', 'left': '-3', 'deep.note': 'x,"y"\r\nz', 'context.asOf': '2026-01-01' },
      { 'id': 'b', 'arr.amount': '1; 2', 'arr.currency': 'EUR; USD', 'left': '', 'deep.note': '', 'context.asOf': '2026-01-01' },
    ]);
    expect(headerOf(shapeOf('/v1/things', things, {}, false).columns)).toBe('id,arr.amount,arr.currency,left,deep.note,context.asOf\r\n');
  });

  it('never begins a text as a formula, and gives back every text and number', () => {
    const signs = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', "'", '"', ',', ';', '\uff1d', '\u00e9', '\ud83d\ude00', 'a', '1');
    const schema = record('r', { things: list(record('i', { id: text('i'), left: figure('f') }), 'l') });
    fc.assert(fc.property(fc.array(fc.record({ id: fc.array(signs, { minLength: 1 }).map((each) => each.join('')), left: fc.integer() }), { minLength: 1 }), (items) => {
      const rows = table({ things: items }, schema);
      for (const row of rows) expect(row['id']).not.toMatch(/^[=+\-@\t\r\n\uff1d]/);
      expect(rows.map((row) => ({ id: unguarded(row['id']!), left: Number(row['left']) }))).toEqual(items.map(({ id, left }) => ({ id, left: left === 0 ? 0 : left })));
    }));
  });
});

describe('Figures as CSV', () => {
  const share = record('s', { n: count('n'), value: figure('v'), low: figure('l') });
  const schema = record('r', {
    asOf: text('t'), customers: count('c'), arr: money, rate: share,
    bands: list(record('b', { band: text('b'), customers: count('c'), by: list(record('q', { band: text('b'), rate: share }), 'l') }), 'l'), marks: list(record('m', { code: text('c') }), 'l'),
  });

  it('has a row for each figure and group, and a figure that was not measured stays empty', () => {
    const answer = { asOf: '2026-01-01', customers: 3, arr: [{ amount: 1, currency: 'EUR' }, { amount: 2, currency: 'USD' }], rate: { n: 0, value: null, low: null },
      bands: [{ band: 'a&b=c', customers: 0, by: [{ band: 'x', rate: { n: 2, value: 0.5, low: 0.1 } }] }], marks: [{ code: 'M' }] };
    const row = (figureName: string, group: string, value: string, more = {}) => ({ 'figure': figureName, group, value, 'currency': '', 'n': '', 'low': '', 'context.asOf': '2026-01-01', ...more });
    expect(table(answer, schema)).toEqual([
      row('customers', '', '3'), row('arr', '', '1', { currency: 'EUR' }), row('arr', '', '2', { currency: 'USD' }), row('rate', '', '', { n: '0' }),
      row('bands.customers', 'band=a%26b%3Dc', '0'), row('bands.by.rate', 'band=a%26b%3Dc&by.band=x', '0.5', { n: '2', low: '0.1' }), row('marks', 'code=M', ''),
    ]);
  });
});

describe('Settings as a file', () => {
  it('have their policy in each row, also while no item of their list was ever told', () => {
    const { paths, components: { schemas } } = documentOfJson() as unknown as { paths: Record<string, { get: Documented }>; components: { schemas: Record<string, Schema> } };
    const { answer, shape } = offerOf('/v1/revenue/settings', paths['/v1/revenue/settings']!.get, schemas)!;
    const rows = (settings: object) => read(csvOf(rowsOf({ policy: { name: 'board', graceDays: 45 }, decided: null, ...settings }, answer, schemas, shape), shape.columns), shape.columns);
    expect(rows({ rates: [] }).map((row) => [row['figure'], row['value'], row['context.policy.name'], row['context.policy.graceDays']])).toEqual([['decided', '', 'board', '45']]);
    const rates = [{ on: '2026-07-01', currency: 'EUR', rates: { USD: 0.92 }, event: null }];
    expect(rows({ rates }).map((row) => [row['figure'], row['group'], row['value'], row['context.policy.name']])).toContainEqual(['rates.rates', 'on=2026-07-01&currency=EUR', '{"USD":0.92}', 'board']);
  });
});

describe('The form of an answer', () => {
  const offered = ['application/json', 'text/csv', 'application/x-ndjson'];
  it.each([
    [undefined, 'application/json'], ['*/*', 'application/json'], ['text/csv', 'text/csv'], ['TEXT/CSV; q=0.5', 'text/csv'], ['text/*', 'text/csv'], ['application/*', 'application/json'],
    ['text/csv;q=0.1, application/x-ndjson', 'application/x-ndjson'], ['text/csv, */*;q=0.1', 'text/csv'], ['application/json;q=0, */*', 'text/csv'], ['text/html, */*;q=0.8', 'application/json'],
  ])('for %s is %s', (accept, type) => expect(accepted(accept, offered)).toBe(type));

  it('is refused where none fits, with those that are there', () => {
    for (const accept of ['application/pdf', 'text/csv;q=0', 'text/html']) expect(() => accepted(accept, offered)).toThrow(expect.objectContaining({ code: 'not-acceptable', detail: expect.stringContaining('text/csv'), extras: { members: { offered } } }));
    expect(() => formOf('csvv', undefined)).toThrow(expect.objectContaining({ code: 'invalid-parameter', detail: expect.stringContaining('csv') }));
    expect(formOf('ndjson', 'text/csv')).toBe('ndjson');
  });
});

describe('Every GET route of the document', () => {
  const { paths, components: { schemas } } = documentOfJson() as unknown as { paths: Record<string, { get?: Documented }>; components: { schemas: Record<string, Schema> } };
  const inJson = Object.entries(paths).flatMap(([path, { get }]) => (get?.responses['200']?.content?.['application/json'] ? [[path, get] as const] : []));
  const served = (openApiDocument() as any).paths;

  it('offers CSV and NDJSON, or is an exception with a reason', () => {
    // The report has both of its own: its blocks as CSV, and how far it is as lines.
    const offering = inJson.filter(([path]) => path !== '/v1/reports/strategic' && served[path].get.responses[200].content['text/csv'] && served[path].get.responses[200].content['application/x-ndjson']).map(([path]) => path);
    expect(inJson.map(([path]) => path).filter((path) => !offering.includes(path)).sort()).toEqual(Object.keys(EXCEPTIONS).sort());
    for (const path of offering) expect(EXCEPTIONS).not.toHaveProperty([path]);
  });

  it('or EXPORTS.md says why it is an exception; UPDATE=1 writes them anew', () => {
    const file = new URL('../../EXPORTS.md', import.meta.url);
    const head = '## What comes as JSON only\n\n| route | why |\n|---|---|\n';
    const [before = ''] = readFileSync(file, 'utf8').split(head);
    const page = `${before}${head}${Object.entries(EXCEPTIONS).map(([route, why]) => `| \`${route}\` | ${why} |\n`).join('')}`;
    if (process.env['UPDATE'] === '1') writeFileSync(file, page);
    expect(readFileSync(file, 'utf8')).toBe(page);
  });

  it('has columns of different names, each said in the document, and no figure that takes the name of another column', () => {
    for (const [path, get] of inJson) {
      const offer = offerOf(path, get, schemas);
      if (!offer) continue;
      const names = offer.shape.columns.map(({ name }) => name);
      expect({ path, twice: names.filter((name, index) => names.indexOf(name) !== index) }).toEqual({ path, twice: [] });
      expect(served[path].get.responses[200].content['text/csv'].schema['x-columns'] ?? names).toEqual(names);
      expect(names.length).toBeGreaterThan(0);
    }
  });
});
