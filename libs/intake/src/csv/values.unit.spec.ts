import { describe, expect, it } from '@jest/globals';
import { mapText, valuesOf } from './testing.js';

describe('Where a value comes from', () => {
  it('takes a column, a constant, a template, a list and an object', async () => {
    expect(await valuesOf('{column: a}', 'a,b\n1,x\n,y')).toEqual(['1', undefined]);
    expect(await valuesOf('{constant: {column: a}}', 'a\n1')).toEqual([{ column: 'a' }]);
    expect(await valuesOf('"${a}-${ b } costs $${5}"', 'a,b\n1,x\n,y')).toEqual(['1-x costs ${5}', undefined]);
    expect(await valuesOf('{template: "no ${a}"}', 'a\n1')).toEqual(['no 1']);
    expect(await valuesOf('[{column: a}, {column: b}, 7]', 'a,b\n1,\n,y')).toEqual([['1', 7], ['y', 7]]);
    expect(await valuesOf('{x: {column: a}, y: {z: true}}', 'a\n1\n""')).toEqual([{ x: '1', y: { z: true } }, { y: { z: true } }]);
  });

  it('looks at the row before and at the first row of the same key', async () => {
    const table = 'k,a\n1,p\n1,q\n2,r\n1,s';
    expect(await valuesOf('["${k}", {previous: a}, {first: a}]', 'k,a\n1,p\n1,q\n2,r', { more: 'rows: {key: k}' })).toEqual([['1', 'p'], ['1', 'p', 'p'], ['2', 'r']]);
    expect(await valuesOf('[{previous: a}, {first: a}]', table, { more: 'rows: {key: k, grouped: false}' })).toEqual([['p'], ['p', 'p'], ['r'], ['q', 'p']]);
    expect(await valuesOf('{column: a}', table, { more: 'rows: {key: k}' })).toContainEqual(expect.stringMatching(/rows of 1 do not stand together/));
  });

  it('takes a column of a second file, and refuses a key that it does not have', async () => {
    const options = { more: 'lookups: {names: {file: n.csv, key: id}}', files: { 'n.csv': 'id,name\n1,One\n2,\n' } };
    expect(await valuesOf('{lookup: names, value: name}', 'id\n1\n2\n9\n""', options)).toEqual(['One', undefined, '"9" is not in the lookup names; `unlisted: missing` lets that pass.', undefined]);
    expect(await valuesOf('{lookup: names, by: "${x}", value: name, unlisted: missing}', 'x\n1\n9', options)).toEqual(['One', undefined]);
    expect(await valuesOf('{lookup: names, by: {column: x}, value: name, otherwise: nobody}', 'x\n9', options)).toEqual(['nobody']);
    const twice = { ...options, files: { 'n.csv': 'id,name\n1,One\n1,Uno\n' } };
    await expect(valuesOf('{lookup: names, value: name}', 'id\n1', twice)).rejects.toThrow('has "1" twice');
    expect(await valuesOf('{lookup: names, value: name}', 'id\n1', { ...twice, more: 'lookups: {names: {file: n.csv, key: id, duplicates: last}}' })).toEqual(['Uno']);
    expect(await valuesOf('{lookup: names, value: name}', 'id\n1', { ...twice, more: 'lookups: {names: {file: n.csv, key: id, duplicates: first}}' })).toEqual(['One']);
  });

  it('takes the first value there is, the latest or earliest, or the one whose case holds', async () => {
    expect(await valuesOf('{firstOf: [{column: a}, {column: b}, none]}', 'a,b\n1,2\n,2\n,')).toEqual(['1', '2', 'none']);
    expect(await valuesOf('{latestOf: [{column: a, as: date}, {column: b, as: date}]}', 'a,b\n2020-01-02,2019-12-31\n,2019-01-01')).toEqual(['2020-01-02', '2019-01-01']);
    expect(await valuesOf('{earliestOf: [{column: a, as: number}, {column: b, as: number}]}', 'a,b\n10,9')).toEqual([9]);
    expect(await valuesOf('{cases: [{when: {column: a, is: x}, value: {column: b}}, {value: other}]}', 'a,b\nx,1\ny,2')).toEqual(['1', 'other']);
  });

  it('names values once and uses them like columns', async () => {
    expect(await valuesOf('"${who}!"', 'a\nAnna', { more: 'values: {who: {column: a, case: upper}}' })).toEqual(['ANNA!']);
    await expect(valuesOf('{column: p}', 'a\n1', { more: 'values: {p: {column: q}, q: {column: p}}' })).rejects.toThrow('needs itself');
    await expect(valuesOf('{column: a}', 'a\n1', { more: 'values: {a: 1}' })).rejects.toThrow('has a column "a" already');
  });
});

