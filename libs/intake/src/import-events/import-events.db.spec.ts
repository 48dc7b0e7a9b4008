import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { event, openIntake, tenant } from '../testing/open-intake.js';
import { checkLines } from './check-lines.js';
import { importEvents } from './import-events.js';
import { retractImport } from '../record/retract-import.js';
import type { ImportLine, ImportSummary } from './import-line.js';

let house: Awaited<ReturnType<typeof openIntake>>;
beforeAll(async () => { house = await openIntake(); });
afterAll(() => house.close());

async function* chunks(text: string, size = 10_000): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
const ndjson = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).join('\n');
const run = (lines: AsyncIterable<Buffer | string>, importId: string, changes = {}) =>
  importEvents(house.intake, lines, { tenant, actor: { kind: 'person', id: 'mara' }, mayDeclareObservedAt: true, importId, clock: () => new Date(), ...changes });
async function all(lines: AsyncIterable<ImportLine>): Promise<{ rejected: ImportLine[]; summary: ImportSummary; progress: ImportLine[] }> {
  const said: ImportLine[] = [];
  for await (const line of lines) said.push(line);
  const last = said.at(-1)!;
  if (!('summary' in last)) throw new Error('An import ends with its summary.');
  return { rejected: said.filter((line) => 'line' in line), progress: said.filter((line) => 'progress' in line), summary: last.summary };
}
const opened = (customer: unknown, changes = {}) => event('ticket.opened', { ticket: 'T-1' }, { customer, ...changes });

