import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { FakeDoor, filesIn, touchline } from './testing.js';

const map = `
mapping: 1
source: desk
zone: UTC
customer: {system: crm, id: {column: account}}
time: {column: day}
observedAt: time
id: "\${ticket}"
rows: {drop: [{when: {column: account, is: internal}, because: not a customer}]}
events:
  - {type: ticket.opened, data: {ticket: {column: ticket}}}
  - {type: ticket.closed, when: {column: state, is: closed}, data: {ticket: {column: ticket}}}
  - {type: x-desk.nothing, when: {column: state, is: never}}
`;
const table = 'ticket,account,day,state\nT1,acme,2024-01-01,closed\nT2,acme,2024-01-02,open\nT3,internal,2024-01-02,open\nT4,acme,yesterday,open\nX5,acme,2024-01-02,open\n';
const event = (id: string, more = {}) => JSON.stringify({ id, source: 's', type: 'x-t.a', customer: 'c', data: {}, ...more });

describe('touchline import', () => {
  let door: FakeDoor;
  let url: string;
  const files = filesIn({
    'map.yaml': map, 'tickets.csv': table, 'fine.csv': table.split('\n').slice(0, 3).join('\n'), 'broken.csv': `${table.split('\n').slice(0, 3).join('\n')}\nT9,"acme`,
    'events.ndjson': `${event('1')}\n\n${event('2')}\n`, 'events.jsonl.gz': gzipSync(`${event('1')}\r\n${event('3')}`), 'bad.yaml': `${map}colour: red\n`,
  });
  const mapped = (file: string, ...more: string[]) => touchline(['import', files[file]!, '--map', files['map.yaml']!, ...more], { url });

  beforeAll(async () => {
    door = new FakeDoor();
    url = await door.open();
  });
  beforeEach(() => {
    door.events.clear();
    door.asked.length = 0;
    door.breakAfter = Infinity;
  });
  afterAll(() => door.close());

  it('sends the events of a table and says what became of every row', async () => {
    const outcome = join(tmpdir(), `outcome-${process.pid}.ndjson`);
    const { code, out } = await mapped('tickets.csv', '--outcome', outcome);
    expect(code).toBe(2);
    expect([...door.events.keys()]).toEqual(['desk T1:ticket.opened', 'desk T1:ticket.closed', 'desk T2:ticket.opened']);
    expect(out).toContain('5 rows read; 1 left out, 0 without an event, 2 rejected');
    expect(out).toContain('left out: not a customer (1)');
    expect(out).toContain('4 events sent; 3 appended, 0 duplicate, 0 conflict, 1 rejected');
    expect(out).toContain('1 x "yesterday" is not a date of the form 2026-03-01T09:30:00Z (iso) or 2026-03-01 09:30:00 (sql); say how it is written with `formats`, such as d/M/yyyy H:mm. (column "day", /time), first in row 4 (line 5)');
    expect(out).toContain('1 x The data does not fit its type: `ticket` must start with T. (/data/ticket), first in row 5 (line 6)');
    expect(readFileSync(outcome, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual([
      { row: 1, line: 2, outcome: 'appended', ids: ['T1:ticket.opened', 'T1:ticket.closed'] },
      { row: 2, line: 3, outcome: 'appended', ids: ['T2:ticket.opened'] },
      { row: 3, line: 4, outcome: 'left out', ids: [], because: 'not a customer' },
      { row: 4, line: 5, outcome: 'rejected', ids: [], problem: { detail: expect.stringContaining('"yesterday"'), pointer: '/time', column: 'day' } },
      { row: 5, line: 6, outcome: 'rejected', ids: ['X5:ticket.opened'], recorded: [], problem: { title: expect.anything(), detail: expect.anything(), code: 'data-invalid', pointer: '/data/ticket' } },
    ]);
  });

  it('changes nothing when it runs again, and says so; corrected content under the same id is a conflict', async () => {
    const first = await mapped('fine.csv');
    expect(first.code).toBe(0);
    const again = await mapped('fine.csv');
    expect(again.code).toBe(0);
    expect(again.out).toContain('Nothing changed: what was sent (3 events) had been recorded before.');
    expect(door.asked[1]!.query['import']).toBe(door.asked[0]!.query['import']);
    expect(door.asked[0]!.query['import']).toMatch(/^fine-[0-9a-f]{12}$/);
    const other = filesIn({ 'fine.csv': table.split('\n').slice(0, 3).join('\n').replace('2024-01-02', '2024-01-03') });
    const changed = await touchline(['import', other['fine.csv']!, '--map', files['map.yaml']!], { url });
    expect(changed.code).toBe(2);
    expect(changed.out).toContain('Another event has this source and id');
    expect(door.asked[2]!.query['import']).not.toBe(door.asked[0]!.query['import']);
  });

  it('records nothing in a dry run, and shows the first events', async () => {
    const { code, out } = await mapped('fine.csv', '--dry-run', '--preview', '1');
    expect(code).toBe(0);
    expect(door.events.size).toBe(0);
    expect(out).toContain('  ticket.opened  2024-01-01T00:00:00.000Z  crm:acme  (known then)\n    {"ticket":"T1"}\n    id T1:ticket.opened');
    expect(out).not.toContain('id T2');
    expect(out).toContain('Dry run of fine.csv: nothing was recorded.');
    expect(out).toContain('3 events sent; 3 would be appended, 0 duplicate, 0 conflict, 0 rejected');
  });

  it('tells in a dry run what is stored already, row by row, and ends as the import itself would', async () => {
    await mapped('fine.csv');
    const outcome = join(tmpdir(), `rehearsed-${process.pid}.ndjson`);
    const other = filesIn({ 'fine.csv': `${table.split('\n').slice(0, 3).join('\n').replace('2024-01-02', '2024-01-03')}\nT9,acme,2024-01-04,open\n` });
    const { code, out } = await touchline(['import', other['fine.csv']!, '--map', files['map.yaml']!, '--dry-run', '--outcome', outcome], { url });
    expect(code).toBe(2);
    expect(out).toContain('4 events sent; 1 would be appended, 2 duplicate, 1 conflict, 0 rejected');
    expect(readFileSync(outcome, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { outcome: string }).outcome)).toEqual(['duplicate', 'conflict', 'valid']);
    expect(door.events.size).toBe(3);
  });

  it('checks in a dry run what it can without a server, and says what it could not look up', async () => {
    for (const where of [{ url: 'http://127.0.0.1:1' }, { env: { TOUCHLINE_HOME: '/nowhere' } }]) {
      const { code, out } = await touchline(['import', files['tickets.csv']!, '--map', files['map.yaml']!, '--dry-run', '--preview', '1'], where);
      expect(code).toBe(2);
      expect(out).toContain('  ticket.opened  2024-01-01T00:00:00.000Z  crm:acme  (known then)\n    {"ticket":"T1"}\n    id T1:ticket.opened');
      expect(out).toContain('5 rows read; 1 left out, 0 without an event, 1 rejected');
      expect(out).toContain('4 events checked here; 4 can be sent, 0 rejected; 1 customer as they are named');
      expect(out).toContain('What is stored already could not be looked up, so nothing is said of duplicates and conflicts.');
      expect(out).not.toContain('0 duplicate');
    }
    const wrong = filesIn({ 'wrong.ndjson': `${event('1')}\n${event('2', { type: 'ticket.opend' })}\nno json\n` })['wrong.ndjson']!;
    const { code, out } = await touchline(['import', wrong, '--dry-run'], { url: 'http://127.0.0.1:1' });
    expect(code).toBe(2);
    expect(out).toContain('3 events checked here; 1 can be sent, 2 rejected');
    expect(out).toContain('There is no type `ticket.opend`');
    expect(out).toContain('Nothing answers at http://127.0.0.1:1.');
    expect((await touchline(['import', wrong], { url: 'http://127.0.0.1:1' })).err).toContain('Nothing answers at http://127.0.0.1:1.');
    expect(await touchline(['import', wrong, '--dry-run'], { url, key: 'wrong' })).toMatchObject({ code: 1, err: expect.stringContaining('carries no valid API key') });
  });

  it('sends NDJSON as it is, packed or not, from a file or standard input', async () => {
    expect((await touchline(['import', files['events.ndjson']!], { url })).out).toContain('2 events sent; 2 appended');
    expect((await touchline(['import', files['events.jsonl.gz']!, '--import-id', 'mine'], { url })).out).toContain('2 events sent; 1 appended, 1 duplicate');
    expect(door.asked[1]!.query['import']).toBe('mine');
    expect((await touchline(['import', '-'], { url, stdin: event('4') })).out).toContain('1 event sent; 1 appended');
    expect(door.events.get('s 4')).toBe(event('4'));
  });

  it('sends what comes before the place where a file breaks, and fails', async () => {
    const { code, out, err } = await mapped('broken.csv');
    expect(code).toBe(1);
    expect(out).toContain('3 events sent; 3 appended');
    expect(err).toMatch(/could not be read to its end: Line 4: A quote is opened/);
  });

  it('says that it is safe to run again when the connection breaks', async () => {
    door.breakAfter = 250;
    const many = filesIn({ 'many.ndjson': Array.from({ length: 5_000 }, (_, index) => event(`m${index}`)).join('\n') });
    const { code, err } = await touchline(['import', many['many.ndjson']!], { url });
    expect(code).toBe(1);
    expect(err).toMatch(/connection .*broke.*\n?.*Run the same command again: nothing is lost or doubled/);
    door.breakAfter = Infinity;
    const again = await touchline(['import', many['many.ndjson']!], { url });
    expect(again.out).toContain('5,000 events sent; 4,750 appended, 250 duplicate');
  });

  it('explains a faulty mapping with its line, before anything is sent', async () => {
    const { code, err } = await touchline(['import', files['tickets.csv']!, '--map', files['bad.yaml']!], { url });
    expect(code).toBe(1);
    expect(err).toMatch(/The mapping .*bad\.yaml cannot be used:\n {2}line 14, \/colour: There is no field `colour` here\./);
    expect(door.asked).toEqual([]);
  });

  it('names the events of NDJSON too in what became of every row', async () => {
    const outcome = join(tmpdir(), `outcome-ndjson-${process.pid}.ndjson`);
    await touchline(['import', files['events.ndjson']!, '--outcome', outcome], { url });
    expect(readFileSync(outcome, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as unknown)).toMatchObject([{ outcome: 'appended', ids: ['1'] }, { outcome: 'appended', ids: ['2'] }]);
  });

  it('finds second files beside the table or where it is told', async () => {
    const looked = filesIn({ 'm.yaml': 'mapping: 1\nsource: s\nzone: UTC\nlookups: {names: {file: names.csv, key: id}}\ncustomer: c\ntime: 2020-01-01\nid: "${id}"\nevents: [{type: x-t.a, data: {name: {lookup: names, value: name}}}]', 't.csv': 'id\n1\n' });
    const args = ['import', looked['t.csv']!, '--map', looked['m.yaml']!];
    expect((await touchline(args, { url })).err).toMatch(/The lookup `names` needs .*names\.csv.*--lookup names=FILE/);
    const names = filesIn({ 'n.csv': 'id,name\n1,One\n' })['n.csv']!;
    expect((await touchline([...args, '--lookup', `names=${names}`], { url })).code).toBe(0);
    expect(door.events.get('s 1:x-t.a')).toContain('"data":{"name":"One"}');
  });

  it('takes an import back', async () => {
    door.answers.set('POST /v1/imports/fine-1/retraction', { body: { events: 3, customers: 1, aliases: 2, already: false } });
    const { code, out } = await touchline(['import', 'undo', 'fine-1', '--reason', 'wrong currency'], { url });
    expect(code).toBe(0);
    expect(out).toContain('Taken back: 3 events of 1 customer.\nFreed: 2 ids of other systems that nothing else stood behind.');
    expect(door.asked[0]).toMatchObject({ method: 'POST', path: '/v1/imports/fine-1/retraction', body: { reason: 'wrong currency' } });
    door.answers.set('POST /v1/imports/fine-1/retraction', { body: { events: 3, customers: 1, aliases: 0, already: true } });
    expect((await touchline(['import', 'undo', 'fine-1', '--reason', 'again'], { url })).out).toContain('It had been taken back before, and stays so: 3 events of 1 customer.');
    expect((await touchline(['import', 'undo', 'fine-1'], { url })).err).toContain("required option '--reason <text>' not specified");
  });

  it('is another import when the mapping is another', async () => {
    const other = filesIn({ 'map.yaml': `${map}edition: 2\n` })['map.yaml']!;
    await mapped('fine.csv');
    await touchline(['import', files['fine.csv']!, '--map', other], { url });
    expect(door.asked[1]!.query['import']).not.toBe(door.asked[0]!.query['import']);
    expect(door.events.has('desk T1:ticket.opened~2')).toBe(true);
  });

  it('says what the API says when it refuses the whole import', async () => {
    const { code, err } = await touchline(['import', files['events.ndjson']!], { url, key: 'wrong' });
    expect({ code, err }).toEqual({ code: 1, err: 'The request carries no valid API key (unauthorized, 401)\n  Send a key.\n  request req-1' });
  });

  it('sends the events of a row as one group, and no row whose events are too long', async () => {
    const two = filesIn({ 'm.yaml': 'mapping: 1\nsource: s\nzone: UTC\ncustomer: c\ntime: 2020-01-01\nid: "${id}"\nevents: [{type: x-t.a, data: {v: {column: text}}}, {type: x-t.b, data: {}}]', 't.csv': `id,text\n1,short\n2,${'x'.repeat(70_000)}\n` });
    const { code, out } = await touchline(['import', two['t.csv']!, '--map', two['m.yaml']!], { url });
    expect([...door.events.values()].map((text) => (JSON.parse(text) as { group: string }).group)).toEqual(['1', '1']);
    expect(code).toBe(2);
    expect(out).toMatch(/An event of the row has 70\d+ bytes; 65536 are allowed\..* first in row 2/);
  });

  it('says what a file is that it cannot take', async () => {
    expect((await touchline(['import', files['tickets.csv']!], { url })).err).toContain('say with --map which columns become which events');
    expect((await touchline(['import', '/nowhere.ndjson'], { url })).err).toBe('There is no file /nowhere.ndjson.');
    expect((await touchline(['import', files['tickets.csv']!, '--map', '/nowhere.yaml'], { url })).err).toMatch(/^There is no mapping \/nowhere\.yaml\./);
    expect((await touchline(['import', tmpdir(), '--map', files['map.yaml']!], { url })).err).toContain('is a folder');
  });
});
