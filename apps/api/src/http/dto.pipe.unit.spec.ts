import 'reflect-metadata';
import { expect, it } from '@jest/globals';
import { CustomersQuery, NoQuery, TodayQuery } from '../reads/queries.dto.js';
import { DtoPipe } from './dto.pipe.js';

const pipe = new DtoPipe();
const take = (metatype: new () => object, value: unknown) => pipe.transform(value, { type: 'query', metatype });

it('A query that was good once is read the same again, as an object of its own; what is wrong is refused however often good ones came before', async () => {
  const [first, again] = [await take(CustomersQuery, { limit: '5', band: 'watch' }), await take(CustomersQuery, { limit: '5', band: 'watch' })];
  expect(again).toEqual(first);
  expect([first, again]).toEqual(Array(2).fill(expect.objectContaining({ limit: 5, band: 'watch' })));
  expect(again).toBeInstanceOf(CustomersQuery);
  Object.assign(again as object, { limit: 7 });
  expect(await take(CustomersQuery, { limit: '5', band: 'watch' })).toEqual(first);
  for (const wrong of [{ limit: '5', band: 'purple' }, { limit: 'x' }, { limit: '5', band: 'watch', more: '1' }, { band: ['watch', 'watch'] }]) {
    for (let turn = 0; turn < 2; turn++) await expect(take(CustomersQuery, wrong)).rejects.toMatchObject({ code: 'invalid-parameter' });
  }
  // Another class has rules of its own.
  await expect(take(TodayQuery, { limit: '5', band: 'watch' })).rejects.toMatchObject({ code: 'invalid-parameter' });
  expect(await take(NoQuery, {})).toEqual(await take(NoQuery, {}));
  await expect(take(NoQuery, { limit: '5' })).rejects.toMatchObject({ code: 'invalid-parameter' });
});
