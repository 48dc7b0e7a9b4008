import { type ChurnModel, dateOfDay, priorChurnModel } from '#insight';
import type { openReadModel } from './open-read-model.js';
import { tenant, todayThere } from './open-read-model.js';

type House = Awaited<ReturnType<typeof openReadModel>>;

/** A model like the prior, but with odds so many times as high, that says of itself what was found out of time. */
export function modelOf(id: string, times: number): ChurnModel {
  const bin = (from: number, to: number, events: number) => ({ from, to, predicted: (from + to) / 2, observed: events / 400, low: events / 500, high: events / 300, rows: 400, events });
  const leak = { verdict: 'plausible' as const, bound: 0.95, suspects: [], accepted: [], says: '' };
  return {
    ...priorChurnModel, id, window: { from: '2023-01-31', to: '2025-12-31', knownUntil: '2026-03-31', gapDays: 0, causes: null },
    horizons: priorChurnModel.horizons.map((horizon) => ({ ...horizon, rows: 4_000, departures: 120, calibration: { slope: 1, intercept: Math.log(times) } })),
    proof: {
      model: { kind: 'logistic', seed: 1, id }, window: { from: '2024-06-30', to: '2025-12-31' }, gapDays: 0,
      horizons: [{ horizon: 90, rows: 800, leavers: 30, accounts: 90, figures: [], baselines: [], calibration: [bin(0.001, 0.05, 4), bin(0.05, 0.4, 26)], lift: [], roc: [], leak }],
    },
  };
}

let decisions = 0;

/** Facts about a model, as training and promotion leave them; visible when it resolves. @returns when the last was observed */
export async function decide(house: House, id: string, ...facts: [type: string, data: Record<string, unknown>][]): Promise<string> {
  const events = facts.map(([type, data]) => ({
    source: 'test', id: `d${decisions += 1}`, type: `churnmodel.${type}`, version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system' as const, id: 'test' }, data, bodyHash: `d${decisions}`,
  }));
  const stream = { tenant, category: 'churnmodel', id };
  const [verdict] = await house.store.append([{ stream, expected: 'any', events }]);
  if (verdict!.status !== 'appended') throw new Error(verdict!.status);
  return (await house.store.readStream(stream, { direction: 'backward', limit: 1 }))[0]!.observedAt;
}

export const promote = (house: House, model: ChurnModel): Promise<string> => decide(house, model.id, ['trained', { model }], ['promoted', { model: model.id }]);

/** Facts of one customer, each some days ago at nine o'clock in the tenant's zone; all are observed now. */
export async function tellPast(house: House, customer: string, ...facts: [daysAgo: number, type: string, data: Record<string, unknown>][]): Promise<string[]> {
  const ids = facts.map((_, place) => `${customer}-${decisions += 1}-${place}`);
  const today = todayThere();
  const [verdict] = await house.store.append([{
    stream: { tenant, category: 'customer', id: customer }, expected: 'any',
    events: facts.map(([days, type, data], place) => ({
      source: 'test', id: ids[place]!, type, version: 1, occurredAt: days === 0 ? new Date().toISOString() : `${dateOfDay(today - days)}T09:00:00.000Z`, actor: { kind: 'system', id: 'test' }, data, bodyHash: ids[place]!,
    })),
  }]);
  if (verdict!.status !== 'appended') throw new Error(verdict!.status);
  await house.visible(verdict!.positions.at(-1)!);
  return ids;
}
