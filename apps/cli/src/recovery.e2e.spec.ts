import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../api/src/testing/start-api.js';
import { filesIn, touchline } from './testing.js';

describe('touchline recovery', () => {
  let api: TestApi;
  let [key, admin]: string[] = [];
  const run = (...args: string[]) => touchline(args, { url: api.url, key });
  const shown = async () => void await api.call(key!, 'GET', `/v1/recoveries?minPosition=${await api.connections.store.head()}`);

  beforeAll(async () => {
    api = await startApi();
    [key, admin] = [await api.key('csm', 'acme', 'anna'), await api.key('admin')];
    const event = { id: '1', source: 'crm', type: 'customer.registered', customer: { system: 'crm', id: 'C-1' }, data: { name: 'Nordlicht', owner: 'anna' } };
    expect((await api.call(admin, 'POST', '/v1/events', event)).status).toBe(201);
    await shown();
  }, 60_000);
  afterAll(() => api.stop());

  it('opens one, takes it through every step, shows it, and sums them up', async () => {
    const opened = await run('recovery', 'open', 'nordlicht', '--what', 'Nobody told them', '--ticket', 'T-1');
    expect(opened).toMatchObject({ code: 0, out: expect.stringMatching(/^R-[0-9a-f]{16} is open\.$/) });
    const id = opened.out.split(' ')[0]!;
    await shown();
    expect((await run('recoveries')).out).toMatch(new RegExp(`^${id}  open  Nordlicht \\(.*\\)  anna  since .*: opened by hand\\n   ticket T-1\\n   first look: 0 min of 4 h used, due .*\\n   first contact: 0 min of 8 h used, due .*\\n   close: 0 min of 40 h used, due [^\\n]*$`));
    expect(await run('recovery', 'close', id)).toMatchObject({ code: 1, err: expect.stringContaining('say so with `touchline recovery contact`') });
    for (const args of [['acknowledge'], ['contact', '--how', 'call', '--note', 'Calm again'], ['cause', '--cause', 'overload'], ['prevention', '--none-because', 'one-off'], ['assign', '--owner', 'jonas'], ['link', '--ticket', 'T-2']]) {
      expect(await run('recovery', args[0]!, id, ...args.slice(1))).toMatchObject({ code: 0, err: '' });
    }
    expect(await run('recovery', 'assign', id, '--owner', 'mara', '--if-version', '1.1')).toMatchObject({ code: 1, err: expect.stringContaining('recovery-changed, 412') });
    expect((await run('recovery', 'close', id)).out).toMatch(/^Closed\. .* \(version 1\.\d+\)$/);
    await shown();
    const { out } = await run('recovery', 'show', id);
    expect(out).toMatch(new RegExp(`^${id}  closed  Nordlicht .*  jonas  since .*\\n   ticket T-1; ticket T-2; cause overload\\n`));
    expect(out).toMatch(/the customer was contacted about a recovery, anna {2}"Calm again" {2}\[recoveries\/[0-9a-f-]+\]/);
    expect((await run('recoveries', '--state', 'all', '--summary', '--owner', 'all')).out.split('\n').slice(0, 2)).toEqual([
      '1 recovery; 0 open, 0 overdue, 0 that nobody looks after', 'Acted on: 100 %. A cause that had come before: 0 %. Without prevention: 1. Fixes: 0 confirmed, 0 disproved, 1 not yet proved.']);
    expect(await run('recoveries', '--owner', 'all')).toMatchObject({ out: 'Nothing is to be made good here.' });
    expect(JSON.parse((await run('recoveries', '--state', 'closed', '--owner', 'jonas', '--json')).out)).toMatchObject({ recoveries: [{ id }] });
    expect(await run('recovery', 'contact', id)).toMatchObject({ code: 1, err: expect.stringContaining("required option '--how <way>'") });
  });

  it('shows the policy and the working hours as what changes them', async () => {
    const asAdmin = (...args: string[]) => touchline(['recovery', ...args], { url: api.url, key: admin });
    const policy = await asAdmin('policy');
    expect(policy.err).toContain('The usual policy counts');
    const hours = await asAdmin('hours');
    const files = filesIn({ 'policy.json': policy.out.replace('"look": 240', '"look": 30'), 'hours.json': hours.out, 'bad.json': '{', 'list.json': '[]' });
    expect(await asAdmin('policy', files['policy.json']!)).toMatchObject({ code: 0, out: 'It counts for what is opened from now on.' });
    expect(await asAdmin('hours', files['hours.json']!)).toMatchObject({ code: 0 });
    const after = await asAdmin('policy');
    expect(after.err).toMatch(/^Decided by admin-1 on \d{4}-\d\d-\d\d: Why it is so$/);
    expect(JSON.parse(after.out)).toMatchObject({ clocks: { look: 30 } });
    expect(await asAdmin('policy', files['bad.json']!)).toMatchObject({ code: 1, err: expect.stringContaining('is no JSON') });
    expect(await asAdmin('hours', files['list.json']!)).toMatchObject({ code: 1, err: expect.stringMatching(/list\.json holds no hours: it must be one JSON object, such as `touchline recovery hours` writes/) });
  });
});
