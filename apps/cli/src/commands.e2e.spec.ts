import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dirname } from 'node:path';
import { FakeDoor, filesIn, KEY, touchline } from './testing.js';
import { difference, health } from './testing-health.js';

const customer = { id: 'c-1', name: 'Nordlicht Logistik', band: 'watch', score: 61.25, arr: [{ amount: 4_500_000, currency: 'EUR' }] };
const today = {
  today: health.today, order: 'most at stake first.', owner: 'mara', note: null, more: 13, cannotTell: 3,
  items: [{
    id: 'c-1', customer, contact: { id: 'p-1', name: 'Ines Vogt', role: 'both', sponsor: true, because: 'asked to be called' }, whyNow: ['3 tickets were reopened.', 'Renewal is near.'], since: '2026-11-02',
    risk: { probability: 0.31, otherwise: 0.14, say: 'Risk 31 % within 90 days; 14 % had usage stayed at its usual level.' }, atStake: { arr: customer.arr, arrAtRisk: [{ amount: 1_395_000, currency: 'EUR' }], date: '2027-01-31', what: 'notice' }, say: { openPromises: ['call back'], lastWords: { text: 'Again!', on: '2026-11-03', about: 'on the ticket "Labels"', by: 'Ines Vogt' }, fixedSince: ['T-1 was resolved.'] },
    doNot: ['Do not send a survey.'], lastTouch: { on: '2026-11-10', what: 'call', by: 'mara' }, order: { priority: 1, because: 'EUR 45,000 renews in 70 days.' },
    parts: [{ kind: 'call', id: 'c-1', what: 'Call', due: null, owner: 'mara', cost: 1, because: 'x' }, { kind: 'task', id: 'T-9', what: 'Send the offer', due: '2026-11-23', owner: 'mara', cost: 1, because: 'x' }],
  }],
};

