import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { context, event, openIntake, receivedAt } from '../testing/open-intake.js';
import { rawItem } from './raw-item.js';
import { recordEvents } from './record-events.js';

let house: Awaited<ReturnType<typeof openIntake>>;
beforeAll(async () => { house = await openIntake(); });
afterAll(() => house.close());

const opened = (changes = {}) => event('ticket.opened', { ticket: 'T-1', queue: 'desk' }, changes);

describe('Recording events', () => {
  it('says of each item what became of it, in order, and keeps the good ones', async () => {
    const first = opened();
    const verdicts = await house.record([first, 7, opened({ type: 'ticket.opend' }), opened({ customer: 'suedwind' })]);
    expect(verdicts).toMatchObject([
      { index: 0, status: 'appended', id: first.id, source: 'helpdesk', customer: 'nordlicht', position: expect.stringMatching(/^\d+\.\d+$/) },
      { index: 1, status: 'rejected', problem: { code: 'not-an-object' } },
      { index: 2, status: 'rejected', problem: { code: 'type-unknown', pointer: '/type' } },
      { index: 3, status: 'appended', customer: 'suedwind' },
    ]);
    expect(await house.stream('suedwind')).toHaveLength(1);
  });

  it('knows an event again in any order of keys and as a CloudEvent, also after a restart', async () => {
    const item = opened({ customer: { system: 'crm', id: 'again' } });
    const [first] = await house.record([item]);
    const turned = { data: { queue: 'desk', ticket: 'T-1' }, customer: { id: 'again', system: 'crm' }, time: item.time, type: item.type, source: item.source, id: item.id };
    const cloudEvent = { specversion: '1.0', id: item.id, source: item.source, type: item.type, time: item.time, subject: 'crm:again', data: item.data };
    const verdicts = await recordEvents(house.anotherProcess(), [item, turned, cloudEvent].map(rawItem), context);
    expect(verdicts).toMatchObject([0, 1, 2].map(() => ({ status: 'duplicate', position: first!.position })));
  });

  it('reports another body under a known id as a conflict and names the place of the first', async () => {
    const item = opened();
    const [first] = await house.record([item]);
    const [conflict] = await house.record([{ ...item, data: { ticket: 'T-2' } }]);
    expect(conflict).toMatchObject({ status: 'conflict', position: first!.position, problem: { code: 'id-conflict', pointer: '/id' } });
    expect((await house.store.find('acme', [item]))[0]!.data).toEqual(item.data);
  });

  it('treats an id twice in one batch as duplicate or conflict of the first', async () => {
    const item = opened();
    expect((await house.record([item, item, { ...item, data: { ticket: 'other' } }])).map(({ status }) => status)).toEqual(['appended', 'duplicate', 'conflict']);
  });

  it('takes an event without a time as happening now, and knows it again later', async () => {
    const item = opened({ time: undefined });
    await house.record([item]);
    expect((await house.store.find('acme', [item]))[0]).toMatchObject({ occurredAt: receivedAt.toISOString(), witnessed: true });
    expect(await house.record([item], { receivedAt: new Date(receivedAt.getTime() + 60_000) })).toMatchObject([{ status: 'duplicate' }]);
  });

  it('keeps tenants apart: the same id is free for each', async () => {
    const item = opened();
    await house.record([item]);
    expect(await house.record([item], { tenant: 'other' })).toMatchObject([{ status: 'appended' }]);
  });

  it('stores an older version as it was sent', async () => {
    const item = event('survey.responded', { survey: 'V-1', kind: 'nps', scale: '0-10', score: 9 }, { version: 1 });
    expect(await house.record([item])).toMatchObject([{ status: 'appended' }]);
    expect((await house.store.find('acme', [item]))[0]).toMatchObject({ version: 1, data: { scale: '0-10' } });
  });

  it('refuses a request with too many items as a whole', async () => {
    const items = Array.from({ length: 1_001 }, () => opened({ customer: 'crowd' }));
    expect(new Set((await house.record(items)).map(({ problem }) => problem?.code))).toEqual(new Set(['batch-too-large']));
    expect(await house.stream('crowd')).toEqual([]);
  });

  it('writes nothing in a dry run', async () => {
    const customer = { system: 'crm', id: 'dry' };
    expect(await house.record([opened({ customer }), 7], { dryRun: true })).toMatchObject([{ status: 'valid' }, { status: 'rejected' }]);
    expect(await house.worker.transaction((sql) => sql.query(`select 1 from customer_alias where id = 'dry'`))).toEqual([]);
    expect(await house.record([opened({ customer })])).toMatchObject([{ status: 'appended' }]);
  });
});
