import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Progress } from '#insight';
import type { ToldFact } from '../../../../test/support/leavers.js';
import { pulseCard } from '../testing/cards.js';
import { tellKnown } from '../testing/known-facts.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { proposeForCard } from './propose.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => {
  house = await openReadModel();
  await tellKnown(house, 'customer', Array.from({ length: 150 }, (_, place) => lifeOf(place)).flat());
}, 120_000);
afterAll(() => house.close());

const DAY = 86_400_000;
const START = Date.parse('2023-02-10T09:00:00Z');
const LAST = '2026-01-31';
type Fact = Omit<ToldFact, 'source'>;

/** From 0 to 1, always the same. */
const chance = (...of: number[]): number => {
  let state = of.reduce((sum, number) => Math.imul(sum ^ number, 0x9e3779b1) >>> 0, 0x2545f491);
  state = Math.imul(state ^ (state >>> 15), 0x85ebca6b) >>> 0;
  return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
};

/** Three years of somebody of whom two figures are recorded each month. Who has a poor `care` leaves soon; `luck` tells nothing. `hindsight` is written of all months at the end, by who knows who left. */
function lifeOf(place: number): Fact[] {
  const customer = `p-${String(place).padStart(3, '0')}`;
  const facts: Fact[] = [];
  const tell = (at: number, type: string, data: Record<string, unknown>, known = at) => {
    const [time, observedAt] = [at, known].map((when) => new Date(when).toISOString()) as [string, string];
    facts.push({ id: `${customer}/${facts.length}`, type, time, observedAt, customer, data });
  };
  const record = (at: number, measure: string, value: number, known = at) => tell(at, 'customer.measurement-recorded', { measure, value }, known);
  tell(START, 'subscription.started', { subscription: `S-${place}`, recurring: { amount: 10_000, currency: 'EUR' }, interval: 'month', termMonths: 12, noticeDays: 30, autoRenew: true });
  let left = Infinity;
  let care = 0;
  for (let month = 0; month < 34 && left === Infinity; month++) {
    const at = START + month * 30 * DAY;
    if (month % 4 === 0) care = chance(place, month, 1);
    record(at, 'care', Math.round(100 * care));
    record(at, 'luck', Math.round(100 * chance(place, month, 2)));
    if (month > 1 && chance(place, month, 3) < 0.12 * (1 - care) ** 2) left = at + 20 * DAY;
  }
  for (let month = 0; START + month * 30 * DAY < Math.min(left, Date.parse(LAST)); month++) record(START + month * 30 * DAY, 'hindsight', left === Infinity ? 100 : 0, Date.parse(`${LAST}T08:00:00Z`));
  if (left !== Infinity) tell(left, 'subscription.cancellation-requested', { subscription: `S-${place}`, effectiveOn: new Date(left + 30 * DAY).toISOString().slice(0, 10) });
  return facts;
}

const measure = (id: string, weight: number) => ({ ...pulseCard('any').measures[0]!, id, label: id, weight, signal: `measurement:${id}` as const });
const card = pulseCard('made', 3, { measures: [measure('care', 30), measure('luck', 60), measure('hindsight', 10)] });
const window = { tenant, from: '2023-03-01', to: LAST, knownAt: LAST };
const reading = () => ({ reader: house.reader, now: () => new Date('2026-02-01T12:00:00Z') });

async function done<T>(work: AsyncGenerator<Progress, T, void>): Promise<T> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}
const propose = (more: object = {}) => done(proposeForCard(reading(), { card, window: { ...window, ...more }, seed: 1 }, new AbortController().signal));

describe('Weights proposed from the facts of a tenant', () => {
  it('go to what went with leaving, from what did not, and that ranks better on later time', async () => {
    const { proposal, madeFrom } = await propose();
    const [care, luck] = proposal.weights;
    expect(madeFrom).toMatchObject({ customers: 150, held: 0, from: window.from, to: LAST });
    expect(proposal.departures).toBeGreaterThan(40);
    expect([care!.low > 30, luck!.high < 60, care!.proposed > 45, care!.proposed + luck!.proposed]).toEqual([true, true, true, 90]);
    expect([care!.say.split(':')[0], luck!.say.split(':')[0]]).toEqual(['More', expect.stringMatching(/^(Less|No weight)$/)]);
    expect(proposal).toMatchObject({ verdict: 'better', card: { id: 'made', version: 3, bands: card.bands } });
  }, 60_000);

  it('see nothing that was written down after the fact, however well it tells who left', async () => {
    const { proposal } = await propose();
    expect(proposal.weights[2]).toMatchObject({ measure: 'hindsight', was: 10, proposed: 10, low: 10, high: 10, say: expect.stringContaining('hardly known') });
  }, 60_000);

  it('are the same from the same position, whatever is told later; and stop when nobody listens', async () => {
    const before = await propose();
    await tellKnown(house, 'customer', [{ id: 'late', type: 'customer.measurement-recorded', time: '2025-01-01T00:00:00Z', observedAt: '2025-01-01T00:00:00Z', customer: 'p-001', data: { measure: 'care', value: 0 } }]);
    expect(await propose({ upTo: before.madeFrom.upTo })).toEqual(before);
    expect((await propose()).madeFrom.upTo).not.toEqual(before.madeFrom.upTo);
    await expect(done(proposeForCard(reading(), { card, window, seed: 1 }, AbortSignal.abort(new Error('enough'))))).rejects.toThrow('enough');
  }, 60_000);
});
