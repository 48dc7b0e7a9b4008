import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getCustomer } from '../customers/get-customer.js';
import { openReadModel, tenant, TROUBLE } from '../testing/open-read-model.js';
import { getTimeline } from '../timeline/get-timeline.js';
import { getToday } from '../today/get-today.js';
import { untilVisible } from '../visible.js';
import { getHealthDifference } from './get-difference.js';
import { getHealth } from './get-health.js';
import { getHealthStory } from './get-health-story.js';
import { getHealthHistory } from './get-history.js';

let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => { house = await openReadModel(); });
afterAll(() => house.close());

/** A fact in a version that only a later release knows: nothing that folds can read it. */
async function unreadable(customer: string, type: string, data: Record<string, unknown>): Promise<void> {
  const [verdict] = await house.store.append([{
    stream: { tenant, category: 'customer', id: customer }, expected: 'any',
    events: [{ source: 'test', id: `bad ${customer} ${type}`, type, version: 99, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data, bodyHash: 'bad' }],
  }]);
  if (verdict!.status !== 'appended') throw new Error(verdict!.status);
  await untilVisible(house.worker, tenant, verdict!.positions[0]!, 10_000);
}

describe('A customer who is held', () => {
  const one = { tenant, customer: 'held' };
  const bad = { source: 'test', id: 'bad held ticket.opened', type: 'ticket.opened', position: expect.stringMatching(/^1\.\d+$/) };

  it('is answered from what could be computed before the fact, which is named, for today and any other day', async () => {
    await house.tell('held', ['customer.registered', { name: 'Nordlicht' }], ['contact.added', { contact: 'ann', role: 'payer', sponsor: true }], ...TROUBLE);
    const model = house.model();
    const before = await getHealth(model, one);
    await unreadable('held', 'ticket.opened', { ticket: 'T99' });
    await house.tell('held', ['ticket.opened', { ticket: 'T100' }]);
    const now = new Date().toISOString();
    expect(await getHealth(model, one)).toMatchObject({ held: true, heldBy: bad, score: before.score });
    const asOf = await getHealth(model, { ...one, asOf: now, knownAt: now });
    expect(asOf).toMatchObject({ held: true, heldBy: bad, name: 'Nordlicht', score: before.score, position: before.position });
    expect(asOf.measures).toEqual(before.measures);
    expect(await getHealthHistory(model, one)).toMatchObject({ held: true, position: before.position });
    expect(await getHealthDifference(model, one)).toMatchObject({ held: true, to: { score: before.score } });
    expect(await getHealthStory(model, { ...one, days: 30, movedDays: 30 })).toMatchObject({ health: { held: true, heldBy: bad, score: before.score }, history: { held: true }, difference: { held: true } });
    expect((await getTimeline(model, { ...one, family: 'ticket' })).touches.slice(0, 2)).toMatchObject([{ data: { ticket: 'T100' } }, { data: { ticket: 'T99' } }]);
    // Nobody else's list may fail for it.
    expect((await getToday(model, { tenant, limit: 100 })).items).toMatchObject([{ id: 'held', customer: { held: true } }]);
  });

  it('has its contacts, as far as they were told before the fact, or when a call was noted in a way that cannot be read', async () => {
    await house.tell('unread', ['customer.registered', { name: 'Unread' }], ['contact.added', { contact: 'ben', role: 'payer', sponsor: true }], ...TROUBLE);
    await unreadable('unread', 'contact.added', { contact: 'cleo', role: 'user' });
    await unreadable('unread', 'task.done', { list: 'today', outcome: 'spoke' });
    expect(await getCustomer(house.model(), { tenant, customer: 'unread' })).toMatchObject({ held: true, contacts: [{ id: 'ben' }] });
    expect((await getToday(house.model(), { tenant, limit: 100 })).items.map(({ id }) => id)).toContain('unread');
  });

  it('says so where nothing could be computed, and not of anybody else', async () => {
    await unreadable('first', 'ticket.opened', { ticket: 'T1' });
    expect(await getHealth(house.model(), { tenant, customer: 'first', asOf: new Date().toISOString() })).toMatchObject({ held: true, heldBy: { id: 'bad first ticket.opened' }, score: null, coverage: 0 });
    expect(await getHealthStory(house.model(), { tenant, customer: 'first', days: 30, movedDays: 30 })).toMatchObject({ health: { held: true }, history: { points: expect.arrayContaining([expect.objectContaining({ score: null })]) }, difference: { lines: [] } });
    await house.tell('fine', ['customer.registered', { name: 'Fine' }]);
    expect(await getHealth(house.model(), { tenant, customer: 'fine' })).toMatchObject({ held: false, heldBy: null });
  });
});
