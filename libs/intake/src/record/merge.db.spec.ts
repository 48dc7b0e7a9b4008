import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { importEvents } from '../import-events/import-events.js';
import { rawItem } from '../record-events/raw-item.js';
import { recordEvents } from '../record-events/record-events.js';
import { context, event, openIntake, receivedAt, tenant } from '../testing/open-intake.js';
import { retractImport } from './retract-import.js';

let house: Awaited<ReturnType<typeof openIntake>>;
beforeAll(async () => {
  house = await openIntake();
  const many = Array.from({ length: 12 }, (_, n) => [`left-${n}`, `right-${n}`]).flat();
  await house.record([...'abcdefhjkoqsuvx', ...many].map((customer) => event('customer.registered', { name: 'Known' }, { customer })));
});
afterAll(() => house.close());

const merged = (customer: unknown, into: unknown, changes = {}) => event('customer.merged', { into }, { customer, ...changes });
const unmerged = (customer: unknown, changes = {}) => event('customer.unmerged', {}, { customer, ...changes });
const refOf = ({ source, id }: { source: string; id: string }) => ({ source, id });
const undo = (importId: string) => retractImport(house.intake, { tenant, importId, reason: 'Wrong file', at: receivedAt });
const typesOf = async (customer: string) => (await house.stream(customer)).map(({ type }) => type);
const mergedInto = async (customer: string) => (await house.intake.merges.roots(tenant)).merge(customer)?.data['into'] ?? null;
const imported = async (items: readonly unknown[], importId: string, { intake = house.intake, dryRun = false } = {}) => {
  const lines = [];
  const all = items.map((item) => `${JSON.stringify(item)}\n`).join('');
  for await (const line of importEvents(intake, (async function* () { yield all; })(), { ...context, importId, dryRun, clock: () => new Date() })) lines.push(line);
  return lines.filter((line) => 'line' in line);
};
const rehearse = (items: readonly unknown[]) => imported(items, 'dry', { dryRun: true });
const filler = (customer: string, count: number) => Array.from({ length: count }, (_, n) => event('ticket.opened', { ticket: `T-${n}` }, { customer }));