describe('What is done with a value', () => {
  it('takes words for nothing, parts of texts, lists, translations and codes', async () => {
    expect(await valuesOf('{column: a, missing: ["-"], default: none}', 'a\n-\nx')).toEqual(['none', 'x']);
    expect(await valuesOf('{column: a, match: "#(\\\\d+)"}', 'a\nticket #42 done\nnothing')).toEqual(['42', undefined]);
    expect(await valuesOf('{column: a, split: "|", slug: true}', 'a\nÄrger & Co|| B ')).toEqual([['arger-co', 'b']]);
    expect(await valuesOf('{column: a, translate: {1: one, "Yes": true}, unlisted: keep}', 'a\n1\nYes\n3')).toEqual(['one', true, '3']);
    expect(await valuesOf('{column: a, translate: {1: one}, unlisted: missing}', 'a\n3')).toEqual([undefined]);
    expect(await valuesOf('{column: a, translate: {1: one}, otherwise: many}', 'a\n3')).toEqual(['many']);
    expect(await valuesOf('{column: a, translate: {critical: urgent}}', 'a\ncriticl')).toEqual(['"criticl" is not in the translation table. Did you mean `critical`?']);
    expect(await valuesOf('{column: a, case: lower, cut: 3}', 'a\nABCDE')).toEqual(['abc']);
    expect(await valuesOf('{column: a, as: text, default: 5}', 'a,b\n,1')).toEqual([5]);
  });

  it('reads numbers as they are written in different countries, and reckons with them', async () => {
    expect(await valuesOf('{column: a, as: number}', 'a\n"1,234.50"\n-7\n2.5e3\n1e-2\n.5\n12x\n"1,23"')).toEqual([1234.5, -7, 2500, 0.01, 0.5, '"12x" is not a number.', '"1,23" is not a number.']);
    expect(await valuesOf('{column: a, as: number, decimal: ","}', 'a;b\n1.234,50;1\n1 234,5;1', { more: 'file: {delimiter: ";"}' })).toEqual([1234.5, 1234.5]);
    expect(await valuesOf('{column: a, as: integer}', 'a\n25.0\n2.5')).toEqual([25, '"2.5" is not a whole number; `round: 0` makes it one.']);
    expect(await valuesOf('{column: a, times: {column: b}, plus: 1, round: 1}', 'a,b\n2.25,3\n,3\n2,')).toEqual([7.8, undefined, undefined]);
    expect(await valuesOf('{column: a, as: boolean}', 'a\nTRUE\nn\n1\nmaybe')).toEqual([true, false, true, '"maybe" is neither yes nor no; list it under `yes` or `no`.']);
    expect(await valuesOf('{column: a, yes: [ja], no: [nein]}', 'a\nJA\nnein')).toEqual([true, false]);
  });

  it('reads money to the cent, in the digits that its currency has', async () => {
    expect(await valuesOf('{column: a, as: money, currency: EUR}', 'a\n29.85\n1.005\n$1\n(12.50)\n-0.004\n2786')).toEqual(
      [2985, 101, 100, -1250, 0, 278600].map((amount) => ({ amount, currency: 'EUR' })));
    expect(await valuesOf('{column: a, currency: {column: c}}', 'a,c\n1000,jpy\n1.2345,KWD\n1,euro')).toEqual(
      [{ amount: 1000, currency: 'JPY' }, { amount: 1235, currency: 'KWD' }, '"EURO" is not an ISO 4217 currency.']);
    expect(await valuesOf('{column: a, unit: minor}', 'a\n1250', { more: 'currency: USD' })).toEqual([{ amount: 1250, currency: 'USD' }]);
    expect(await valuesOf('{column: a, as: money, currency: EUR, decimal: ",", times: 12}', 'a;b\n"1.000,10 €";1', { more: 'file: {delimiter: ";"}' })).toEqual([{ amount: 1200120, currency: 'EUR' }]);
    await expect(valuesOf('{column: a, as: money}', 'a\n1')).rejects.toThrow('The currency is not known');
  });

  it('reads dates in several forms and zones, and moves them', async () => {
    const date = (words: string, cells: string, more?: string) => valuesOf(`{column: a, as: date-time, ${words}}`, `a\n${cells}`, { more });
    expect(await date('formats: [d/M/yyyy HH:mm, d/M/yyyy]', '29/2/2016 01:16\n1/3/2016\n30/2/2016')).toEqual(
      ['2016-02-29T01:16:00.000Z', '2016-03-01T00:00:00.000Z', '"30/2/2016" is not a date of the form d/M/yyyy HH:mm or d/M/yyyy.']);
    expect(await date('zone: Europe/Berlin', '2026-07-01\n2026-01-01T12:00\n2026-01-01T12:00:00Z\n2026-01-01 12:00:00')).toEqual(
      ['2026-06-30T22:00:00.000Z', '2026-01-01T11:00:00.000Z', '2026-01-01T12:00:00.000Z', '2026-01-01T11:00:00.000Z']);
    expect(await date('at: "17:30"', '2026-07-01\n2026-07-01T08:00')).toEqual(['2026-07-01T17:30:00.000Z', '2026-07-01T08:00:00.000Z']);
    expect(await date('zone: UTC', '2026-9-15 2:50:54\n2026-09-15T2:50\n2026-9-5')).toEqual(['2026-09-15T02:50:54.000Z', '2026-09-15T02:50:00.000Z', '2026-09-05T00:00:00.000Z']);
    expect(await date('formats: [unix, unix-ms]', '1700000000\n1700000000000')).toEqual(['2023-11-14T22:13:20.000Z', '2023-11-14T22:13:20.000Z']);
    expect(await date('formats: ["d. MMMM yyyy"]', '3. März 2024', 'locale: de')).toEqual(['2024-03-03T00:00:00.000Z']);
    expect(await date('zone: UTC', '20160229\n99', 'dates: [yyyyMMdd]')).toEqual(['2016-02-29T00:00:00.000Z', '"99" is not a date of the form yyyyMMdd.']);
    expect(await valuesOf('{constant: 2024-03-31, as: date, add: {months: {column: a, times: -1}}}', 'a\n1\n13\n""')).toEqual(['2024-02-29', '2023-02-28', undefined]);
    expect(await valuesOf('{constant: 2024-03-31, as: date}', 'a\n1', { more: 'dates: [iso, d/M/yyyy]' })).toEqual(['2024-03-31']);
    expect(await valuesOf('{firstOf: [{column: a, as: date}, {constant: 2024-03-31, as: date}]}', 'a,b\n1/2/2024,\n,1', { more: 'values: {d: {constant: 2020-01-02, as: date}}\ndates: [d/M/yyyy]' })).toEqual(['2024-02-01', '2024-03-31']);
    expect(await valuesOf('{column: a, as: date, formats: [yyyy-MM], endOf: month}', 'a\n2024-02')).toEqual(['2024-02-29']);
    expect(await valuesOf('{column: a, as: date, startOf: week}', 'a\n2024-02-29')).toEqual(['2024-02-26']);
  });
});

