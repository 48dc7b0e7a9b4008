import 'reflect-metadata';
import { expect, it } from '@jest/globals';
import { OverrideForm } from '../pages/forms.dto.js';
import { CustomersQuery, NoQuery, TodayQuery } from '../reads/queries.dto.js';
import { PublishDto } from '../scorecards/scorecard.dto.js';
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

it.each([
  [PublishDto, 'body', { reason: 'two', version: '2' }, '`version` must be a whole number from 1 to 1000000.'], [PublishDto, 'body', { reason: 'two', version: 1.5 }, '`version` must be a whole number from 1 to 1000000.'],
  [PublishDto, 'body', { reason: 'two', version: 0 }, '`version` must be a whole number from 1 to 1000000.'], [CustomersQuery, 'query', { limit: '0x10' }, '`limit` must be a whole number from 1 to 200.'],
  [OverrideForm, 'body', { score: '', reason: 'x', until: '2026-11-30' }, '`score` must be a number from 0 to 100.'], [OverrideForm, 'body', { score: '101', reason: 'x', until: '2026-11-30' }, '`score` must be a number from 0 to 100.'],
] as const)('What is wrong with a number is said in one way, whichever rule it breaks: %p as %s %j', async (metatype, type, value, detail) => {
  await expect(pipe.transform({ ...value }, { type, metatype })).rejects.toMatchObject({ extras: { errors: [{ detail }] } });
});
