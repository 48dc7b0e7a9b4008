import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';

const door = new FakeDoor();
let url: string;
beforeAll(async () => { url = await door.open(); });
afterAll(() => door.close());

const run = (...args: string[]) => touchline(['report', 'schedule', ...args], { url });
const PATH = '/v1/tenant/report-schedule';

it('touchline report schedule says when the report comes, and sets it as a whole', async () => {
  door.answers.set(`GET ${PATH}`, { status: 200, body: { say: 'It is switched off.' } });
  door.answers.set(`PUT ${PATH}`, { status: 200, body: { say: 'It comes on Monday.' } });
  expect((await run()).out).toBe('It is switched off.');
  expect((await run('--on', '--days', '7', '--segments', 'large, small', '--to', 'mara')).out).toBe('It comes on Monday.');
  await run('--off');
  expect(door.asked.filter(({ path }) => path.startsWith(PATH)).map(({ method, body }) => [method, body])).toEqual([
    ['GET', undefined], ['PUT', { on: true, daysAfter: 7, segments: ['large', 'small'], to: ['mara'] }], ['PUT', { on: false }],
  ]);
  expect((await run('--on', '--off')).err).toContain('not both');
  expect((await run('--to', 'mara')).err).toContain('--on or --off as well');
  expect((await run('--on', '--days', 'five')).err).toContain('from 1 to 60');
});

it('touchline report attention tells quarters, those without meetings as not measured; touchline report meeting records one', async () => {
  const quarter = { quarter: '2026-Q3', n: 1, minutes: 120, onCustomers: 35, share: 0.2917, bodies: [], meetings: [], missing: null };
  door.answers.set('GET /v1/company/attention', { body: { from: '2026-Q2', to: '2026-Q3', total: quarter, coverage: { measured: 1, of: 2 }, quarters: [{ ...quarter, quarter: '2026-Q2', n: 0, minutes: 0, onCustomers: 0, share: null, missing: 'not measured; needs company.meeting-held' }, quarter] } });
  door.answers.set('PUT /v1/company/meetings/B-1', { body: { meeting: 'B-1', position: '1.9' } });
  const ask = (...args: string[]) => touchline(['report', ...args], { url });
  expect((await ask('attention', '--from', '2026-Q2')).out).toMatch(/of 1 of 2 quarters\.\n +2026-Q2 +not measured; needs company\.meeting-held\n +2026-Q3 +29 %: 35 of 120 minutes in 1 meeting\n +all/);
  expect((await ask('meeting', 'B-1', '--held-on', '2026-09-17', '--customers', '35 Why customers leave', '--other', '85 Budget')).out).toBe('B-1 is recorded.');
  expect(door.asked.at(-1)!.body).toEqual({ body: 'board', heldOn: '2026-09-17', agenda: [{ topic: 'Why customers leave', minutes: 35, aboutCustomers: true }, { topic: 'Budget', minutes: 85, aboutCustomers: false }] });
  expect((await ask('meeting', 'B-1', '--held-on', '2026-09-17', '--customers', 'Why customers leave')).err).toContain('minutes and what it was about');
});

it('touchline report says which report takes the place of which, what is restated by which facts, and what came since that changed nothing', async () => {
  const report = { report: '2026-Q3-2', period: '2026-Q3', at: '2026-10-09T06:00:00.000Z', by: 'mara', upTo: '1.90' };
  door.answers.set('GET /v1/reports', { status: 200, body: { reports: [{ ...report, supersedes: { report: '2026-Q3-1', at: '2026-10-05T06:00:00.000Z', figures: 'f' } }, { ...report, report: '2026-Q3-1' }] } });
  expect((await touchline(['report', 'list'], { url })).out.split('\n')).toEqual(['2026-Q3-2  2026-Q3, published 2026-10-09 by mara, facts up to 1.90; takes the place of 2026-Q3-1', '2026-Q3-1  2026-Q3, published 2026-10-09 by mara, facts up to 1.90']);
  const fact = { source: 'crm', id: 'e-1', type: 'subscription.changed', customer: 'north', name: 'Nordwind', occurredAt: '2026-09-10T12:00:00.000Z', recordedAt: '2026-10-07T12:00:00.000Z', changed: ['revenue'] };
  const verified = { report: '2026-Q3-1', same: true, differences: [], files: [], restated: [{ figure: 'revenue', label: 'ARR', was: 2, is: 1, say: 'ARR was 2 EUR, is 1 EUR', facts: [{ source: 'crm', id: 'e-1' }] }], restatedUpTo: '1.95', late: [fact, { ...fact, id: 'e-2', type: 'ticket.opened', changed: [] }], moreLate: 1 };
  door.answers.set('GET /v1/reports/2026-Q3-1/verify', { status: 200, body: verified });
  expect((await touchline(['report', 'verify', '2026-Q3-1'], { url })).out.split('\n')).toEqual([
    '2026-Q3-1: its figures, worked out again at its position, are the same.', 'Restated by facts up to 1.95:', '  ARR was 2 EUR, is 1 EUR, by crm/e-1',
    'Told since, and moved a figure (1 fact):', '  2026-09-10 subscription.changed of Nordwind (crm/e-1): revenue', 'Told since, and changed no figure (1 fact):', '  2026-09-10 ticket.opened of Nordwind (crm/e-2)', '1 more fact told since is not listed.',
  ]);
});

