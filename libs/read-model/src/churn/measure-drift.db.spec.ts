import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChurnModel, dayOfDate } from '#insight';
import { leavers } from '../../../../test/support/leavers.js';
import { factOf, tellKnown } from '../testing/known-facts.js';
import { modelOf } from '../testing/models.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { measureDrift } from './measure-drift.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => {
  house = await openReadModel();
  await tellKnown(house, 'customer', leavers());
}, 120_000);
afterAll(() => house.close());

const promoted = (model: ChurnModel, day: string) => tellKnown(house, 'churnmodel', [factOf(model.id, 'churnmodel.trained', { model }, day), factOf(model.id, 'churnmodel.promoted', { model: model.id }, day)]);
/** As a watcher measures it that comes in summer. */
const drift = (day: string) => measureDrift({ reader: house.reader, now: () => new Date('2026-06-15T12:00:00Z') }, tenant, dayOfDate(day), new AbortController().signal);

describe('The drift at the end of a month, measured later', () => {
  it('is that of the model that was in force then, and there is none of the prior', async () => {
    await promoted(modelOf('cm-00000000000a', 1), '2026-01-05');
    const first = await drift('2026-01-31');
    await promoted(modelOf('cm-00000000000b', 8), '2026-02-10');
    expect(await drift('2026-01-31')).toEqual(first);
    expect([first!.model, (await drift('2026-02-28'))!.model, await drift('2025-12-31')]).toEqual(['cm-00000000000a', 'cm-00000000000b', null]);
  }, 60_000);

  it('is told by what was known then: who was found out later to have left had not left yet, and who was merged later stood alone', async () => {
    const before = await drift('2026-01-31');
    const gone = Array.from({ length: 30 }, (_, place) => 3 * place + 1);
    await tellKnown(house, 'customer', gone.map((place) => factOf(`l-${String(place).padStart(3, '0')}`, 'subscription.cancellation-requested', { subscription: `S-${place}` }, '2026-01-10', '2026-02-20')));
    await tellKnown(house, 'customer', [factOf('l-002', 'customer.merged', { into: 'l-005' }, '2026-02-21')]);
    expect(await drift('2026-01-31')).toEqual(before);
    const of = (found: typeof before, horizon: string) => found!.calibration.find((one) => one.horizon === horizon)!;
    const after = await drift('2026-02-28');
    expect(of(after, '90').observed).toBeGreaterThan(of(before, '90').observed);
    expect([of(after, '30'), of(before, '30')].map(({ foretoldOn, customers }) => [foretoldOn, customers])).toEqual([['2025-12-31', 59], ['2025-12-31', 60]]);
  }, 60_000);

  it('leaves as many days between a row and what is foretold of it as the model does', async () => {
    const days = async () => (await drift('2026-03-31'))!.calibration.map(({ horizon, foretoldOn }) => [horizon, foretoldOn]);
    expect(await days()).toEqual([['30', '2026-02-28'], ['90', '2025-12-31'], ['180', '2025-09-30']]);
    const model = modelOf('cm-00000000000c', 1);
    await promoted({ ...model, window: { ...model.window!, gapDays: 40 } }, '2026-03-10');
    expect(await days()).toEqual([['30', '2025-12-31'], ['90', '2025-10-31'], ['180', '2025-07-31']]);
  }, 60_000);
});
