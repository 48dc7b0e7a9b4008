import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { retractImport } from '../record/retract-import.js';
import { event, openIntake, tenant } from '../testing/open-intake.js';
import { verifyAliases } from './verify-aliases.js';

let house: Awaited<ReturnType<typeof openIntake>>;
let owner: pg.Client;
beforeAll(async () => {
  house = await openIntake();
  owner = new pg.Client({ connectionString: house.url, options: '-c search_path=touchline' });
  await owner.connect();
  await owner.query('alter table customer_alias disable row level security');
});
afterAll(async () => {
  await owner.end();
  await house.close();
});

const opened = (customer: unknown) => event('ticket.opened', { ticket: 'T-1' }, { customer });
const added = (customer: unknown, id: string) => event('customer.alias-added', { system: 'desk', id }, { customer });
const removed = (customer: unknown, id: string) => event('customer.alias-removed', { system: 'desk', id }, { customer });
/** Small pages, so that each loop goes on behind its first. */
const flaws = async (patienceMs = 0) => {
  for await (const found of verifyAliases(house.worker, { positions: 3, ids: 2, streams: 2, customers: 2 }, patienceMs)) last = found;
  return last.flaws.map(({ says }) => says);
};
let last: { readonly aliases: number; readonly flaws: readonly { readonly says: string }[] } = { aliases: 0, flaws: [] };
const break_ = async (statement: string) => expect((await owner.query(statement)).rowCount).toBe(1);
const sent = async (...items: unknown[]) => expect((await house.record(items)).map(({ status }) => status)).toEqual(items.map(() => 'appended'));

describe('Verify holds the directory of aliases against the log', () => {
  it('finds nothing after claims, removals, moves, openings, merges, and imports that were taken back', async () => {
    await sent(opened({ system: 'crm', id: '1' }), opened({ system: 'shop', id: 'ines@nordlicht.example' }), added('a', '1'), added('a', '2'), added('a', '2'));
    await sent(removed('a', '1'), added('b', '1'), removed('b', '1'), added('a', '1'), removed('a', '1'), added('b', '1'));
    await sent(removed('b', '1'), opened({ system: 'desk', id: '1' }));
    await sent(event('customer.merged', { into: 'b' }, { customer: 'a' }), event('customer.unmerged', {}, { customer: 'a' }));
    const only = [opened({ system: 'crm', id: 'gone' }), added('c', '3')];
    await house.record(only, { importId: 'i-1' });
    await sent(added('d', '4'));
    expect(await retractImport(house.intake, { tenant, importId: 'i-1', reason: 'wrong file', at: new Date() })).toMatchObject({ aliases: 2 });
    await sent(added('d', '3'), opened({ system: 'crm', id: 'gone' }));
    expect(await flaws()).toEqual([]);
    expect(last.aliases).toBe(7);
  });

  it('finds nothing where somebody claimed an alias before the fact that freed it was written', async () => {
    await house.record([added('early', 'overlap')], { importId: 'i-2' });
    await house.intake.aliases.free(tenant, [{ alias: { system: 'desk', id: 'overlap' }, customer: 'early' }]);
    await sent(added('late', 'overlap'));
    expect(await flaws()).toEqual([]);
    await retractImport(house.intake, { tenant, importId: 'i-2', reason: 'wrong file', at: new Date() });
    expect((await house.stream('early')).map(({ type }) => type)).toEqual(['customer.alias-added', 'record.retracted', 'customer.alias-removed']);
    expect(await flaws()).toEqual([]);
  });

  it('finds nothing where a crash came between directory and log', async () => {
    await break_(`insert into customer_alias (tenant, system, id, customer) values ('${tenant}', 'desk', 'crashed', 'nobody')`);
    expect(await flaws()).toEqual([]);
  });

  it.each([
    ['a row that is gone', `delete from customer_alias where id = 'x1'`, 'x1', /^The log gives the alias desk:x1 to the customer x1 \(position \d+\), the directory to nobody\. Send customer\.alias-added for x1/, () => [added('x1', 'x1')]],
    ['a row that is free', `update customer_alias set customer = null, recorded = false where id = 'x2'`, 'x2', /desk:x2 to the customer x2 .* the directory to nobody\..* or customer\.alias-removed if it is no longer theirs\.$/, () => [removed('x2', 'x2')]],
    ['a row that names another customer', `update customer_alias set customer = 'thief' where id = 'x3'`, 'x3', /desk:x3 to the customer x3 .* the directory to thief\. Send customer\.alias-removed for thief, then customer\.alias-added for x3/, () => [removed('thief', 'x3'), added('x3', 'x3')]],
  ])('finds %s, and its advice mends it', async (_title, statement, name, says, mend) => {
    await sent(added(name, name));
    expect(await flaws()).toEqual([]);
    await break_(statement);
    expect(await flaws()).toEqual([expect.stringMatching(says)]);
    await sent(...mend());
    expect(await flaws()).toEqual([]);
  });

  it.each([['given', added], ['removed', removed]])('finds a row of which the log does not tell, and a fact that it is %s mends it', async (how, fact) => {
    await break_(`insert into customer_alias (tenant, system, id, customer, recorded) values ('${tenant}', 'desk', 'y-${how}', 'nobody', true)`);
    expect(await flaws()).toEqual([expect.stringMatching(/^The directory gives the alias desk:y-.* to the customer nobody, of whom the log does not tell it\. Send customer\.alias-added for nobody/)]);
    await sent(fact('nobody', `y-${how}`));
    expect(await flaws()).toEqual([]);
  });

  it('finds a row of somebody who gave the alias back', async () => {
    await sent(added('z', 'z'), removed('z', 'z'));
    await break_(`update customer_alias set customer = 'z', recorded = true where id = 'z'`);
    expect(await flaws()).toEqual([expect.stringMatching(/desk:z to the customer z, of whom the log does not tell it\./)]);
    await sent(removed('z', 'z'));
    expect(await flaws()).toEqual([]);
  });

  it('looks again at what does not fit: a batch writes the directory first', async () => {
    await sent(added('slow', 'slow'));
    await house.intake.aliases.free(tenant, [{ alias: { system: 'desk', id: 'slow' }, customer: 'slow' }]);
    expect(await flaws()).toHaveLength(1);
    const patient = flaws(60_000);
    expect(await Promise.race([patient, new Promise((wake) => setTimeout(wake, 1_500, 'still looking'))])).toBe('still looking');
    await sent(removed('slow', 'slow'));
    expect(await patient).toEqual([]);
  });
});