it('touchline report takes the last line: the report in words, or a file as it was made', async () => {
  const at = '/v1/reports/strategic';
  door.answers.set(`GET ${at}`, { status: 200, body: { title: 'Strategic customer intelligence, 2026-Q3', isOver: true, position: '1.9', pages: [] } });
  expect((await touchline(['report', '--period', '2026-Q3'], { url })).out).toBe('Strategic customer intelligence, 2026-Q3; facts up to 1.9.');
  door.answers.set(`GET ${at}`, { status: 200, body: { format: 'csv', base64: Buffer.from('page,NPS µ').toString('base64') } });
  expect((await touchline(['report', '--segment', 'large', '--format', 'csv'], { url })).out).toBe('page,NPS µ');
  expect(door.asked.filter(({ path }) => path === at).map(({ query }) => query)).toEqual([{ period: '2026-Q3' }, { segment: 'large', format: 'csv' }]);
  door.answers.set(`POST ${at}/publish`, { status: 200, body: { report: '2026-Q3-1', files: [{ format: 'pdf', sha256: 'ab12' }] } });
  expect((await touchline(['report', 'publish', '--period', '2026-Q3'], { url })).out).toBe("2026-Q3-1 is published; the PDF's SHA-256 is ab12.");
});

it('touchline report has headings over its tables and keeps words apart; its figures open into customers, and decisions are listed', async () => {
  const figure = { id: 'decisions-corporate', label: 'Decisions with evidence that bind the company', unit: 'share', better: 'more', currency: null, definition: 'x', counts: 'decisions', value: null, low: null, high: null, n: 0, coverage: { measured: 0, of: 1 }, missing: 'not measured; needs company.decision-recorded', target: null, last: null, lastMissing: null, opens: true };
  const cell = (text: string) => ({ text, value: text });
  const demand = { kind: 'table', id: 'demand', title: 'Requests by theme', none: 'None.', more: 3, columns: [{ name: 'Theme', isNumber: false }, { name: 'Requests', isNumber: true }], rows: [[cell('mobile'), cell('14')], [cell('invoices'), cell('9')]] };
  door.answers.set('GET /v1/reports/strategic', { status: 200, body: { title: 'Report', isOver: true, position: '1.9', pages: [{ id: 'x', title: 'Page', blocks: [{ kind: 'heading', text: 'Promises', level: 2 }, { kind: 'figure', figure }, demand] }] } });
  expect((await touchline(['report'], { url })).out.split('\n')).toEqual([
    'Report; facts up to 1.9.', '', 'Page', '  Promises', '  Decisions with evidence that bind the company  not measured; needs company.decision-recorded',
    '  Requests by theme:', '    Theme     Requests', '    --------  --------', '    mobile          14', '    invoices         9', '    3 more are not shown.',
  ]);
  const part = { customer: 'north', name: 'Nordwind', part: 600_000, of: 1_200_000, events: [{ source: 'crm', id: 'e-1' }] };
  const opened = { period: '2026-Q3', segment: null, asOf: '2026-09-30T23:59:59.999Z', position: '1.9', figure: { ...figure, id: 'retention', label: 'Gross revenue retention', value: 0.5, missing: null }, parts: [part], inputs: [] };
  door.answers.set('GET /v1/reports/strategic/figures/retention', { status: 200, body: opened });
  expect((await touchline(['report', 'figure', 'retention', '--period', '2026-Q3'], { url })).out.split('\n')).toEqual(['Gross revenue retention, 2026-Q3: 50.0 %. x', '  Customer     Part       Of  Facts', '  --------  -------  -------  -------', '  Nordwind  600,000  1,200,000  crm/e-1'].map((line, place) => (place === 0 ? line : expect.stringMatching(new RegExp(line.trim().split(/ +/).join(' +').replaceAll('-', '-+'))))));
  expect(door.asked.at(-1)!.query).toEqual({ period: '2026-Q3' });
  door.answers.set('GET /v1/company/decisions', { status: 200, body: { decisions: [{ decision: 'D-1', what: 'A second printer', state: 'taken', level: 'corporate', cost: { amount: 20_000, currency: 'EUR' }, arr: null, reason: 'Waiting hurts', evidence: [{ kind: 'figure', figure: 'retention' }, { kind: 'event', event: { source: 'crm', id: 'e-1' } }], at: '2026-10-01T09:00:00.000Z', by: 'mara', event: { source: 'x', id: 'y' } }] } });
  expect((await touchline(['report', 'decisions'], { url })).out).toBe('D-1  A second printer: taken on 2026-10-01 by mara, binds the company; cost EUR 200.00; Waiting hurts; evidence retention, crm/e-1');
  door.answers.set('PUT /v1/company/decisions/D-1', { status: 200, body: { decision: 'D-1', position: '1.9', replaced: true } });
  expect((await touchline(['report', 'decide', 'D-1', '--what', 'Another'], { url })).out).toBe('D-1 is recorded and replaces what was said before.');
});
