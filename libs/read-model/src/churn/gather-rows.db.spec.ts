import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dateOfDay, dayOfDate, priorChurnModel, type Progress } from '#insight';
import { leavers } from '../../../../test/support/leavers.js';
import { tellKnown } from '../testing/known-facts.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { gatherRows } from './gather-rows.js';
import { compareWithInForce } from './long-work.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => {
  house = await openReadModel();
  await tellKnown(house, 'customer', leavers());
}, 120_000);
afterAll(() => house.close());

const reading = () => ({ reader: house.reader, now: () => new Date('2026-02-01T12:00:00Z') });
const never = new AbortController().signal;

async function done<T>(work: AsyncGenerator<Progress, T, void>): Promise<T> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

describe('The span that is looked at', () => {
  const to = '2026-01-31';
  const spanOf = (days: number) => done(gatherRows(reading(), { tenant, from: dateOfDay(dayOfDate(to) - days), to }, never));

  it('is ten years at most', async () => {
    await expect(spanOf(3_661)).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'from', message: expect.stringContaining('3660 days') });
    expect(await spanOf(3_660)).toMatchObject({ customers: 90, from: '2016-01-24' });
  });
});

it('asks whether the data end where nothing was told for long, and takes the answer', async () => {
  const later = { reader: house.reader, now: () => new Date('2026-06-01T12:00:00Z') };
  const window = { tenant, from: '2024-03-01', to: '2026-01-31' };
  await expect(done(gatherRows(later, window, never))).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'knownAt', message: expect.stringMatching(/newest fact is of 2026-01-\d\d.*or 2026-05-31 if nothing was to be told since/) });
  expect((await done(gatherRows(later, { ...window, knownAt: '2026-05-31' }, never))).customers).toBe(90);
});

describe('A candidate beside the model in force', () => {
  it('is asked who leaves for the causes that it foretells', async () => {
    const window = { tenant, from: '2024-03-01', to: '2026-01-31' };
    const candidateFor = (causes: ('payment' | 'voluntary')[] | null) => ({
      ...priorChurnModel, id: 'cm-00000000000a', features: ['trend', 'due'], window: { from: window.from, to: window.to, knownUntil: window.to, gapDays: 0, causes } });
    const judgedFor = async (causes: ('payment' | 'voluntary')[] | null) => (await done(compareWithInForce(reading(), { window, candidate: candidateFor(causes) }, never))).horizons.map(({ horizon }) => horizon);
    // Everybody who leaves does so of their own will.
    expect(await judgedFor(['voluntary'])).toEqual(expect.arrayContaining([30, 90, 180]));
    expect(await judgedFor(null)).toEqual(await judgedFor(['voluntary']));
    expect(await judgedFor(['payment'])).toEqual([]);
  }, 60_000);
});