describe('The commands that ask', () => {
  const door = new FakeDoor();
  let url: string;
  beforeAll(async () => {
    url = await door.open();
    door.answers.set('GET /v1/today', { body: today });
    door.answers.set('GET /v1/customers/crm%3A4711/health', { body: health });
    door.answers.set('GET /v1/customers/crm%3A4711/health/difference', { body: difference });
    for (const id of ['c-1', 'crm%3A4711', 'crm%3A4712', 'crm%3A4713', 'crm%3A4714', 'crm%3A4715']) door.answers.set(`GET /v1/customers/${id}/health/restatements`, { body: { customer: 'c-1', askedAs: null, restatements: [] } });
    door.answers.set('GET /v1/admin/projections', { body: { projections: [
      { name: 'customers', generation: 2, live: true, state: 'live', position: 12_345, head: 12_400, behind: 55, lagSeconds: 0.42, parked: 1, stopped: null, comparison: null, built: null, waiting: { customers: 60, seconds: 65.4 } },
      { name: 'timeline', generation: 1, live: true, state: 'live', position: 1, head: 12_400, behind: 12_399, lagSeconds: 9, parked: 101, comparison: null, built: { customers: 4_200, of: 60_000 }, waiting: { customers: 0, seconds: 0 },
        stopped: { since: '2026-11-22T10:00:00Z', cause: 'TypeError', customers: 101, text: 'The projection timeline has stopped: 101 customers are parked for one cause.' } },
    ] } });
    const held = { projection: 'customers', generation: 2, live: true, partition: 3, tenant: 't', customer: 'c-1', position: '1.7', type: 'ticket.opened', error: 'It cannot be read', cause: 'TypeError',
      since: '2026-11-22T10:00:00Z', waiting: 2, events: [{ position: '1.7', type: 'ticket.opened', source: 'crm', id: 'e7' }, { position: '1.9', type: 'ticket.closed', source: 'crm', id: 'e9' }] };
    door.answers.set('GET /v1/admin/projections/parked', { body: { parked: [held] } });
    door.answers.set('POST /v1/admin/projections/retry', { body: { tried: 1, freed: 1, parked: [] } });
    door.answers.set('POST /v1/admin/projections/replay/c-1', { body: { tried: 2, freed: 1, parked: [held] } });
    door.answers.set('POST /v1/admin/projections/timeline/resume', { body: { name: 'timeline', resumed: true } });
    door.answers.set('POST /v1/admin/projections/customers/compare', { body: { live: 2, other: 3, at: '2026-11-22T10:00:00Z', customers: 60, different: 1, moving: 0,
      examples: [{ tenant: 't', customer: 'c-1', columns: ['score', 'health'], live: { score: 50, health: {} }, other: { score: 60, health: {} } }] } });
    door.answers.set('GET /v1/admin/doctor', { body: { findings: [
      { check: 'floor', status: 'fails', says: 'Session 77 of night-job has had an append open for 9.0 s.', remedy: 'select pg_terminate_backend(77)' }, { check: 'room', status: 'fine', says: 'There.', remedy: null }] } });
    door.answers.set('GET /v1/customers/c-1', { body: { name: 'Nordlicht Logistik' } });
    door.answers.set('POST /v1/admin/epoch', { body: { position: '29.7' } });
    door.answers.set('POST /v1/admin/projections/customers/switch', { body: { name: 'customers', live: 3, kept: 2 } });
    door.answers.set('POST /v1/admin/projections/customers/drop', { body: { name: 'customers', dropped: [2] } });
    door.answers.set('POST /v1/admin/projections/customers/rebuild', { status: 202, body: { name: 'customers', generation: 3, dropped: [1] } });
  });
  afterAll(() => door.close());

  it('tell whom to call today and why', async () => {
    const { out, code } = await touchline(['today', '--owner', 'me', '--limit', '5'], { url });
    expect(code).toBe(0);
    expect(door.asked.at(-1)).toMatchObject({ path: '/v1/today', query: { owner: 'me', limit: '5' } });
    expect(out.split('\n')).toEqual([
      'Whom to call on 2026-11-22 (a day that is pinned; it does not follow the clock), of the customers of mara (--owner all: of everybody): most at stake first.', '',
      '1. Nordlicht Logistik  watch 61.25  (c-1)',
      '   call      Ines Vogt, payer and user, sponsor, who asked to be called',
      '   to do     task: Send the offer, by 2026-11-23 (T-9)',
      '   why now   3 tickets were reopened.', '             Renewal is near.',
      '   risk      Risk 31 % within 90 days; 14 % had usage stayed at its usual level.',
      '   since     2026-11-02',
      '   at stake  EUR 45,000.00 a year; EUR 13,950.00 of it at risk; notice on 2027-01-31',
      '   say       We promised: call back', '             T-1 was resolved.', '             Ines Vogt said last, on the ticket "Labels" on 2026-11-03: "Again!"',
      '   do not    Do not send a survey.',
      '   last      call on 2026-11-10 by mara',
      '   order     EUR 45,000 renews in 70 days.', '',
      '13 more customers to call: touchline today --owner mara --limit 14', '',
      'Too little is known of 3 customers to say anything.']);
    expect(JSON.parse((await touchline(['today', '--json'], { url })).out)).toEqual(today);
    expect((await touchline(['today', '--limit', '0'], { url })).err).toContain('whole number from 1 to 100');
  });

  it('note what became of a call, and put one off', async () => {
    door.answers.set('POST /v1/today/crm%3A4711/done', { status: 201, body: { customer: 'c-1', position: '1.10' } });
    door.answers.set('POST /v1/today/crm%3A4711/snooze', { status: 201, body: { customer: 'c-1', position: '1.11' } });
    expect(await touchline(['done', 'crm:4711', '--outcome', 'reached', '--note', 'Signs in June'], { url })).toMatchObject({ code: 0, out: 'Noted for Nordlicht Logistik (c-1): reached. This customer rests for a week.' });
    expect(door.asked.at(-2)).toMatchObject({ method: 'POST', body: { outcome: 'reached', note: 'Signs in June' } });
    expect(await touchline(['snooze', 'crm:4711', '--until', '2026-11-30'], { url })).toMatchObject({ code: 0, out: 'Nordlicht Logistik (c-1) is put off until 2026-11-30.' });
    expect(door.asked.at(-2)!.body).toEqual({ until: '2026-11-30' });
    expect((await touchline(['done', 'crm:4711'], { url })).err).toContain("required option '--outcome <code>' not specified");
    expect((await touchline(['done'], { url })).err).toContain("missing required argument 'customer'");
  });

  it('set a score by hand, and clear it', async () => {
    for (const path of ['override', 'override/clear']) door.answers.set(`POST /v1/customers/crm%3A4711/${path}`, { status: 201, body: { customer: 'c-1', position: '1.12' } });
    expect(await touchline(['override', 'crm:4711', '--score', '30.5', '--reason', 'Their boss left', '--until', '2026-12-03'], { url })).toMatchObject({ code: 0, out: 'The score of Nordlicht Logistik (c-1) is 30.5 until 2026-12-03, whatever is computed.' });
    expect(door.asked.at(-2)).toMatchObject({ method: 'POST', path: '/v1/customers/crm%3A4711/override', body: { score: 30.5, reason: 'Their boss left', until: '2026-12-03' } });
    expect(await touchline(['override', 'crm:4711', '--clear', '--reason', 'He is back'], { url })).toMatchObject({ code: 0, out: 'The computed score of Nordlicht Logistik (c-1) counts again.' });
    expect(door.asked.at(-2)).toMatchObject({ path: '/v1/customers/crm%3A4711/override/clear', body: { reason: 'He is back' } });
    const [detail, remedy] = ['No score of Nordlicht Logistik is set by hand.', 'Nothing is to be done: the computed score counts.'];
    door.answers.set('POST /v1/customers/crm%3A4711/override/clear', { status: 409, body: { title: 'No score is set by hand', status: 409, code: 'no-override', detail: `${detail} ${remedy}`, remedy } });
    const again = await touchline(['override', 'crm:4711', '--clear', '--reason', 'He is back'], { url });
    expect([again.code, again.out, again.err.split('\n').slice(0, 2)]).toEqual([1, '', ['No score is set by hand (no-override, 409)', `  ${detail}`]]);
    const wrong = async (...options: string[]) => (await touchline(['override', 'crm:4711', ...options], { url })).err;
    expect(await wrong('--score', '30', '--until', '2026-12-03')).toContain("required option '--reason <text>' not specified");
    expect(await wrong('--reason', 'x', '--until', '2026-12-03')).toContain("required option '--score <points>' not specified");
    expect(await wrong('--reason', 'x', '--score', 'low', '--until', '2026-12-03')).toContain('--score takes a number from 0 to 100, and not "low".');
    expect(await wrong('--reason', 'x', '--clear', '--score', '3')).toContain('--clear goes with --reason only.');
  });

  it('know a customer by the name when only one has it, and say how ids are written', async () => {
    const unknown = { status: 404, body: { title: 'There is no such customer', status: 404, code: 'customer-unknown', detail: 'Nobody is known by this id.' } };
    for (const name of ['Kite', 'Nordlicht', 'Nordlicht%20Logistik', 'C-1001']) door.answers.set(`GET /v1/customers/${name}/health`, unknown);
    door.answers.set('GET /v1/customers/c-1/health', { body: health });
    door.answers.set('GET /v1/customers/c-1/health/difference', { body: difference });
    const found = (...names: string[]) => door.answers.set('GET /v1/customers', { body: { today: health.today, customers: names.map((name, index) => ({ id: `c-${index + 1}`, name })), next: null } });
    found('Nordlicht Logistik');
    expect(await touchline(['why', 'Nordlicht'], { url })).toMatchObject({ code: 0, err: 'Note: "Nordlicht" is taken for Nordlicht Logistik (c-1).' });
    found('Nordlicht Logistik', 'Nordlicht Logistik Nord');
    expect(await touchline(['why', 'Nordlicht'], { url })).toMatchObject({ code: 1, err: '"Nordlicht" may mean one of these; name it by its id:\n  c-1  Nordlicht Logistik\n  c-2  Nordlicht Logistik Nord' });
    expect((await touchline(['why', 'Nordlicht Logistik'], { url })).code).toBe(0);
    found('Nordlicht Logistik');
    door.answers.set('POST /v1/today/Nordlicht/done', unknown);
    expect(await touchline(['done', 'Nordlicht', '--outcome', 'reached'], { url })).toMatchObject({ code: 1, err: '"Nordlicht" may mean one of these; name it by its id:\n  c-1  Nordlicht Logistik' });
    found();
    expect(await touchline(['why', 'C-1001'], { url })).toMatchObject({ code: 1, err: 'No customer has the id or the name "C-1001". An id of another system is written system:id, such as crm:C-1001.' });
  });

  it('say when nobody has the owner that was asked for, whose list it is, and how to see everybody', async () => {
    const note = 'No customer has the owner "nobody". owner=all lists everybody\'s.';
    const empty = { ...today, items: [], more: 0, cannotTell: 0 };
    door.answers.set('GET /v1/today', { body: { ...empty, owner: 'nobody', note } });
    expect((await touchline(['today', '--owner', 'me'], { url })).out).toBe(note);
    door.answers.set('GET /v1/today', { body: { ...empty, today: { ...health.today, pinned: false } } });
    expect((await touchline(['today'], { url })).out).toBe('Nobody needs a call on 2026-11-22, of the customers of mara (--owner all: of everybody).');
    door.answers.set('GET /v1/today', { body: { ...today, owner: null, more: 200 } });
    const everybody = (await touchline(['today'], { url })).out;
    expect([everybody.includes('of the customers of'), everybody.includes('200 more customers to call: touchline today --limit 100 shows the first hundred')]).toEqual([false, true]);
    expect((await touchline(['today', '--help'], { url })).out).toMatch(/The key of a csm lists their own\s+customers/);
    door.answers.set('GET /v1/today', { body: today });
  });

  it('list projections, say which have stopped, and have one rebuilt, compared, switched, undone and dropped', async () => {
    const { out } = await touchline(['projections', 'list'], { url });
    expect(out).toMatch(/customers +2 +live +12,345 +55 +0\.4 +60 +1\n/);
    expect(out).toContain('Generation 1 of timeline is being built: 4,200 of 60,000 customers done.');
    expect(out).toContain('customers: 60 customers to be computed anew after late facts; the first for 65 s.');
    expect(out).toMatch(/timeline +1 +stopped /);
    expect(out).toContain('The projection timeline has stopped: 101 customers are parked for one cause.');
    expect((await touchline(['projections', 'rebuild', 'customers'], { url })).out).toMatch(/^Generation 1, which was kept for going back, is dropped\.\nGeneration 3 of customers is being built/);
    expect(await touchline(['projections', 'compare', 'customers'], { url })).toMatchObject({
      code: 2, out: 'customers: of 60 customers 1 differ between generation 2 (read) and 3.\n  c-1: score, health; score 50 -> 60' });
    expect((await touchline(['projections', 'switch', 'customers'], { url })).out).toContain('Generation 3 of customers is read now. Generation 2 follows on');
    expect((await touchline(['projections', 'undo', 'customers'], { url })).out).toContain('is read again');
    expect(door.asked.at(-1)).toMatchObject({ method: 'POST', path: '/v1/admin/projections/customers/switch', query: { undo: 'true' } });
    expect((await touchline(['projections', 'drop', 'customers'], { url })).out).toBe('Dropped generation 2 of customers.');
  });

  it('show who is held back and why, try them again, fold one anew, and let a stopped projection go on', async () => {
    const parked = await touchline(['projections', 'parked', 'customers', '--customer', 'c-1', '--events'], { url });
    expect(door.asked.at(-2)).toMatchObject({ path: '/v1/admin/projections/parked', query: { projection: 'customers', customer: 'c-1' } });
    expect(parked.out.split('\n')).toEqual([
      '1 held back; `touchline projections retry` tries them again.',
      'Nordlicht Logistik (c-1)  customers, partition 3: ticket.opened at 1.7 since 2026-11-22T10:00:00Z; 2 waiting',
      '  It cannot be read', '  1.7  ticket.opened  crm e7', '  1.9  ticket.closed  crm e9']);
    expect(await touchline(['projections', 'retry'], { url })).toMatchObject({ code: 0, out: '1 tried, 1 back in step, 0 still held.' });
    expect(await touchline(['projections', 'replay', 'c-1'], { url })).toMatchObject({ code: 2, out: expect.stringContaining('2 tried, 1 back in step, 1 still held.') });
    expect((await touchline(['projections', 'resume', 'timeline'], { url })).out).toBe('timeline goes on.');
  });

  it('say each thing once, and what to do in words of the command line', async () => {
    const detail = '`limit` must not be greater than 100.';
    const remedy = 'Correct the parameters named; the page /docs says what each takes.';
    door.answers.set('POST /v1/admin/projections/customers/switch', { status: 400, body: { title: 'A parameter has a wrong value', status: 400, code: 'invalid-parameter', detail: `${detail} ${remedy}`, remedy, errors: [{ pointer: '/limit', detail }] } });
    expect((await touchline(['projections', 'switch', 'customers'], { url })).err.split('\n')).toEqual(['A parameter has a wrong value (invalid-parameter, 400)', `  ${detail}`, '  at /limit', '  --help says what the command takes.']);
  });

  it('explain what went wrong', async () => {
    expect(await touchline(['today'], { url: 'http://127.0.0.1:1' })).toMatchObject({ code: 1, err: 'Nothing answers at http://127.0.0.1:1. Is it running? Start it with `npm start`, or name another with --url.' });
    expect((await touchline(['today'], { url, key: 'wrong' })).err).toBe('The request carries no valid API key (unauthorized, 401)\n  Send a key.\n  request req-1');
    expect((await touchline(['why', 'nobody'], { url })).err).toContain('There is nothing at this address (not-found, 404)');
    expect((await touchline(['today', '--url', 'ftp://x'], { url })).err).toContain('is not an http address');
    expect((await touchline(['tody'], { url })).err).toContain('unknown command');
  });

  it('find the server that npm start left behind', async () => {
    const file = filesIn({ 'server.json': JSON.stringify({ url, key: KEY }) })['server.json']!;
    expect((await touchline(['today'], { env: { TOUCHLINE_HOME: dirname(file) } })).code).toBe(0);
    const nothing = await touchline(['today'], { env: { TOUCHLINE_HOME: '/nowhere' } });
    expect(nothing).toMatchObject({ code: 1, err: expect.stringContaining('Start one here with `npm start`') });
  });

  it('say what the doctor saw and what to do, with exit code 2 when something fails', async () => {
    const { code, out } = await touchline(['doctor'], { url });
    expect(code).toBe(2);
    expect(out).toContain('fails  floor: Session 77 of night-job has had an append open for 9.0 s.');
    expect(out).toContain('select pg_terminate_backend(77)');
    expect(await touchline(['epoch', 'begin', '--reason', 'copy put back'], { url })).toMatchObject({ code: 1, err: expect.stringMatching(/every position given out so far is refused[^]*The epoch goes on\. Say --yes/) });
    expect(door.asked.at(-1)!.path).not.toBe('/v1/admin/epoch');
    expect((await touchline(['epoch', 'begin', '--reason', 'copy put back', '--yes'], { url })).out).toContain('the log stands at 29.7');
  });

  it('verify: exit code 0 when all is equal, 1 with what differs and what to do, 2 when it could not be done', async () => {
    const figures = { projection: 'customers', generation: 1, live: true, customers: 60, different: 0, held: 1, waiting: 2 };
    const report = { equal: true, seconds: 1.5, log: { events: 1_200, ids: 1_200, streams: 61, flaws: 0 }, directory: { aliases: 7, flaws: 0 }, projections: [figures], flaws: [], differences: [] };
    const answered = async (body: unknown, ...more: string[]) => {
      door.answers.set('POST /v1/admin/verify', { body });
      return touchline(['verify', ...more], { url });
    };
    expect(await answered({ report })).toMatchObject({ code: 0, out: expect.stringContaining('log: 1,200 events, 1,200 ids, 61 streams; 0 flaws.') });
    const row = { projection: 'customers', generation: 1, table: 'customer_1', tenant: 't', customer: 'c-1', row: {}, columns: ['score'], stored: { score: 50 }, folded: { score: 60 }, failure: null };
    const flaws = [{ check: 'ids', tenant: 't', says: 'The event at position 1 (s/1) has no id row.' }];
    const different = { ...report, equal: false, log: { ...report.log, flaws: 1 }, projections: [{ ...figures, different: 1 }], flaws, differences: [row] };
    const { code, out } = await answered({ report: different });
    expect(code).toBe(1);
    for (const words of ['aliases: 7; 0 flaws.', 'customers: 60 customers folded from the log; 1 differ, 1 are held', 'ids: The event at position 1', 'customers: t, c-1: score is 50, from the log 60', 'touchline projections rebuild customers']) expect(out).toContain(words);
    const inJson = await answered({ report: different }, '--json', '--all');
    expect({ ...inJson, out: JSON.parse(inJson.out) }).toMatchObject({ code: 1, out: different });
    expect(door.asked.at(-1)).toMatchObject({ method: 'POST', path: '/v1/admin/verify', query: { all: 'true' } });
    expect(await answered({ problem: { title: 'Not ready', code: 'not-ready', detail: 'Generation 2 of customers was dropped meanwhile.' } })).toMatchObject({ code: 2, err: expect.stringContaining('dropped meanwhile') });
    expect(await touchline(['verify'], { url: 'http://127.0.0.1:9' })).toMatchObject({ code: 2 });
  });

  it('explain themselves', async () => {
    expect(await touchline(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Whom to call today, and why.') });
    expect((await touchline(['import', '--help'])).out).toContain('Running an import again changes nothing');
    expect((await touchline(['--version'])).out).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
