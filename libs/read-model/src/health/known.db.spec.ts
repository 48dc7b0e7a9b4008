import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { NewEvent, Sql } from '#event-store';
import { openReadModel, tenant } from '../testing/open-read-model.js';
import { getHealthDifference } from './get-difference.js';
import { getHealth } from './get-health.js';
import { getHealthStory } from './get-health-story.js';
import { getHealthHistory } from './get-history.js';

const customer = 'c1';
let house: Awaited<ReturnType<typeof openReadModel>>;
beforeAll(async () => {
  house = await openReadModel();
  await house.told(customer, 'customer.registered', { name: 'Quick Ltd' });
});
const held: (() => Promise<void>)[] = [];
afterEach(async () => { for (const release of held.splice(0)) await release(); });
afterAll(() => house.close());

const drawn = async () => Number((await house.worker.transaction((sql) => sql.query<{ last_value: string }>('select last_value from log_position')))[0]!.last_value);

/** An append that has drawn its position and does not commit until it is let go: somebody else is about to write its id. */
async function appendHeldOpen(id: string) {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => { release = resolve; });
  let block = (_: Sql): void => undefined;
  const blocking = new Promise<Sql>((resolve) => { block = resolve; });
  const rival = house.worker.transaction(async (sql) => {
    await sql.query(`insert into event_id (id, body_hash, position) values (log_id_bytes($1, 'test', $2), 'x', 0)`, [tenant, id]);
    block(sql);
    for (let done = false; !done; await sql.query('select 1')) done = await Promise.race([released.then(() => true), sleep(200).then(() => false)]);
    throw new Error('The rival gives way');
  }).catch(() => undefined);
  await blocking;
  const before = await drawn();
  const event: NewEvent = { source: 'test', id, type: 'customer.profile-changed', version: 1, occurredAt: new Date().toISOString(), actor: { kind: 'system', id: 'test' }, data: { name: `Told by ${id}` }, bodyHash: id };
  const appended = house.store.append([{ stream: { tenant, category: 'customer', id: customer }, expected: 'any', events: [event] }]);
  while (await drawn() === before) await sleep(5);
  await sleep(5);
  const letGo = async () => { release(); await rival; await appended; };
  held.push(letGo);
  return letGo;
}

const answers = async (at: string) => {
  const of = { tenant, customer, knownAt: at };
  const { position, ...health } = await getHealth(house.model(), { ...of, asOf: at });
  const { points, eventsWithoutEffect } = { ...await getHealthHistory(house.model(), of), ...await getHealthDifference(house.model(), { ...of, to: at }) };
  const story = await getHealthStory(house.model(), { ...of, asOf: at, days: 10, movedDays: 10 });
  return { health, points, eventsWithoutEffect, told: story.difference.eventsWithoutEffect };
};

describe('What was known at a moment', () => {
  it('waits for an append that was open then, so that no answer about it changes afterwards', async () => {
    const letGo = await appendHeldOpen('one');
    const at = new Date().toISOString();
    const asked = answers(at);
    expect(await Promise.race([asked, sleep(300)])).toBeUndefined();
    await letGo();
    const first = await asked;
    expect(first.health).toMatchObject({ name: 'Told by one', knownAt: at });
    await house.told(customer, 'customer.profile-changed', { name: 'Later Ltd' });
    expect(await answers(at)).toEqual(first);
  });

  it.each([['health', getHealth], ['history', getHealthHistory], ['difference', getHealthDifference], ['story', getHealthStory]] as const)('is not told as %s while an append stays open', async (_name, ask) => {
    await appendHeldOpen(`open-${_name}`);
    const asking = (ask as (...args: [ReturnType<typeof house.model>, object]) => Promise<unknown>)(house.model(), { tenant, customer, knownAt: new Date().toISOString(), days: 10, movedDays: 10 });
    await expect(asking).rejects.toMatchObject({ code: 'not-ready' });
  }, 20_000);

  it('waits for nobody when it is long ago, and when nobody asks for a moment', async () => {
    await appendHeldOpen('slow');
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    expect(await getHealth(house.model(), { tenant, customer, knownAt: hourAgo })).toMatchObject({ knownAt: hourAgo, name: null });
    expect(await getHealth(house.model(), { tenant, customer })).toMatchObject({ name: expect.not.stringContaining('slow') });
    await expect(getHealth(house.model(), { tenant, customer, asOf: hourAgo })).rejects.toMatchObject({ code: 'not-ready' });
  }, 20_000);

  it('is taken as of now where the moment has not come yet, and says so', async () => {
    const { today } = await getHealth(house.model(), { tenant, customer });
    const first = await getHealth(house.model(), { tenant, customer, knownAt: today.date });
    expect(Math.abs(Date.now() - Date.parse(first.knownAt))).toBeLessThan(60_000);
    await house.told(customer, 'customer.profile-changed', { name: 'Much later' });
    expect(await getHealth(house.model(), { tenant, customer, asOf: first.asOf, knownAt: first.knownAt })).toMatchObject({ name: first.name, knownAt: first.knownAt });
  });
});
