import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rawItem } from '../record-events/raw-item.js';
import { recordEvents } from '../record-events/record-events.js';
import { context, event, openIntake, receivedAt, tenant } from '../testing/open-intake.js';
import { retractImport } from './retract-import.js';

let house: Awaited<ReturnType<typeof openIntake>>;
beforeAll(async () => { house = await openIntake(); });
afterAll(() => house.close());

const opened = (changes = {}) => event('ticket.opened', { ticket: 'T-1' }, changes);
const refOf = ({ source, id }: { source: string; id: string }) => ({ source, id });
const retracted = (data: Record<string, unknown>, changes = {}) => event('record.retracted', { reason: 'Sent by mistake', ...data }, changes);
const amended = (target: { source: string; id: string }, data: unknown, more = {}) => event('record.amended', { event: refOf(target), data, reason: 'Mistyped', ...more });
/** A batch of an import whose append is ours to delay or to break. */
const sendWith = (append: (appends: never) => Promise<unknown>, items: readonly unknown[], importId: string) => {
  const intake = Object.create(house.intake, { store: { value: Object.create(house.store, { append: { value: append } }) } }) as typeof house.intake;
  return recordEvents(intake, items.map(rawItem), { ...context, importId });
};
const settled = (ms = 150) => new Promise((resolve) => { setTimeout(resolve, ms); });
const undo = (importId: string, reason = 'Wrong file') => retractImport(house.intake, { tenant, importId, reason, at: receivedAt });

describe('Taking back and amending', () => {
  it('takes facts about events of the same customer, also earlier ones of the same batch', async () => {
    const [before, beside] = [opened(), opened()];
    await house.record([before]);
    expect(await house.record([beside, retracted({ events: [refOf(before), refOf(beside)] })])).toMatchObject([{ status: 'appended' }, { status: 'appended' }]);
  });

  it('knows the customer that an amendment names when it comes in one batch with what it amends', async () => {
    const moved = event('customer.parent-changed', { parent: { system: 'crm', id: 'first-parent' } }, { customer: 'child' });
    const better = { ...amended(moved, { parent: { system: 'crm', id: 'second-parent' } }), customer: 'child' };
    expect(await house.record([moved, better])).toMatchObject([{ status: 'appended' }, { status: 'appended' }]);
    const [first, second] = (await house.stream('child')).map(({ data }) => data);
    expect(second!['data']).toEqual({ parent: expect.any(String) });
    expect((second!['data'] as { parent: string }).parent).not.toBe(first!['parent']);
  });

  it('lets no customer be its own parent, by whatever name, also by an amendment', async () => {
    const alias = { system: 'crm', id: 'itself' };
    const parent = (customer: unknown, of: unknown) => event('customer.parent-changed', { parent: of }, { customer });
    const right = parent('lone', 'elsewhere');
    expect(await house.record([parent('lone', 'lone'), parent(alias, alias), right, { ...amended(right, { parent: 'lone' }), customer: 'lone' }])).toMatchObject([
      { problem: { code: 'data-invalid', pointer: '/data/parent' } }, { problem: { code: 'data-invalid', pointer: '/data/parent' } },
      { status: 'appended' }, { problem: { code: 'data-invalid', pointer: '/data/data/parent' } },
    ]);
  });

  it('refuses what is about unknown events, or those of another customer', async () => {
    const other = opened({ customer: 'suedwind' });
    const mine = opened();
    await house.record([other, mine]);
    expect(await house.record([
      retracted({ events: [refOf(mine), refOf(other)] }), retracted({ events: [{ source: 'helpdesk', id: 'never' }] }), amended(other, { ticket: 'T-2' }), retracted({ import: 'never' }),
    ])).toMatchObject([
      { problem: { code: 'event-unknown', pointer: '/data/events/1' } }, { problem: { code: 'event-unknown', pointer: '/data/events/0' } },
      { problem: { code: 'event-unknown', pointer: '/data/event' } }, { problem: { code: 'import-unknown', pointer: '/data/import' } },
    ]);
  });

  it('holds the new body against the type and version of the event it amends', async () => {
    const old = event('survey.responded', { survey: 'V-1', kind: 'nps', scale: '0-10', score: 9 }, { version: 1 });
    const alias = event('customer.alias-added', { system: 'crm', id: 'amend' });
    const correction = amended(old, { survey: 'V-1', kind: 'nps', scale: '0-10', score: 8 });
    await house.record([old, alias]);
    expect(await house.record([
      correction, amended(old, { ...old.data, score: 'eight' }), amended(alias, alias.data), amended(old, old.data, { time: '2199-01-01T00:00:00Z' }),
    ])).toMatchObject([
      { status: 'appended' }, { problem: { code: 'data-invalid', pointer: '/data/data/score' } },
      { problem: { code: 'not-amendable', pointer: '/data/event' } }, { problem: { code: 'time-out-of-range', pointer: '/data/time' } },
    ]);
    expect(await house.record([amended(correction, correction.data)])).toMatchObject([{ problem: { code: 'not-amendable' } }]);
  });
});