describe('Importing NDJSON', () => {
  it('records every line, in the order of the file, and sums up', async () => {
    const items = Array.from({ length: 1_300 }, (_, index) => opened({ system: 'crm', id: `C-${index % 40}` }));
    const { rejected, summary, progress } = await all(run(chunks(ndjson(items)), 'big'));
    expect(rejected).toEqual([]);
    expect(summary).toMatchObject({ import: 'big', lines: 1_300, appended: 1_300, duplicate: 0, rejected: 0, customers: 40, historic: 0 });
    expect(progress.at(-1)).toEqual({ progress: { lines: 1_300, position: summary.position } });
    const { events } = await house.store.readAll(null, 5_000, { tenant, types: ['ticket.opened'] });
    expect(events.filter(({ importId }) => importId === 'big').map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  });

  it('changes nothing when it runs again, and says so line by line', async () => {
    const text = ndjson([opened('same'), opened('same')]);
    await all(run(chunks(text), 'again'));
    const { rejected, summary } = await all(run(chunks(text), 'again'));
    expect(rejected).toMatchObject([{ line: 1, status: 'duplicate' }, { line: 2, status: 'duplicate' }]);
    expect(summary).toMatchObject({ appended: 0, duplicate: 2, customers: 1, position: null });
    expect(await house.stream('same')).toHaveLength(2);
  });

  it('reports bad lines with their numbers and goes on', async () => {
    const text = `\uFEFF${JSON.stringify(opened('lines'))}\r\n\n{"id": \n${JSON.stringify(opened('lines', { type: 'x-a.b', data: { a: 'b'.repeat(70_000) } }))}\n[1]\n${JSON.stringify(opened('lines'))}`;
    const { rejected, summary } = await all(run(chunks(text, 100), 'bad'));
    expect(rejected).toMatchObject([
      { line: 3, status: 'rejected', problem: { code: 'invalid-json' } }, { line: 4, status: 'rejected', problem: { code: 'line-too-long' } },
      { line: 5, status: 'rejected', problem: { code: 'not-an-object' } },
    ]);
    expect(summary).toMatchObject({ lines: 5, appended: 2, rejected: 3 });
  });

  it('counts history: facts that were known more than a week before', async () => {
    const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const items = [30, 8, 6].map((days) => opened('history', { time: day(days), observedAt: day(days) }));
    const { summary } = await all(run(chunks(ndjson(items)), 'past'));
    expect(summary).toMatchObject({ appended: 3, historic: 2 });
    expect((await house.stream('history')).map(({ witnessed }) => witnessed)).toEqual([false, false, false]);
  });

  it('counts what history did not open: answers below the bar, that ask to be contacted, or of an older form of the question; tickets solved, after which nobody was asked', async () => {
    const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const answer = (survey: string, score: number, days: number, more: object = {}) => event('survey.responded', { survey, instrument: { kind: 'csat', min: 1, max: 5 }, score, ...more }, { customer: 'unopened', time: day(days) });
    const old = event('survey.responded', { survey: 'V-5', kind: 'nps', scale: '0-10', score: 3 }, { customer: 'unopened', time: day(40), version: 1 });
    const items = [answer('V-1', 2, 30), answer('V-2', 5, 30), answer('V-3', 5, 30, { wantsContact: true }), answer('V-4', 1, 2), old, opened('unopened', { time: day(30) }), event('ticket.resolved', { ticket: 'T-old' }, { customer: 'unopened', time: day(30) }), event('ticket.resolved', { ticket: 'T-new' }, { customer: 'unopened', time: day(1) })];
    expect((await all(run(chunks(ndjson(items)), 'unopened-dry', { dryRun: true }))).summary).toMatchObject({ valid: 8, notOpened: { recoveries: 3, surveyCauses: 1 } });
    expect((await all(run(chunks(ndjson(items)), 'unopened'))).summary).toMatchObject({ appended: 8, notOpened: { recoveries: 3, surveyCauses: 1 } });
    expect((await all(run(chunks(ndjson(items)), 'unopened'))).summary).toMatchObject({ duplicate: 8, notOpened: { recoveries: 0, surveyCauses: 0 } });
  });

  it('tells in a dry run what would become of each line: also of what is stored, and of what comes twice in the file', async () => {
    const [stored, changed, twice] = [opened('dry-stored'), opened('dry-stored'), opened('dry-new')];
    await house.record([stored, changed]);
    const many = Array.from({ length: 600 }, () => opened('dry-many'));
    const lines = [stored, { ...changed, data: { ticket: 'other' } }, twice, ...many, twice, { ...twice, data: { ticket: 'other' } }, 7];
    const { rejected, summary } = await all(run(chunks(ndjson(lines)), 'dry-known', { dryRun: true }));
    expect(rejected).toMatchObject([
      { line: 1, status: 'duplicate', position: expect.any(String) }, { line: 2, status: 'conflict', problem: { code: 'id-conflict' } }, { line: 604, status: 'duplicate' },
      { line: 605, status: 'conflict', problem: { detail: 'An event with this source and id and another body comes earlier in what was sent.' } }, { line: 606, status: 'rejected' },
    ]);
    expect(summary).toMatchObject({ lines: 606, appended: 0, valid: 601, duplicate: 2, conflict: 2, rejected: 1 });
    const { summary: real } = await all(run(chunks(ndjson(lines)), 'dry-known'));
    expect(real).toMatchObject({ appended: 601, duplicate: 2, conflict: 2, rejected: 1 });
  });

  it('is refused as a whole when it was taken back, with what to do', async () => {
    const text = ndjson([opened('gone')]);
    await all(run(chunks(text), 'gone'));
    await retractImport(house.intake, { tenant, importId: 'gone', reason: 'Wrong file', at: new Date() });
    for (const dryRun of [false, true]) {
      const said: ImportLine[] = [];
      for await (const line of run(chunks(text), 'gone', { dryRun })) said.push(line);
      expect(said).toMatchObject([{ problem: { code: 'import-retracted', detail: expect.stringContaining('raise `edition`') } }]);
    }
  });

  it('checks everything and writes nothing in a dry run', async () => {
    const { summary } = await all(run(chunks(ndjson([opened('dry'), opened('dry'), {}])), 'dry', { dryRun: true }));
    expect(summary).toMatchObject({ lines: 3, appended: 0, valid: 2, rejected: 1, customers: 1, position: null });
    expect(await house.stream('dry')).toEqual([]);
    expect(await house.worker.transaction((sql) => sql.query(`select 1 from import where id = 'dry'`))).toEqual([]);
  });

  it('reads no faster than its reader takes', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<string> {
      for (;;) {
        read += 1;
        yield `${JSON.stringify(opened('endless', { customer: undefined }))}\n`;
      }
    }
    const said = run(endless(), 'endless');
    for (let taken = 0; taken < 20; taken++) await said.next();
    const before = read;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    expect(read).toBe(before);
    expect(read).toBeLessThanOrEqual(3_001);
    await said.return(undefined);
  });

  it('records nothing more while the read models lag, and goes on when they have caught up', async () => {
    const stored: number[] = [];
    const lags = [5, 3, 0.1];
    const lag = async () => {
      stored.push((await house.stream('braked')).length);
      return { seconds: lags.shift() ?? 0, position: stored.length, behind: 9_000 };
    };
    const { summary } = await all(run(chunks(ndjson(Array.from({ length: 3_600 }, () => opened('braked')))), 'braked', { lag }));
    // The batch that is on its way when the brake is first looked at is still written.
    expect(stored.slice(1, 3)).toEqual([2_000, 2_000]);
    expect(summary).toMatchObject({ appended: 3_600 });
    const free = { lag: () => Promise.reject(new Error('nobody is to be asked')) };
    await all(run(chunks(ndjson(Array.from({ length: 3_600 }, () => opened('braked')))), 'braked-dry', { ...free, dryRun: true }));
    await all(run(chunks(ndjson([opened('braked')])), 'braked-short', free));
  });

  it('keeps the order of the lines inside a customer over all batches, and finds what a line corrects that stands far above it', async () => {
    const lines = Array.from({ length: 3_500 }, (_, n) => opened('in-order', { id: `in-order-${n}` }));
    const wrong = event('record.retracted', { events: [{ source: 'helpdesk', id: 'in-order-2999' }], reason: 'Told twice' }, { customer: 'in-order', id: 'in-order-taken-back' });
    const { summary } = await all(run(chunks(ndjson([...lines, wrong])), 'in-order'));
    expect(summary).toMatchObject({ appended: 3_501, rejected: 0 });
    expect((await house.stream('in-order')).map(({ id }) => id)).toEqual([...lines.map(({ id }) => id), 'in-order-taken-back']);
  });

  it('records nothing of later lines when a batch fails', async () => {
    const { store } = house.intake;
    const stumble = { ...house.intake, aliases: house.intake.aliases, store: Object.assign(Object.create(store) as typeof store, {
      append: async (appends: Parameters<typeof store.append>[0]) => {
        if (appends.some(({ events }) => events.some(({ id }) => id === 'stumble-1500'))) throw new Error('the disk is full');
        return store.append(appends);
      },
    }) };
    const lines = Array.from({ length: 4_500 }, (_, n) => opened('stumble', { id: `stumble-${n}` }));
    const importing = all(importEvents(stumble, chunks(ndjson(lines)), { tenant, actor: { kind: 'person', id: 'mara' }, mayDeclareObservedAt: true, importId: 'stumble', clock: () => new Date() }));
    await expect(importing).rejects.toThrow('the disk is full');
    expect(await house.stream('stumble')).toHaveLength(1_000);
  });

  it('ends its wait for the read models when the service stops', async () => {
    const stop = new AbortController();
    const lag = async () => {
      setTimeout(() => stop.abort(), 20);
      return { seconds: 100, position: Date.now(), behind: 9_000 };
    };
    const { summary } = await all(run(chunks(ndjson(Array.from({ length: 2_600 }, () => opened('stopped')))), 'stopped', { lag, stop: stop.signal }));
    expect(stop.signal.aborted).toBe(true);
    expect(summary).toMatchObject({ appended: 2_600 });
    expect(summary.seconds).toBeLessThan(5);
  });

  it('passes on the failure of a stream that breaks off, with what came before it recorded', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield `${ndjson(Array.from({ length: 600 }, () => opened('broken')))}\n`;
      throw new Error('connection reset');
    }
    await expect(all(run(broken(), 'broken'))).rejects.toThrow('connection reset');
    expect(await house.stream('broken')).toHaveLength(600);
  });
});

