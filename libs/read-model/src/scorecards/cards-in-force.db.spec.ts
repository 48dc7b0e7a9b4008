import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { beginRebuild, progressOf } from '#event-store';
import { customerTable } from '../customers/table.js';
import { getHealth } from '../health/get-health.js';
import { getHealthHistory } from '../health/get-history.js';
import { listCustomers } from '../customers/list-customers.js';
import { projections } from '../projections/projections.js';
import { decideCards, pulseCard, putInForce } from '../testing/cards.js';
import { tellPast } from '../testing/models.js';
import { openReadModel, tenant, TROUBLE } from '../testing/open-read-model.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeEach(async () => { house = await openReadModel(); });
afterEach(() => house.close());

const pulse = (value: number) => ['customer.measurement-recorded', { measure: 'pulse', value }] as const;
const health = (customer: string, more: { asOf?: string; knownAt?: string } = {}) => getHealth(house.model(), { tenant, customer, ...more });
const settled = async () => {
  for (const until = Date.now() + 10_000; Date.now() < until; await new Promise((wake) => setTimeout(wake, 20))) {
    const [waiting] = await house.worker.statements((sql) => sql.query<{ n: number }>(`select count(*)::int as n from ${customerTable(1)} where stale`));
    if (waiting!.n === 0) return;
  }
};
const rows = () => house.worker.statements((sql) => sql.query<{ customer: string; score: number; band: string; close_band: string | null }>(`select customer, score, band, close_band from ${customerTable(1)} where tenant = $1 order by 1`, [tenant]));

describe('A card that comes into force', () => {
  it('scores every customer of its tenant, rows as well as answers from the log, and nobody of another tenant', async () => {
    await house.tell('c1', ...TROUBLE, [...pulse(80)]);
    await house.tellIn('other', 'c1', ...TROUBLE, [...pulse(80)]);
    const before = await health('c1');
    expect(before).toMatchObject({ card: { id: 'first-scorecard', version: 1 } });
    await putInForce(house, pulseCard('mine'));
    expect(await health('c1')).toMatchObject({ card: { id: 'mine', version: 1 }, score: 80, band: 'healthy' });
    expect(await health('c1', { asOf: new Date().toISOString() })).toMatchObject({ card: { id: 'mine' }, score: 80 });
    expect((await listCustomers(house.model(), { tenant })).customers).toMatchObject([{ id: 'c1', score: 80, band: 'healthy' }]);
    expect(await getHealth(house.model(), { tenant: 'other', customer: 'c1' })).toMatchObject({ card: { id: 'first-scorecard' }, score: before.score });
  });

  it('was not in force before it was published, for who asks what was known then', async () => {
    await house.tell('c1', ...TROUBLE, [...pulse(80)]);
    const then = new Date().toISOString();
    await new Promise((wake) => setTimeout(wake, 15));
    const { observedAt } = await putInForce(house, pulseCard('mine'));
    expect(await health('c1', { knownAt: then })).toMatchObject({ card: { id: 'first-scorecard' } });
    expect(await health('c1', { knownAt: observedAt })).toMatchObject({ card: { id: 'mine' }, score: 80 });
  });

  it('is chosen by segment in the order of the rules, and changes with the segment', async () => {
    await house.tell('c1', ['customer.registered', { name: 'A', segment: 'public' }], [...pulse(40)]);
    await house.tell('c2', ['customer.registered', { name: 'B', segment: 'public', region: 'North' }], [...pulse(40)]);
    await house.tell('c3', ['customer.registered', { name: 'C' }], [...pulse(40)]);
    for (const id of ['south', 'north']) await decideCards(house, ['drafted', { card: pulseCard(id) }], ['published', { card: id, version: 1 }]);
    await decideCards(house, ['assigned', { perspective: 'whole', rules: [{ segments: ['public'], regions: ['North'], card: 'north' }, { segments: ['public', 'large'], card: 'south' }], otherwise: 'first-scorecard' }]);
    const cards = async () => (await Promise.all(['c1', 'c2', 'c3'].map((id) => health(id)))).map(({ card }) => card.id);
    expect(await cards()).toEqual(['south', 'north', 'first-scorecard']);
    await house.tell('c3', ['customer.profile-changed', { segment: 'large' }]);
    await house.tell('c1', ['customer.profile-changed', { segment: 'small' }]);
    expect(await cards()).toEqual(['first-scorecard', 'north', 'south']);
    expect((await getHealthHistory(house.model(), { tenant, customer: 'c3' })).points.at(-1)).toMatchObject({ score: 40 });
  });

  it('goes back to the figures of before when its version does', async () => {
    await house.tell('c1', [...pulse(80)]);
    await putInForce(house, pulseCard('mine'));
    const half = pulseCard('mine', 2, { measures: pulseCard('mine').measures.map((measure) => ({ ...measure, curve: { kind: 'line', points: [[0, 0], [200, 1]] } })) });
    await decideCards(house, ['drafted', { card: half }]);
    expect(await health('c1')).toMatchObject({ card: { version: 1 }, score: 80 });
    await decideCards(house, ['published', { card: 'mine', version: 2 }]);
    expect(await health('c1')).toMatchObject({ card: { version: 2 }, score: 40, band: 'at-risk' });
    await decideCards(house, ['published', { card: 'mine', version: 1, revertedFrom: 2 }]);
    expect(await health('c1')).toMatchObject({ card: { version: 1 }, score: 80, band: 'healthy' });
  });

  it('says what the close before was by its own edges, from the sheet or else from the log', async () => {
    // 68 is within the margin of healthy: only who was healthy before still is.
    await tellPast(house, 'fell', [5, ...pulse(90)], [2, ...pulse(68)]);
    await tellPast(house, 'rose', [5, ...pulse(60)], [2, ...pulse(68)]);
    await tellPast(house, 'clear', [5, ...pulse(90)]);
    await settled();
    await putInForce(house, pulseCard('mine'));
    await settled();
    expect(await rows()).toMatchObject([{ customer: 'clear', band: 'healthy', close_band: 'healthy' }, { customer: 'fell', score: 6_800, band: 'healthy', close_band: 'healthy' }, { customer: 'rose', score: 6_800, band: 'watch', close_band: 'watch' }]);
    for (const customer of ['fell', 'rose', 'clear']) expect((await health(customer)).band).toBe((await health(customer, { asOf: new Date().toISOString() })).band);
  });

  it('is the card of a rebuilt generation, too: its rows are those that are read', async () => {
    await house.tell('c1', ...TROUBLE, [...pulse(80)]);
    await putInForce(house, pulseCard('mine'));
    await house.tell('c1', [...pulse(70)]);
    const live = await rows();
    const generation = await beginRebuild(house.worker, projections().find(({ name }) => name === 'customers')!);
    for (const until = Date.now() + 20_000; !(await progressOf(house.worker)).some((each) => each.generation === generation && each.live) && Date.now() < until;) await new Promise((wake) => setTimeout(wake, 20));
    expect(await house.worker.statements((sql) => sql.query(`select customer, score, band, close_band from ${customerTable(generation)} where tenant = $1 order by 1`, [tenant]))).toEqual(live);
  });
});