describe('Merging and unmerging', () => {
  it('are facts of the customer that is absorbed, which name our id of the other', async () => {
    const [, verdict] = await house.record([event('ticket.opened', { ticket: 'T-1' }, { customer: { system: 'crm', id: 'stays' } }), merged({ system: 'crm', id: 'goes' }, { system: 'crm', id: 'stays' })]);
    expect(verdict).toMatchObject({ status: 'appended' });
    const stream = await house.stream(verdict!.customer!);
    expect(stream.map(({ type }) => type)).toEqual(['customer.alias-added', 'customer.merged']);
    expect(await house.stream(String(stream[1]!.data['into']))).toMatchObject([{ type: 'customer.alias-added', data: { id: 'stays' } }, { type: 'ticket.opened' }]);
    expect(await house.record([unmerged({ system: 'crm', id: 'goes' })])).toMatchObject([{ status: 'appended', customer: verdict!.customer }]);
  });

  it('are refused where they cannot be, item by item, also by what comes before in the same batch', async () => {
    expect(await house.record([
      merged('a', 'a'), unmerged('a'), merged('a', 'b'), merged('a', 'c'), merged('b', 'a'), merged('b', 'c'), merged('c', 'a'), unmerged('a'), unmerged('a'), merged('c', 'a'), unmerged('x', { data: { into: 'a' } }),
    ])).toMatchObject([
      { problem: { code: 'data-invalid', pointer: '/data/into' } }, { problem: { code: 'not-merged', pointer: '/type' } }, { status: 'appended' },
      { problem: { code: 'already-merged', pointer: '/customer', detail: 'The customer a is merged into b.' } }, { problem: { code: 'merge-circle', pointer: '/data/into' } }, { status: 'appended' },
      { problem: { code: 'merge-circle' } }, { status: 'appended' }, { problem: { code: 'not-merged' } }, { status: 'appended' }, { problem: { code: 'data-invalid' } },
    ]);
    expect([await mergedInto('a'), await mergedInto('b'), await mergedInto('c')]).toEqual([null, 'c', 'a']);
  });

  it('are refused by what stands in the log, and known again when they are sent again', async () => {
    const first = merged('d', 'e');
    const item = { ...first, customer: { system: 'crm', id: 'alias-of-e' } };
    await house.record([event('customer.alias-added', { system: 'crm', id: 'alias-of-e' }, { customer: 'e' }), first]);
    expect(await house.record([first, merged('d', 'f'), { ...merged({ system: 'crm', id: 'alias-of-e' }, 'd') }, item])).toMatchObject([
      { status: 'duplicate' }, { problem: { code: 'already-merged' } }, { problem: { code: 'merge-circle' } }, { status: 'conflict' },
    ]);
  });

  it('are neither taken back nor amended, but undone by their opposite', async () => {
    const [merge, part] = [merged('g', 'h'), unmerged('g')];
    await house.record([merge, part, merged('g', 'h')], { importId: 'merging' });
    const correction = (type: string, data: object) => event(type, { reason: 'Wrong', ...data }, { customer: 'g' });
    expect(await house.record([
      correction('record.retracted', { events: [refOf(merge)] }), correction('record.amended', { event: refOf(merge), data: { into: 'i' } }), correction('record.retracted', { events: [refOf(part)] }),
      correction('record.retracted', { import: 'merging' }),
    ])).toMatchObject([
      { problem: { code: 'not-amendable', pointer: '/data/events/0', detail: expect.stringContaining('send customer.unmerged') } }, { problem: { code: 'not-amendable', pointer: '/data/event' } },
      { problem: { code: 'not-amendable', detail: expect.stringContaining('send customer.merged') } }, { problem: { code: 'not-amendable', pointer: '/data/import' } },
    ]);
    expect(await house.record([unmerged('g'), correction('record.retracted', { import: 'merging' })])).toMatchObject([{ status: 'appended' }, { status: 'appended' }]);
  });

  it('go with their group or not at all', async () => {
    const group = { group: 'row-1' };
    expect(await house.record([merged('j', 'k', group), merged('k', 'k', group), merged('k', 'j')])).toMatchObject([
      { problem: { code: 'group-refused' } }, { problem: { code: 'data-invalid' } }, { status: 'appended' },
    ]);
  });

  it('are rehearsed by a dry run, over all its batches', async () => {
    expect(await rehearse([merged('l', 'm'), ...filler('l', 600), merged('m', 'l'), unmerged('l'), merged('m', 'l'), unmerged('l')])).toMatchObject([
      { line: 602, status: 'rejected', problem: { code: 'merge-circle' } }, { line: 605, status: 'rejected', problem: { code: 'not-merged' } },
    ]);
    expect(await typesOf('l')).toEqual([]);
  });

  it('wait in an import for the batch before, and are held against what that merges', async () => {
    const intake = house.anotherProcess();
    const hold = intake.locks.hold.bind(intake.locks);
    let inHand = () => undefined as void;
    const overtaken = new Promise<void>((resolve) => { inHand = resolve; });
    let batches = 0;
    // The first batch is slow to take its locks, so that the second, if it did not wait, would have them first.
    jest.spyOn(intake.locks, 'hold').mockImplementation(async (locks, work) => {
      batches += 1;
      if (batches === 1) await Promise.race([overtaken, pause(500)]);
      return hold(locks, (sql) => {
        inHand();
        return work(sql);
      });
    });
    const lines = await imported([merged('w', 'x'), ...filler('w', 999), merged('x', 'w')], 'one-after-the-other', { intake });
    expect(lines).toMatchObject([{ line: 1_001, status: 'rejected', problem: { code: 'merge-circle' } }]);
    expect(batches).toBe(2);
  });

  it('stay true when several processes merge at the same time', async () => {
    const [one, other] = [house.anotherProcess(), house.anotherProcess()];
    const both = Array.from({ length: 12 }, (_, n) => [`left-${n}`, `right-${n}`] as const);
    const verdicts = await Promise.all(both.flatMap(([left, right]) => [
      recordEvents(one, [rawItem(merged(left, right))], context), recordEvents(other, [rawItem(merged(right, left))], context),
    ]));
    expect(verdicts.flat().filter(({ status }) => status === 'appended')).toHaveLength(both.length);
    expect(verdicts.flat().flatMap(({ problem }) => problem?.code ?? [])).toEqual(both.map(() => 'merge-circle'));
  }, 30_000);
});

