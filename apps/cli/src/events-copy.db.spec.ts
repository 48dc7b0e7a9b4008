import { afterAll, describe, expect, it } from '@jest/globals';
import { Database, eventStoreMigrations, migrate, openEventStore } from '#event-store';
import { freshDatabase } from '../../../test/support/database.js';
import { EventStoreDbStandIn } from '../../../test/support/eventstoredb/stand-in.js';
import { touchline } from './testing.js';

const ends: (() => unknown)[] = [];
afterAll(async () => { for (const end of ends.reverse()) await end(); });

const database = async (): Promise<string> => {
  const { url, drop } = await freshDatabase((owner) => migrate(owner, eventStoreMigrations).then(() => undefined));
  ends.push(drop);
  return url;
};

describe('touchline events copy', () => {
  it('moves a log onto EventStoreDB (a stand-in), says what it has compared, and names what is wrong', async () => {
    const server = await new EventStoreDbStandIn().start();
    ends.push(() => server.stop());
    const [from, to] = [await database(), await database()];
    const worker = new Database(from, 'touchline_worker', 2);
    const store = openEventStore(worker);
    await store.append(['a', 'b'].map((id) => ({ stream: { tenant: 'acme', category: 'customer', id }, expected: 'any' as const, events: [{
      source: 'test', id, type: 'x-test.noted', version: 1, occurredAt: '2026-01-05T10:00:00.000Z', actor: { kind: 'system' as const, id: 'test' }, data: {}, bodyHash: id }] })));
    await store.close();
    await worker.close();
    const copied = await touchline(['events', 'copy', '--from-database', from, '--to-database', to, '--to-eventstore', server.url]);
    expect(copied).toMatchObject({ code: 0, out: '2 events in 2 streams.\nBoth logs were read again: every stream has the same events on both sides.' });
    expect(await touchline(['events', 'copy', '--from-database', to, '--to-database', from])).toMatchObject({ code: 1, err: expect.stringContaining('mirror of one on EventStoreDB') });
    expect(await touchline(['events', 'copy', '--from-database', to, '--from-eventstore', server.url, '--to-database', from])).toMatchObject({ code: 1, err: expect.stringContaining('not empty') });
  }, 60_000);
});
