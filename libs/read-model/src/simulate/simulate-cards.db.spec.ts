import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Card, dayOfDate, firstScorecard, healthHistory, only, type Progress } from '#insight';
import { leavers } from '../../../../test/support/leavers.js';
import { dayOfIn } from '../tenant.js';
import { tellKnown } from '../testing/known-facts.js';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { type Simulated, simulateCards, type Trial } from './simulate-cards.js';

/** The story tells of use and contracts only. */
const card: Card = { ...firstScorecard, bands: { ...firstScorecard.bands, leastCoverage: 10 } };
const draft: Card = { ...card, version: 2, measures: card.measures.map((measure) => ({ ...measure, weight: measure.group === 'adoption' ? 3 * measure.weight : measure.weight })) };
const window: Trial = { tenant, published: only(card), draft: only(draft), from: '2025-01-01', to: '2025-12-31' };

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => {
  house = await openReadModel();
  await tellKnown(house, 'customer', leavers());
}, 120_000);
afterAll(() => house.close());

const never = new AbortController().signal;
const simulate = (more: Partial<Trial> = {}, signal = never) => simulateCards({ reader: house.reader, now: () => new Date('2026-02-01T12:00:00Z') }, { ...window, ...more }, signal);

async function done(work: AsyncGenerator<Progress, Simulated, void>): Promise<Simulated & { progress: Progress[] }> {
  const progress: Progress[] = [];
  for (;;) {
    const step = await work.next();
    if (step.done) return { ...step.value, progress };
    progress.push(step.value);
  }
}

const sessions = async () => (await house.worker.statements((sql) => sql.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'touchline-reader'`)))[0]!.n;

describe('A draft tried on the whole history', () => {
  it('comes to the same with any number of threads, and again later when its position is given', async () => {
    const { simulation, madeFrom, progress } = await done(simulate({ threads: 1 }));
    expect(simulation).toMatchObject({ customers: 90, from: '2025-01-01', to: '2025-12-31', knownUntil: '2026-01-31', cards: { published: ['first-scorecard@1'], draft: ['first-scorecard@2'] } });
    expect([simulation.churns.length > 5, simulation.ranking.rows > 300, simulation.movers.length]).toEqual([true, true, 25]);
    expect(progress.at(-1)).toMatchObject({ of: 'resamples' });
    expect(JSON.stringify((await done(simulate({ threads: 3 }))).simulation)).toBe(JSON.stringify(simulation));
    await house.tell('l-000', ['subscription.started', { subscription: 'S-new', recurring: { amount: 1, currency: 'EUR' }, interval: 'month' }]);
    const again = await done(simulate({ threads: 2, knownAt: madeFrom.knownAt, upTo: madeFrom.upTo }));
    expect(again.madeFrom).toEqual(madeFrom);
    expect(JSON.stringify(again.simulation)).toBe(JSON.stringify(simulation));
  }, 60_000);

  it('says of a customer what its history says under each card', async () => {
    const { simulation: { movers } } = await done(simulate());
    const dayOf = dayOfIn('Europe/Berlin');
    for (const { customer, published, draft: drafted } of movers.slice(0, 5)) {
      const events = await house.store.readStream({ tenant, category: 'customer', id: customer });
      const last = (one: Card) => healthHistory(events, only(one), { from: dayOfDate('2025-01-01'), to: dayOfDate('2025-12-31'), stepDays: 1, knownAt: '2026-01-31T22:59:59.999Z', dayOf }).at(-1)!;
      expect([published, drafted]).toEqual([card, draft].map((one) => ({ score: last(one).score! / 100, band: last(one).band })));
    }
  }, 60_000);

  it('changes nothing that is read or told', async () => {
    const { live } = (await house.worker.statements((sql) => sql.query<{ live: number }>(`select live from projection where name = 'customers'`)))[0]!;
    const seen = () => house.worker.transaction((sql) => sql.query(`select md5(string_agg(row::text, '|' order by customer)) as rows, (select count(*) from log) as facts from touchline_read.customer_${live} as row`));
    const before = await seen();
    await done(simulate());
    expect(await seen()).toEqual(before);
  }, 60_000);

  it('knows what was known until the instant that was asked for, also of a day that is not over', async () => {
    await tellKnown(house, 'customer', [{ id: 'late', type: 'customer.registered', time: '2026-02-01T09:00:00Z', observedAt: '2026-02-01T09:00:00Z', customer: 'late', data: { name: 'Late' } }]);
    const at = async (knownAt: string, upTo?: string) => done(simulate({ knownAt, from: '2026-01-01', to: '2026-02-01', ...(upTo && { upTo }) }));
    const [before, after] = [await at('2026-02-01T08:00:00.000Z'), await at('2026-02-01T10:00:00.000Z')];
    expect([before, after].map(({ simulation: { customers, knownUntil, to }, madeFrom: { knownAt } }) => [customers, knownUntil, to, knownAt])).toEqual([
      [90, '2026-01-31', '2026-02-01', '2026-02-01T08:00:00.000Z'], [91, '2026-01-31', '2026-02-01', '2026-02-01T10:00:00.000Z']]);
    expect(JSON.stringify((await at(after.madeFrom.knownAt, after.madeFrom.upTo)).simulation)).toBe(JSON.stringify(after.simulation));
  }, 60_000);

  it('is refused for days that cannot be', async () => {
    await expect(done(simulate({ from: '2025-12-31', to: '2025-01-01' }))).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'from' });
    await expect(done(simulate({ to: '2027-01-01' }))).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'to' });
    await expect(done(simulate({ upTo: '1.99999999' }))).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'upTo' });
  });

  it('ends its threads, and what they hold open, when it is cancelled or left', async () => {
    const before = await sessions();
    const stopping = new AbortController();
    const cancelled = simulate({ threads: 2 }, stopping.signal);
    await cancelled.next();
    stopping.abort(new Error('stopped'));
    await expect(done(cancelled)).rejects.toThrow('stopped');
    const left = simulate({ threads: 2 });
    await left.next();
    await left.return(undefined as never);
    for (let patience = 0; (await sessions()) > before && patience < 100; patience++) await new Promise((wake) => setTimeout(wake, 50));
    expect(await sessions()).toBe(before);
  }, 60_000);
});