describe('Ids', () => {
  const idsOf = async (id: string, content: string, more = '') => {
    const rows = await mapText(`mapping: 1\nsource: t\nzone: UTC\ncustomer: c\ntime: 2020-01-01\n${id}\n${more}\nevents: [{type: x-t.a}, {type: x-t.b, name: second}]`, content);
    return rows.map((row) => ('events' in row ? row.events.map((event) => event.id) : 'problem' in row ? row.problem.message : row.dropped));
  };

  it('come from a template whose cells cannot be mixed up, and carry the name of the event', async () => {
    expect(await idsOf('id: "${a}-${b}"', 'a,b\n1,x y@z%')).toEqual([['1-x%20y%40z%25:x-t.a', '1-x%20y%40z%25:second']]);
    expect(await idsOf('id: "${a}"', 'a,b\n1,x', 'edition: 2')).toEqual([['1:x-t.a~2', '1:second~2']]);
    expect(await idsOf('id: "${a}"', 'a,b\n,x')).toEqual(['`id` comes out empty.']);
    expect((await idsOf('id: "${a}"', `a\n${'x'.repeat(200)}`))[0]).toMatch(/cannot be an id/);
  });

  it('come from a hash of the row that does not care for the order of columns', async () => {
    const [first, second] = (await idsOf('', 'a,b\n1,2\n2,1') as string[][]).map(([id]) => id);
    expect((await idsOf('', 'b,a\n2,1') as string[][])[0]![0]).toBe(first);
    expect(second).not.toBe(first);
    expect(await idsOf('id: {hash: [a]}', 'a,b\n1,2\n1,3')).toEqual([await idsOf('id: {hash: [a]}', 'a,b\n1,9'), await idsOf('id: {hash: [a]}', 'a,b\n1,9')].map(([ids]) => ids));
  });

  it('must tell the events of a row apart', async () => {
    const rows = await mapText('mapping: 1\nsource: t\nzone: UTC\ncustomer: c\ntime: 2020-01-01\nevents: [{type: x-t.a}, {type: x-t.a}]', 'a\n1');
    expect(rows).toEqual([{ row: 1, line: 2, problem: { message: expect.stringMatching(/Two events of the row have the id .*:x-t\.a/), pointer: '/events' } }]);
  });

  it('tell copies of a row apart when asked', async () => {
    const ids = await idsOf('id: {hash: row, occurrence: true}', 'a\n1\n2\n1') as string[][];
    expect(ids[2]![0]).toBe(ids[0]![0]!.replace(':x-t.a', '.2:x-t.a'));
    expect(new Set(ids.flat()).size).toBe(6);
  });
});
