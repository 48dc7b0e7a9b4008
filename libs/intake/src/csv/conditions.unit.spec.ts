import { describe, expect, it } from '@jest/globals';
import { mapText, openText, rowsWhere } from './testing.js';

const table = 'k,state,n,day\n1,new,1,2020-01-01\n1,open,2,2020-01-02\n1,open,2,\n2,open,10,2020-02-01\n2,done,,2020-03-01\n';

describe('Conditions on a value', () => {
  it('compare texts', async () => {
    expect(await rowsWhere('{column: state, is: open}', table)).toEqual([2, 3, 4]);
    expect(await rowsWhere('{column: state, is: [new, done]}', table)).toEqual([1, 5]);
    expect(await rowsWhere('{column: n, is: 2}', table)).toEqual([2, 3]);
    expect(await rowsWhere('{column: n, not: [1, 2]}', table)).toEqual([4, 5]);
    expect(await rowsWhere('{column: n, empty: true}', table)).toEqual([5]);
    expect(await rowsWhere('{column: day, empty: false}', table)).toEqual([1, 2, 4, 5]);
    expect(await rowsWhere('{column: state, matches: "^o|w$"}', table)).toEqual([1, 2, 3, 4]);
  });

  it('compare numbers and dates, never with something missing', async () => {
    expect(await rowsWhere('{column: n, above: 2}', table)).toEqual([4]);
    expect(await rowsWhere('{column: n, atLeast: 2, below: 10}', table)).toEqual([2, 3]);
    expect(await rowsWhere('{column: n, atMost: {column: k, as: number}}', table)).toEqual([1]);
    expect(await rowsWhere('{column: day, as: date, atLeast: 2020-01-02, below: 2020-03-01}', table)).toEqual([2, 4]);
    await expect(rowsWhere('{column: state, above: 2}', table)).rejects.toThrow('"new" cannot be compared');
  });
});

describe('Conditions on the row', () => {
  it('compare with the row before of the same key', async () => {
    const keyed = 'rows: {key: k}';
    expect(await rowsWhere('{changed: state}', table, keyed)).toEqual([2, 5]);
    expect(await rowsWhere('{changed: [n, day]}', table, keyed)).toEqual([2, 3, 5]);
    expect(await rowsWhere('{column: state, becomes: open}', table, keyed)).toEqual([2, 4]);
    expect(await rowsWhere('{column: state, becomes: [new, open]}', table, keyed)).toEqual([1, 4]);
    expect(await rowsWhere('{column: state, leaves: open}', table, keyed)).toEqual([5]);
    expect(await rowsWhere('{column: n, above: {previous: n}}', table, keyed)).toEqual([2]);
  });

  it('know the first and the last row of a key', async () => {
    expect(await rowsWhere('{row: first}', table, 'rows: {key: k}')).toEqual([1, 4]);
    expect(await rowsWhere('{row: last}', table, 'rows: {key: k}')).toEqual([3, 5]);
    expect(await rowsWhere('{row: not-first}', table, 'rows: {key: [k]}')).toEqual([2, 3, 5]);
    expect(await rowsWhere('{row: not-last}', table, 'rows: {key: k}')).toEqual([1, 2, 4]);
    await expect(rowsWhere('{row: last}', table, 'rows: {key: k, grouped: false}')).rejects.toThrow('rows of a key stand together');
  });

  it('combine: all, any, none, and lists', async () => {
    expect(await rowsWhere('{any: [{column: k, is: 2}, {column: state, is: new}]}', table)).toEqual([1, 4, 5]);
    expect(await rowsWhere('{none: [{column: k, is: 2}, {column: state, is: new}]}', table)).toEqual([2, 3]);
    expect(await rowsWhere('{all: [{column: k, is: 1}], column: state, is: open}', table)).toEqual([2, 3]);
    expect(await rowsWhere('[{column: k, is: 1}, {any: [[{column: state, is: open}, {column: day, empty: true}], {column: state, is: new}]}]', table)).toEqual([1, 3]);
  });
});

describe('Rows that are left out', () => {
  const events = 'mapping: 1\nsource: t\nzone: UTC\ncustomer: c\ntime: 2020-01-01\nid: "${k}-${n}"\nevents: [{type: x-t.a}]\n';
  const dropped = async (rules: string) => (await mapText(`${events}${rules}`, 'k,n\n1,1\n1,1\n1,2\n2,1')).map((row) => ('dropped' in row ? row.dropped : 'kept'));

  it('are exact copies, or rows with the same columns', async () => {
    expect(await dropped('rows: {dropCopies: true}')).toEqual(['kept', 'copy of a row before', 'kept', 'kept']);
    expect(await dropped('rows: {dropCopies: [k]}')).toEqual(['kept', 'copy of a row before', 'copy of a row before', 'kept']);
  });

  it('say why', async () => {
    expect(await dropped('rows: {drop: [{when: {column: k, is: 2}, because: not ours}]}')).toEqual(['kept', 'kept', 'kept', 'not ours']);
    await expect(dropped('rows: {key: k, drop: [{when: {row: first}, because: no}]}')).rejects.toThrow('left out before they are compared');
  });

  it('give a note when ids depend on the place in the file', async () => {
    const { warnings } = await openText(`${events.replace('id: "${k}-${n}"', 'id: {rowNumber: true}').replace('zone: UTC\n', '')}`, 'k\n1');
    expect(warnings).toEqual([expect.stringMatching(/^Ids hold the row number/), expect.stringMatching(/^No `zone` is stated/)]);
  });
});