describe('A merge into an id that nobody has', () => {
  const told = (customer: unknown, changes = {}) => event('customer.registered', { name: 'Somebody' }, { customer, ...changes });
  const problem = { code: 'merge-unknown', pointer: '/data/into' };

  it('is refused by itself, in our words and in those of another system, and opens nobody', async () => {
    expect(await house.record([merged('a', 'typo'), merged('a', { system: 'crm', id: 'typo' }), filler('a', 1)[0], merged('typo', 'typo-2'), merged('typo-3', 'typo')])).toMatchObject([
      { problem: { ...problem, detail: 'No fact tells of a customer typo, so there is nobody to merge into.' } }, { problem: { ...problem, detail: expect.stringContaining('crm:typo') } }, { status: 'appended' }, { problem }, { problem },
    ]);
    expect([await mergedInto('a'), await typesOf('typo')]).toEqual([await mergedInto('a'), []]);
    expect(await house.intake.merges.known(tenant, ['typo', 'a'])).toEqual(new Set(['a']));
    expect(await house.record([merged('a', 'typo')], { dryRun: true })).toMatchObject([{ status: 'rejected', problem }]);
  });

  it('is taken where the same batch tells of that customer, before it or after it, by any name', async () => {
    const alias = { system: 'crm', id: 'brought' };
    expect(await house.record([merged('y1', 'brought'), told('brought'), told(alias), merged('y2', alias), merged({ system: 'crm', id: 'y3' }, alias)])).toMatchObject([1, 2, 3, 4, 5].map(() => ({ status: 'appended' })));
    expect(await house.record([told('z1'), merged('z1', alias)])).toMatchObject([{ status: 'appended' }, { status: 'appended' }]);
  });

  it('is refused where what tells of that customer is refused, or is another fact already', async () => {
    const taken = told('a');
    await house.record([taken]);
    expect(await house.record([merged('y4', 'gone'), told('gone', { group: 'g' }), merged('y4', 'y4', { group: 'g' })])).toMatchObject([{ problem }, { problem: { code: 'group-refused' } }, { problem: { code: 'data-invalid' } }]);
    expect(await house.record([merged('y5', 'gone'), { ...taken, customer: 'gone' }])).toMatchObject([{ problem }, { status: 'conflict' }]);
  });

  it('stays what it is when it is sent again, and takes its group along', async () => {
    const first = merged('y6', 'later');
    await house.record([first, told('later')]);
    expect(await house.record([first])).toMatchObject([{ status: 'duplicate' }]);
    expect(await house.record([merged('y7', 'nowhere', { group: 'h' }), told('y8', { group: 'h' })])).toMatchObject([{ problem }, { problem: { code: 'group-refused' } }]);
    expect(await imported([told('y9'), ...filler('y9', 1_000), merged('y10', 'y9'), merged('y11', 'nowhere')], 'typing')).toMatchObject([{ line: 1_003, problem }]);
  });
});

describe('Taking back an import that merged customers', () => {
  it('parts them again, and leaves other merges as they are', async () => {
    await house.record([merged('n', 'o'), merged('p', 'o'), unmerged('p')]);
    await house.record([merged('q', 'o'), merged('p', 'q'), event('ticket.opened', { ticket: 'T-1' }, { customer: 'n' })], { importId: 'wrong-file' });
    await undo('wrong-file');
    expect(await Promise.all(['n', 'p', 'q'].map(mergedInto))).toEqual(['o', null, null]);
    expect(await typesOf('q')).toEqual(['customer.registered', 'customer.merged', 'record.retracted', 'customer.unmerged']);
    await undo('wrong-file');
    expect(await typesOf('q')).toHaveLength(4);
  });

  it('does not bring back what it parted, nor undo a later merge of somebody else', async () => {
    await house.record([merged('r', 's')]);
    await house.record([unmerged('r'), merged('t', 's')], { importId: 'parting' });
    await house.record([unmerged('t'), merged('t', 'u')]);
    await undo('parting');
    expect([await mergedInto('r'), await mergedInto('t')]).toEqual([null, 'u']);
  });

  it('frees the names of customers whom only the import knew', async () => {
    const alias = { system: 'crm', id: 'only-by-import' };
    const [verdict] = await house.record([merged(alias, 'v')], { importId: 'opening' });
    await undo('opening');
    await undo('opening');
    expect(await typesOf(verdict!.customer!)).toEqual(['customer.alias-added', 'customer.merged', 'record.retracted', 'customer.alias-removed', 'customer.unmerged']);
  });
});