describe('Events of one group, such as those of one row of a table', () => {
  const broken = (customer: unknown, changes = {}) => opened(customer, { data: { ticket: 'T-1', priority: 'hihg' }, ...changes });
  const codes = (rejected: readonly ImportLine[]) => rejected.map((line) => ('line' in line ? [line.line, line.problem?.code ?? line.status] : []));

  it('are refused together when one of them is, and say which one that was', async () => {
    const rows = [opened('g-1', { group: '1' }), broken('g-1', { group: '1', id: 'row-1:second' }), opened('g-1', { group: '1' }), opened('g-2', { group: '2' })];
    const { rejected, summary } = await all(run(chunks(ndjson(rows)), 'groups'));
    expect(codes(rejected)).toEqual([[1, 'group-refused'], [2, 'data-invalid'], [3, 'group-refused']]);
    expect(rejected[0]).toMatchObject({ status: 'rejected', problem: { pointer: '/group', detail: expect.stringContaining('`row-1:second` was refused') } });
    expect(summary).toMatchObject({ lines: 4, appended: 1, rejected: 3 });
    expect([await house.stream('g-1'), await house.stream('g-2')].map(({ length }) => length)).toEqual([0, 1]);
    const alone: ImportLine[] = [];
    for await (const line of checkLines(chunks(ndjson(rows)), 'groups', () => new Date())) alone.push(line);
    expect(codes(alone.filter((line) => 'line' in line))).toEqual(codes(rejected));
  });

  it('are refused together too when only the log or the directory knows what is wrong, and open no customer', async () => {
    await house.record([event('customer.alias-added', { system: 'desk', id: 'taken' }, { customer: 'owner' })]);
    const ref = { system: 'crm', id: 'group-opens' };
    const claim = event('customer.alias-added', { system: 'desk', id: 'taken' }, { customer: ref, group: '7' });
    const other = event('customer.alias-added', { system: 'desk', id: 'group-free' }, { customer: ref, group: '7' });
    const follows = opened('follows', { group: '8', id: 'of-8' });
    const rows = [other, opened(ref, { group: '7', id: 'of-7' }), claim, follows, event('record.retracted', { events: [{ source: 'helpdesk', id: 'of-7' }], reason: 'Wrong' }, { customer: 'follows', group: '8' })];
    for (const dryRun of [true, false]) {
      const { rejected } = await all(run(chunks(ndjson(rows)), `late-${dryRun}`, { dryRun }));
      expect(codes(rejected).slice(0, 3)).toEqual([[1, 'group-refused'], [2, 'group-refused'], [3, 'alias-taken']]);
      if (!dryRun) expect(codes(rejected).slice(3)).toEqual([[4, 'group-refused'], [5, 'event-unknown']]);
    }
    expect(await house.stream('follows')).toEqual([]);
    expect(await house.worker.transaction((sql) => sql.query(`select id from customer_alias where id in ('group-opens', 'group-free')`))).toEqual([]);
  });

  it('stay what they are where they were recorded before', async () => {
    const first = opened('g-known', { group: '1' });
    await all(run(chunks(ndjson([first])), 'known'));
    const { rejected } = await all(run(chunks(ndjson([first, broken('g-known', { group: '1' })])), 'known'));
    expect(codes(rejected)).toEqual([[1, 'duplicate'], [2, 'data-invalid']]);
  });

  it('come in one batch wherever they stand in the file, up to 1,000 of them', async () => {
    const at = (group: string, count: number) => Array.from({ length: count }, () => opened(`g-size-${group}`, { group }));
    const straddling = [...at('a', 999), ...at('b', 2), broken('g-size-b', { group: 'b' }), ...at('c', 1_001), opened('g-size-d')];
    const { rejected, summary } = await all(run(chunks(ndjson(straddling), 900), 'sizes'));
    expect(summary).toMatchObject({ appended: 1_000, rejected: 1_004 });
    expect(codes(rejected).slice(0, 4)).toEqual([[1_000, 'group-refused'], [1_001, 'group-refused'], [1_002, 'data-invalid'], [1_003, 'field-invalid']]);
    expect([await house.stream('g-size-b'), await house.stream('g-size-c')]).toEqual([[], []]);
  });

  it('are not recorded in part when the stream breaks off among them', async () => {
    const cut = (async function* () {
      yield Buffer.from(`${ndjson([opened('g-cut', { group: '1' }), opened('g-cut-2', { group: '2' })])}\n`);
      throw new Error('cut');
    })();
    await expect(all(run(cut, 'cut'))).rejects.toThrow('cut');
    expect([await house.stream('g-cut'), await house.stream('g-cut-2')].map(({ length }) => length)).toEqual([1, 0]);
  });
});

describe('A dry run', () => {
  it('counts history as the import would', async () => {
    const long = new Date(Date.now() - 30 * 86_400_000).toISOString();
    const text = ndjson([opened('dry-history', { time: long, observedAt: long })]);
    expect((await all(run(chunks(text), 'dry-history', { dryRun: true }))).summary).toMatchObject({ valid: 1, historic: 1 });
    expect((await all(run(chunks(text), 'dry-history'))).summary).toMatchObject({ appended: 1, historic: 1 });
  });
});
