import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { PAGES } from '../../libs/event-store/src/verify/pages.js';
import { verifyLog } from '../../libs/event-store/src/verify/verify-log.js';
import { context, event, openIntake, tenant } from '../../libs/intake/src/testing/open-intake.js';

let house: Awaited<ReturnType<typeof openIntake>>;
let owner: pg.Client;
beforeAll(async () => {
  house = await openIntake();
  owner = new pg.Client({ connectionString: house.url, options: '-c search_path=touchline' });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await house.close();
});

const named = (contact: string) => event('contact.added', { contact, name: 'Somebody', role: 'user' });
const met = (...people: string[]) => event('engagement.meeting-held', { twoWay: true, with: people, note: 'They talked' });
const flaws = async () => {
  let found: unknown[] = [];
  for await (const log of verifyLog(house.worker, { ...PAGES, positions: 2 })) found = log.flaws.map(({ check, says }) => `${check}: ${says}`);
  return found;
};
const lost = (id: string) => expect.stringMatching(new RegExp(`^keys: The event at position \\d+ \\(helpdesk/${id}\\) has a field sealed with the key .*, which is not there, though no erasure destroyed it`));
/** Takes the row of a key away as no program of ours does. */
const lose = async (subject: string) => {
  await owner.query(`alter table subject_key disable row level security`);
  const { rowCount } = await owner.query('delete from subject_key where subject = $1', [subject]);
  await owner.query(`alter table subject_key enable row level security`);
  expect(rowCount).toBe(1);
};

describe('Verify', () => {
  it('finds no key missing where people were erased, also in what was told of them afterwards', async () => {
    const first = named('erased');
    await house.record([first, met('erased', 'alive'), named('alive'), event('ticket.escalated', { ticket: 'T-1', reason: 'Board asked' })]);
    await house.intake.erasures.destroy(tenant, 'erased', { reason: 'other' }, context.actor);
    await house.record([named('erased'), met('alive', 'erased'), event('record.amended', { event: { source: first.source, id: first.id }, data: first.data, reason: 'Typing' })]);
    expect(await flaws()).toEqual([]);
  });

  it('finds the fields of the living whose key is gone', async () => {
    const [alone, together, other, own] = [named('ada'), met('ada', 'bo'), named('bo'), event('ticket.escalated', { ticket: 'T-2', reason: 'Ada asked' }, { customer: 'gone' })];
    await house.record([alone, together, other, own]);
    expect(await flaws()).toEqual([]);
    await lose('contact:ada');
    expect(await flaws()).toEqual([lost(alone.id), lost(together.id)]);
    await lose('customer:gone');
    expect(await flaws()).toEqual([lost(alone.id), lost(together.id), lost(own.id)]);
  });
});
