import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../testing/start-api.js';
import { story } from './testing/story.js';

let api: TestApi;
let csm: string;
let position: string;
beforeAll(async () => {
  api = await startApi();
  csm = await api.key('csm', 'acme', 'anna');
  const told = await (await api.call(await api.key('ingest'), 'POST', '/v1/events', story(new Date()))).json() as { position: string; results: { status: string }[] };
  expect(told.results.filter(({ status }) => status !== 'appended')).toEqual([]);
  position = told.position;
  expect((await api.call(csm, 'GET', `/v1/portfolio?minPosition=${position}`)).status).toBe(200);
}, 60_000);
afterAll(() => api.stop());

const browser = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-site': 'same-origin' };
const open = async (path: string, key: string | null = csm) => {
  const response = await api.call(key, 'GET', path, undefined, browser);
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const send = (path: string, fields: Record<string, string>, key = csm, headers: Record<string, string> = browser) => (
  api.call(key, 'POST', path, new URLSearchParams(fields).toString(), { 'content-type': 'application/x-www-form-urlencoded', ...headers }));

describe('Pages', () => {
  it('ask a browser without a session to sign in, and bring it to where it wanted to go', async () => {
    const asked = await open('/customers/tern?family=ticket', null);
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/login?next=%2Fcustomers%2Ftern%3Ffamily%3Dticket']);
    expect((await open(asked.headers.get('location')!, null)).text).toContain('name="next" value="/customers/tern?family=ticket"');
    const login = (next: string) => send('/login', { key: csm, next }, null as never);
    expect((await login('/customers/tern?family=ticket')).headers.get('location')).toBe('/customers/tern?family=ticket');
    expect((await login('//evil.example')).headers.get('location')).toBe('/');
  });

  it('are kept from other sites, scripts and caches; the stylesheet is kept for good', async () => {
    const { headers, text } = await open('/');
    expect([headers.get('content-type'), headers.get('cache-control')]).toEqual(['text/html; charset=utf-8', 'private, no-store']);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
    expect(text).not.toMatch(/<script|<style| style=/);
    // Without one, browsers ask for /favicon.ico and note a failure.
    expect([text.includes('<link rel="icon" href="data:image/svg+xml,'), headers.get('content-security-policy')!.includes("img-src 'self' data:")]).toEqual([true, true]);
    const styles = await open(/href="(\/pages\.css[^"]+)"/.exec(text)![1]!, null);
    expect([styles.status, styles.headers.get('content-type'), styles.headers.get('cache-control')]).toEqual([200, 'text/css; charset=utf-8', 'public, max-age=31536000, immutable']);
  });

  it('have one main part, a language, a way to skip, and headings in order', async () => {
    for (const path of ['/', '/customers', '/customers/tern', '/portfolio', '/recoveries', '/revenue', '/revenue/customers?movement=end', '/experience', '/experience?by=queue', '/demand', '/journey', '/reports', '/nothing/here']) {
      const { text } = await open(path);
      expect(text).toMatch(/<html lang="en">[^]*<a class="skip" href="#main">[^]*<main id="main"/);
      const levels = [...text.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
      expect({ path, levels: levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1), ones: levels.filter((level) => level === 1).length }).toEqual({ path, levels: [], ones: 1 });
    }
  });

  it('show today: whom to call, why now, what is at stake, what to say and what not to do', async () => {
    const { text } = await open('/');
    for (const words of ['Tern &amp; Sons &lt;Logistics&gt;', 'Ida Tern', 'payer, sponsor', 'Why now', 'EUR', 'the end that was asked for on', 'An engineer on site', 'I pay for this &amp; nobody &lt;b&gt;calls&lt;/b&gt; me back.', 'Do not talk of the renewal as if it were certain', ', who asked to be called', 'in an answer of 2 out of 10', '</time> in UTC', 'a call was held', 'Why here:']) {
      expect(text).toContain(words);
    }
  });

  it('show a csm their own customers first, and everybody\'s on request', async () => {
    const mine = await open('/customers');
    expect([mine.text.includes('Tern'), mine.text.includes('Heron')]).toEqual([true, false]);
    expect((await open('/customers?owner=all')).text).toMatch(/Tern[^]*Heron/);
    expect((await open('/customers?owner=all&q=&band=&segment=enterprise&sort=name')).text).toContain('Heron');
    expect((await open('/customers?owner=all&claimed=false')).text).toContain('Registered</dt><dd>not yet');
    const unknown = (await open('/customers?owner=all&band=unknown')).text;
    expect(unknown).toMatch(/Customers of whom we cannot tell[^]*>crm:4711<\/a>[^]*Too little is known to tell: \d+ % of what counts/);
    expect(unknown).not.toMatch(/\d points/);
    expect(unknown).toMatch(/<select name="owner">.*<option value="ben">ben<\/option>/);
  });

  it('lead through a long list page by page, each customer once', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ id: `many-${index}`, source: 'story', type: 'customer.registered', customer: `many-${index}`, data: { name: `Many ${index}`, owner: 'zoe' } }));
    const { position: last } = await (await api.call(await api.key('ingest'), 'POST', '/v1/events', many)).json() as { position: string };
    await api.call(csm, 'GET', `/v1/portfolio?minPosition=${last}`);
    const names = (text: string) => [...text.matchAll(/>(Many \d+)<\/a>/g)].map(([, name]) => name);
    const first = await open('/customers?owner=zoe');
    const next = /rel="next" href="([^"]+)/.exec(first.text)![1]!.replaceAll('&amp;', '&');
    const second = await open(next);
    expect([names(first.text).length, new Set([...names(first.text), ...names(second.text)]).size, second.text.includes('rel="next"')]).toEqual([50, 60, false]);
  });

  it('leave customers who ended out of the lists, as the portfolio does, and show them on request', async () => {
    const gone = [['customer.registered', { name: 'Auk Archive', owner: 'yves' }], ['subscription.started', { subscription: 'k-1', recurring: { amount: 100, currency: 'EUR' }, interval: 'year' }],
      ['subscription.ended', { subscription: 'k-1', reason: 'voluntary' }]].map(([type, data], index) => ({ id: `auk-${index}`, source: 'story', type, customer: 'auk', data }));
    const { position: last } = await (await api.call(await api.key('ingest'), 'POST', '/v1/events', gone)).json() as { position: string };
    await api.call(csm, 'GET', `/v1/portfolio?minPosition=${last}`);
    expect((await open('/customers?owner=yves')).text).not.toContain('Auk Archive');
    expect((await open('/customers?owner=yves&status=ended')).text).toMatch(/Customers who ended[^]*Auk Archive<\/a> <span class="badge unknown">Ended/);
    expect((await open('/portfolio?owner=yves')).text).toContain('>1 who ended</a>');
  });

  it('refuse a day that there is not', async () => {
    expect([(await open('/customers/tern?asOf=2026-02-31')).status, (await open('/customers/tern?asOf=soon')).status, (await open('/customers/tern?asOf=9999-12-31')).status]).toEqual([400, 400, 400]);
  });

  it('show a customer: score over time, what made it, what moved it, people, timeline', async () => {
    const { text } = await open('/customers/tern');
    for (const words of ['<polyline', 'The same as a table', 'What moved the score in 90 days', 'class="points lost">−', 'Usage trend', 'of ', 'CFO', 'ida@tern.example', 'Managed desk', 'a ticket was escalated', 'x-weather.reported was recorded']) {
      expect(text).toContain(words);
    }
    const surveys = await open('/customers/tern?family=survey');
    expect([surveys.text.includes('a survey was answered'), surveys.text.includes('a ticket was escalated')]).toEqual([true, false]);
    const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
    const span = await open(`/customers/tern?from=${day(21)}&to=${day(17)}`);
    expect([...span.text.matchAll(/<strong>a ticket was (\w+)<\/strong>/g)].map(([, what]) => what)).toEqual(['reopened', 'resolved']);
    expect((await open(`/customers/tern?from=${day(0)}&family=survey`)).text).toContain('No such touch in these days.');
    const older = /rel="next" href="([^"#]+)/.exec(text)![1]!.replaceAll('&amp;', '&');
    expect((await open(older)).text).toContain('the customer was registered');
  });

  it('show a customer as of an earlier day', async () => {
    const day = new Date(Date.now() - 45 * 86_400_000).toISOString().slice(0, 10);
    const [then, now] = [await open(`/customers/tern?asOf=${day}`), await open('/customers/tern')];
    expect(then.text).toContain(`at the end of <time datetime="${day}">`);
    const badge = (text: string) => /class="badge ([\w-]+)"/.exec(text)![1];
    expect([badge(then.text), badge(now.text)]).toEqual(['healthy', 'at-risk']);
  });

  it('show the portfolio with ways into the lists', async () => {
    const { text } = await open('/portfolio?owner=all');
    expect(text).toContain('href="/customers?band=at-risk&amp;owner=all"');
    expect(text).toContain('href="/customers?segment=mid-market&amp;owner=all"');
    expect(text.replaceAll('\u00a0', ' ')).toContain('EUR 54,000 a year');
  });

  it('lead to the report: of which quarter and segment, and what was published', async () => {
    const { text } = await open('/reports');
    const [running] = /\d{4}-Q\d(?=, so far<)/.exec(text)!;
    const before = running.endsWith('1') ? `${Number(running.slice(0, 4)) - 1}-Q4` : `${running.slice(0, 6)}${Number(running.slice(6)) - 1}`;
    expect(text).toContain(`<option value="${before}" selected>`);
    expect(text).toMatch(/<a href="\/reports" aria-current="page">Report<[^]*<option value="mid-market">[^]*No report was published yet/);
    const way = async (choice: string) => (await api.call(csm, 'GET', `/reports/open?${choice}`)).headers.get('location');
    expect(await way(`period=${before}&segment=&format=pdf`)).toBe(`/v1/reports/strategic?period=${before}&format=pdf`);
    expect([await way('segment=mid-market'), (await open('/reports/open?period=2026')).status]).toEqual(['/v1/reports/strategic?segment=mid-market&format=html', 400]);
  });

  it('say what went wrong as a page, and as a problem to a program', async () => {
    const missing = await open('/customers/nobody');
    expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect((await open('/customers?band=purple')).status).toBe(400);
    const refused = await open('/', await api.key('ingest'));
    expect([refused.status, refused.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    expect(refused.text).toMatch(/The key may not do this[^]*Sign in with another key/);
    expect(await (await api.call(csm, 'POST', '/v1/reports/strategic/publish', {})).json()).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('lacks the scope reports:write; these roles have it: executive, admin, operator.') });
    // The second character is the first that is wrong.
    expect(await (await api.call(await api.key('ingest'), 'POST', '/v1/events', '{bad')).json()).toMatchObject({ code: 'invalid-json', detail: expect.stringContaining('The body is not JSON, from character 2.') });
    const program = await api.call(csm, 'GET', '/customers/nobody');
    expect(program.headers.get('content-type')).toContain('application/problem+json');
  });

  it('do not show another tenant\'s customers', async () => {
    const other = await api.key('admin', 'globex');
    expect((await open('/customers/tern', other)).status).toBe(404);
    expect((await open('/customers', other)).text).toContain('There are no customers yet');
    expect((await open('/', other)).text).toContain('Nobody to call today');
  });

  it('take a form only from here and only from those who may', async () => {
    const fields = { outcome: 'reached', note: '' };
    const cookie = (await send('/login', { key: csm }, null as never)).headers.get('set-cookie')!.split(';')[0]!;
    const froms: readonly Record<string, string>[] = [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }, {}];
    for (const from of froms) {
      expect((await send('/today/tern/done', fields, null as never, { cookie, ...from })).status).toBe(403);
    }
    expect((await send('/today/tern/done', fields, await api.key('analyst'))).status).toBe(403);
    expect((await send('/today/tern/snooze', { until: 'soon' })).status).toBe(422);
    expect((await open('/')).text).toContain('Ida Tern');
  });

  it('put a call off, and come back to the list without it', async () => {
    const until = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    const sent = await send('/today/tern/snooze', { until, note: '', owner: 'anna' }, csm, { origin: api.url, accept: 'text/html' });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/?owner=anna&noted=snooze']);
    const { text } = await open('/?owner=anna&noted=snooze');
    expect(text).toContain('comes back on the day you gave');
    expect(text).toContain('Nobody to call on this list');
  });
});
