import { expect, it } from '@jest/globals';
import { csvLines } from './rows-csv.js';

const row = {
  customer: 'c,1', cluster: 'the "parent"', on: '2026-01-31', labels: { 30: 0, renewal: null }, foretold: { 30: { chance: 0.25, origin: '2025-12-31' }, renewal: null },
  values: { trend: null, amount: 9.5 }, words: ['segment=small', 'uses=mail'],
};

it('writes a row as CSV that any tool reads: what is unknown is empty, what has a comma or a quote is quoted', () => {
  expect([...csvLines([row], true)]).toEqual([
    'customer,cluster,on,left_30,foretold_30,origin_30,left_renewal,foretold_renewal,origin_renewal,trend,amount,words',
    '"c,1","the ""parent""",2026-01-31,0,0.25,2025-12-31,,,,,9.5,segment=small|uses=mail']);
  expect([...csvLines([row, row], false)]).toHaveLength(2);
  expect([...csvLines([], true)]).toEqual([]);
});