describe('Undoing an import', () => {
  it('takes back what it recorded, one fact per customer, and says how much that was', async () => {
    const items = [opened(), opened(), opened({ customer: 'suedwind' })];
    const before = opened({ customer: 'westwind' });
    await house.record([before]);
    await house.record([...items, before], { importId: 'march' });
    expect(await undo('march')).toEqual({ events: 3, customers: 2, aliases: 0, already: false });
    const facts = await house.stream('suedwind');
    expect(facts.at(-1)).toMatchObject({ type: 'record.retracted', data: { import: 'march', reason: 'Wrong file' }, source: 'touchline:intake' });
    expect((await house.stream('westwind')).map(({ type }) => type)).toEqual(['ticket.opened']);
  });

  it('changes nothing when done again, whatever the reason', async () => {
    await house.record([opened({ customer: 'twice' })], { importId: 'april' });
    expect(await undo('april')).toEqual({ events: 1, customers: 1, aliases: 0, already: false });
    expect(await undo('april', 'Another reason')).toEqual({ events: 1, customers: 1, aliases: 0, already: true });
    expect(await house.stream('twice')).toHaveLength(2);
  });

  it('leaves the same lines duplicates and refuses new ones under that name', async () => {
    const item = opened({ customer: 'after' });
    await house.record([item], { importId: 'may' });
    await undo('may');
    expect(await house.record([item, opened({ customer: { system: 'crm', id: 'too-late' } })], { importId: 'may' })).toMatchObject([
      { status: 'duplicate' }, { status: 'rejected', problem: { code: 'import-retracted', pointer: '' } },
    ]);
    expect(await house.worker.transaction((sql) => sql.query(`select 1 from customer_alias where id = 'too-late'`))).toEqual([]);
  });

  it('waits for a batch that is on its way, and takes it back too', async () => {
    await house.record([opened({ customer: 'early' })], { importId: 'june' });
    let undone: Promise<unknown> | undefined;
    let ended = false;
    const items = [opened({ customer: 'overtaken' }), opened({ customer: 'early' })];
    expect(await sendWith(async (appends) => {
      undone ??= undo('june').finally(() => { ended = true; });
      await settled(600);
      expect(ended).toBe(false);
      return house.store.append(appends);
    }, items, 'june')).toMatchObject([{ status: 'appended' }, { status: 'appended' }]);
    expect(await undone).toEqual({ events: 3, customers: 2, aliases: 0, already: false });
    for (const customer of ['overtaken', 'early']) expect((await house.stream(customer)).at(-1)!.type).toBe('record.retracted');
  });

  it('ends on a small pool too, however many ask for it while a batch is on its way', async () => {
    const small = house.onConnections(4);
    const batch = recordEvents(small.intake, Array.from({ length: 200 }, (_, index) => rawItem(opened({ customer: { system: 'crm', id: `small-${index}` } }))), { ...context, importId: 'small' });
    const undone = Array.from({ length: 8 }, () => retractImport(small.intake, { tenant, importId: 'small', reason: 'Wrong file', at: receivedAt }));
    const ended = await Promise.race([Promise.all([batch, ...undone]).then(() => 'all ended'), new Promise((resolve) => { setTimeout(resolve, 20_000, 'they wait for each other').unref(); })]);
    expect(ended).toBe('all ended');
    await small.close();
  }, 30_000);

  it('covers what a process recorded that died before it could say so', async () => {
    await expect(sendWith(async (appends) => {
      await house.store.append(appends);
      throw new Error('killed');
    }, [opened({ customer: 'orphan' })], 'crash-after')).rejects.toThrow('killed');
    expect(await undo('crash-after')).toMatchObject({ events: 1, customers: 1 });
    expect((await house.stream('orphan')).map(({ type }) => type)).toEqual(['ticket.opened', 'record.retracted']);
  });

  it('stands behind an append whose process died and that the database is still finishing', async () => {
    await house.record([opened({ customer: 'before-it' })], { importId: 'in-doubt' });
    let finish = () => {};
    const held = new Promise<void>((resolve) => { finish = resolve; });
    const appended = new Promise<void>((resolve, reject) => {
      const died = sendWith(async (appends) => {
        // The database holds the rows of the stream, as it does while it commits.
        void house.worker.transaction(async (sql) => {
          await sql.query(`insert into stream (tenant, category, id, revision) values ($1, 'customer', 'in-doubt', -1) on conflict do nothing`, [tenant]);
          resolve();
          await held;
        }).then(() => house.store.append(appends)).catch(reject);
        await appended;
        throw new Error('killed');
      }, [opened({ customer: 'in-doubt' })], 'in-doubt');
      died.catch(() => undefined);
    });
    await appended;
    await settled();
    const undone = undo('in-doubt');
    await settled();
    finish();
    await undone;
    expect((await house.stream('in-doubt')).filter(({ type }) => type === 'record.retracted')).toHaveLength(1);
  });

  it('frees the customers that only it opened; who is named again is the same one', async () => {
    const ref = (id: string) => ({ system: 'crm', id });
    const [only] = await house.record([opened({ customer: ref('only-import') })], { importId: 'opens' });
    const [shared] = await house.record([opened({ customer: ref('shared') }), event('customer.alias-added', { system: 'desk', id: 'of-import' }, { customer: 'shared-claim' })], { importId: 'opens' });
    await house.record([opened({ customer: ref('shared') }), opened({ customer: 'shared-claim' })]);
    expect(await undo('opens')).toMatchObject({ events: 3, aliases: 2 });
    expect((await house.stream(only!.customer!)).map(({ type }) => type)).toEqual(['customer.alias-added', 'ticket.opened', 'record.retracted', 'customer.alias-removed']);
    expect((await house.stream(shared!.customer!)).map(({ type }) => type)).not.toContain('customer.alias-removed');
    const free = await house.worker.transaction((sql) => sql.query<{ id: string }>('select id from customer_alias where tenant = $1 and customer is null order by id', [tenant]));
    expect(free.map(({ id }) => id)).toEqual(expect.arrayContaining(['of-import', 'only-import']));
    expect(await undo('opens')).toMatchObject({ events: 3, aliases: 0 });
    const [again] = await house.record([opened({ customer: ref('only-import') })]);
    expect(again!.customer).toBe(only!.customer);
    expect((await house.stream(only!.customer!)).map(({ type }) => type).slice(-2)).toEqual(['customer.alias-added', 'ticket.opened']);
    expect(await house.record([event('customer.alias-added', { system: 'desk', id: 'of-import' }, { customer: 'another' })])).toMatchObject([{ status: 'appended' }]);
  });

  it('refuses an import that nobody sent, and a reason with an e-mail address', async () => {
    expect(await undo('nothing')).toMatchObject({ code: 'import-unknown' });
    expect(await undo('march', 'asked by ines@nordlicht.example')).toMatchObject({ code: 'data-invalid', pointer: '/reason' });
  });

  it('knows only the customers of its own tenant', async () => {
    await house.record([opened({ customer: 'of-acme' })], { importId: 'both' });
    await house.record([opened({ customer: 'of-other' })], { importId: 'both', tenant: 'other' });
    expect(await house.intake.imports.customersAfter('other', 'both', '', 10)).toEqual(['of-other']);
    expect(await house.record([retracted({ import: 'both' }, { customer: 'of-acme' })], { tenant: 'other' })).toMatchObject([{ problem: { code: 'import-unknown' } }]);
  });

  it('takes no batch that begins when it is closed already', async () => {
    await house.record([opened({ customer: 'closed' })], { importId: 'closed' });
    await undo('closed');
    await expect(house.intake.imports.enlist(tenant, 'closed', ['late'])).rejects.toThrow('The import closed was retracted under a batch of it.');
    expect(await house.intake.imports.customersAfter(tenant, 'closed', '', 10)).toEqual(['closed']);
  });

  it('lets a customer take an import back for itself only where it was touched', async () => {
    await house.record([opened({ customer: 'single' })], { importId: 'july' });
    expect(await house.record([retracted({ import: 'july' }, { customer: 'single' }), retracted({ import: 'july' }, { customer: 'untouched' })])).toMatchObject([
      { status: 'appended' }, { problem: { code: 'import-unknown', pointer: '/data/import' } },
    ]);
  });
});
