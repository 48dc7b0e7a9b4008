import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicIn } from '#journey';
import { openKafkaIn, structured, ticketOpened, until } from '../testing/open-kafka-in.js';
import { examineKafkaIn } from './examine-kafka-in.js';
import { kafkaInState } from './state.js';

let house: Awaited<ReturnType<typeof openKafkaIn>>;
beforeAll(async () => {
  house = await openKafkaIn();
  await house.set({ on: true });
  await kafkaInState(house.kafka, house.tenant, [topicIn(house.tenant)], 'make');
}, 120_000);
afterAll(() => house.close());

const examined = (now = new Date()) => examineKafkaIn({ ...house, group: house.tenant }, now);
const isFine = async () => (await examined()).every(({ status }) => status === 'fine');

describe('The doctor', () => {
  it('says that nobody reads a topic that a tenant wants read, until somebody does', async () => {
    await house.write([structured(ticketOpened('nordlicht'))]);
    expect(await examined()).toEqual([{ check: `kafka-in ${house.tenant}`, status: 'fails', says: `Nobody reads ${topicIn(house.tenant)}. 1 record waits.`, remedy: expect.stringContaining('kafka-in (TOUCHLINE_ROLES)') }]);
    house.start();
    await until('somebody reads', isFine);
  }, 90_000);

  it('says how many of those that could not be taken are not dealt with, until they are, or have lain there for a week', async () => {
    const bad = ticketOpened('pechmann', { data: { ticket: 7 } });
    await house.write([structured(bad, 'pechmann'), structured(ticketOpened('pechmann', { type: 'ticket.opend' }), 'pechmann')]);
    const dead = async (now?: Date) => (await examined(now)).filter(({ check }) => check.endsWith('dead letters'));
    await until('both are laid aside', async () => (await house.dead()).length === 2);
    expect(await dead()).toEqual([{ check: `kafka-in ${house.tenant}, dead letters`, status: 'warns', says: '2 of the records that could not be taken in the last seven days are not dealt with (the newest 100 are looked at).', remedy: expect.stringContaining('npx touchline kafka dead-letters') }]);
    expect(await dead(new Date(Date.now() + 8 * 86_400_000))).toEqual([]);
    await house.write([structured({ ...bad, data: { ticket: 'T-7' } }, 'pechmann')]);
    await until('one is dealt with', async () => (await dead())[0]!.says.startsWith('1 of the records that could not be taken in the last seven days is not dealt with'));
  }, 90_000);
});
