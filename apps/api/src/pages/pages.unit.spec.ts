import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayCounter } from '#insight';
import type { CustomerAnswer, CustomerSummary, HealthAnswer, PortfolioAnswer, TodayItem } from '#read-model';
import { pathOf } from '../access/login.controller.js';
import { ApiProblem } from '../problems/api-problem.js';
import { customerHead, subscriptionsView } from './customer-view.js';
import { customersView } from './customers-view.js';
import { errorPage } from './error-page.js';
import { html } from './html.js';
import { layout } from './layout.js';
import { marksOf } from './marks.js';
import { portfolioView, stackedBar } from './portfolio-view.js';
import { contributionsView, differenceView, restatementsView } from './health-view.js';
import { scoreChart } from './score-chart.js';
import { todayView } from './today-view.js';
import { address, dateOf, moneyOf, nameOf, signed } from './words.js';

const bands = { healthy: 70, watch: 45 };
const HOSTILE = `"><script>alert('x')</script>&amp;<img src=x onerror='y'>`;
const today = { date: '2026-11-02', day: 20759, pinned: false, timeZone: 'Europe/Berlin' };
const customer: CustomerSummary = {
  id: HOSTILE, name: HOSTILE, knownAs: null, claimed: true, status: 'active', segment: HOSTILE, owner: HOSTILE, arr: [{ amount: 1_200_000, currency: 'EUR' }], renewalOn: '2026-12-01',
  noticeOn: null, cancellation: null, score: 41.25, band: 'at-risk', computed: { score: 41.25, band: 'at-risk' }, override: null,
  perspectives: { payer: { score: 38, band: 'at-risk' }, user: { score: 81, band: 'healthy' }, apart: -43, say: HOSTILE }, coverage: 80, dataAge: 1, standing: 'running', risk: 31.24, arrAtRisk: [{ amount: 374_880, currency: 'EUR' }], held: false, asOf: today.date, say: [HOSTILE],
};
const item: TodayItem = {
  id: HOSTILE, customer, contact: { id: 'k', name: HOSTILE, role: 'payer', sponsor: true, because: 'asked to be called' }, whyNow: [HOSTILE], since: '2026-10-01',
  risk: { probability: 0.3124, otherwise: 0.14, say: HOSTILE }, atStake: { arr: customer.arr, arrAtRisk: customer.arrAtRisk, date: '2026-12-01', what: 'the renewal' }, say: { openPromises: [HOSTILE], lastWords: { text: HOSTILE, on: '2026-10-30', about: HOSTILE, by: HOSTILE }, fixedSince: [HOSTILE] },
  doNot: [HOSTILE], lastTouch: { on: '2026-10-12', what: 'a call was held', by: HOSTILE }, order: { priority: 1, because: HOSTILE },
  parts: [{ kind: 'call', id: HOSTILE, what: 'Call', due: null, owner: HOSTILE, cost: 1, because: HOSTILE }, { kind: 'task', id: HOSTILE, what: HOSTILE, due: '2026-11-03', owner: HOSTILE, cost: 1, because: HOSTILE }],
};
const whose = { owners: ['ben', HOSTILE], me: 'anna' };
const choices = { owners: ['ben'], segments: ['small'] };
const answer = { today, order: 'worst first', items: [item], more: 0, cannotTell: 2 };

/** Elements that a page has, beside the ones our own templates write. */
const dangerous = (text: string) => /<script|<img|onerror='|<(?!option value)[^>]*"">/.test(text);

describe('A page', () => {
  it('shows what people wrote as text, whatever they wrote', () => {
    const pages = [
      todayView({ answer, owner: HOSTILE, listOf: HOSTILE, mayWrite: true, noted: undefined, ...whose }),
      customersView({ today, customers: [customer], next: HOSTILE }, { form: { q: HOSTILE, segment: HOSTILE, owner: HOSTILE }, listOf: HOSTILE, choices, me: 'anna' }),
      errorPage(new ApiProblem('not-found', HOSTILE, { errors: [{ pointer: '/x', detail: `and ${HOSTILE}` }] }), { id: 'r-1' }),
      layout({ title: HOSTILE, caller: { tenant: 'acme', keyId: 'k', role: 'csm', actor: { kind: 'person', id: HOSTILE } }, body: HOSTILE }),
    ];
    for (const { text } of pages) {
      expect(text).toContain('&lt;script&gt;');
      expect(dangerous(text)).toBe(false);
    }
  });

  it('leads from an answer of the list to that of this customer, for another may have a survey of the same number', () => {
    const parts = [{ kind: 'answer' as const, id: 'V/1', what: 'Read it', due: null, owner: null, cost: 1, because: 'x' }];
    const { text } = todayView({ answer: { ...answer, items: [{ ...item, id: 'tern', parts }] }, owner: undefined, listOf: undefined, mayWrite: true, noted: undefined, ...whose });
    expect(text).toContain('href="/answers/V%2F1?customer=tern"');
  });

  it('never lets a value end an attribute or open an element', () => {
    fc.assert(fc.property(fc.string(), (value) => {
      const { text } = html`<p title="${value}">${[value]}</p>`;
      expect(text.slice(10, -4).replace('">', '')).not.toMatch(/[<>"']/);
    }));
  });

  it('leaves out what there is not, and keeps a zero', () => {
    expect(html`<p>${null}${undefined}${false}${0}${['a', html`<b>${'<'}</b>`]}</p>`.text).toBe('<p>0a<b>&lt;</b></p>');
  });
});

describe('Today', () => {
  it('says what to do next when nobody is to be called', () => {
    const none = { ...answer, items: [], cannotTell: 0 };
    expect(todayView({ answer: none, owner: undefined, listOf: 'anna', mayWrite: true, noted: undefined, ...whose }).text).toMatch(/Nobody to call on this list[^]*href="\/\?owner=all"/);
    expect(todayView({ answer: none, owner: undefined, listOf: undefined, mayWrite: true, noted: undefined, ...whose }).text).toMatch(/Nobody to call today[^]*href="\/docs"/);
  });

  it('shows of each customer whom to call, the worst and what is at stake; the rest on demand', () => {
    const { text } = todayView({ answer: { ...answer, items: [{ ...item, whyNow: ['First.', 'Second.'] }] }, owner: undefined, listOf: undefined, mayWrite: false, noted: undefined, ...whose });
    const [first, rest] = text.slice(text.indexOf('<article>')).split('<details>');
    expect([first!.includes('Call <strong>'), first!.includes('First.'), first!.includes('the renewal on'), first!.includes('Second.'), first!.includes('What to say')]).toEqual([true, true, true, false, false]);
    expect(rest).toMatch(/First\.[^]*Second\.[^]*Since[^]*What to say[^]*What not to do[^]*Why here/);
  });

  it('says how many more there are to call, and leads to them', () => {
    const shown = (more: number, items = answer.items) => todayView({ answer: { ...answer, items, more }, owner: 'all', listOf: undefined, mayWrite: false, noted: undefined, ...whose }).text;
    expect(shown(13)).toMatch(/13 more customers on the list\. <a href="\/\?owner=all&amp;limit=14">Show all/);
    expect(shown(300)).toMatch(/300 more customers on the list\. <a href="\/\?owner=all&amp;limit=100">Show the first 100/);
    expect(shown(0)).not.toContain('to call.');
  });

  it('offers no forms to those who may only read', () => {
    const text = (mayWrite: boolean) => todayView({ answer, owner: undefined, listOf: undefined, mayWrite, noted: undefined, ...whose }).text;
    expect([text(true).includes('Mark as done'), text(false).includes('Mark as done')]).toEqual([true, false]);
  });
});

describe('A list of customers', () => {
  it('says what to do next when it is empty', () => {
    const empty = { today, customers: [], next: null };
    expect(customersView(empty, { form: {}, listOf: undefined, choices, me: 'anna' }).text).toContain('How to send events');
    expect(customersView(empty, { form: { q: 'x' }, listOf: undefined, choices, me: 'anna' }).text).toContain('Take a condition away');
  });

  it('offers the owners and segments that there are, and keeps the one that was asked for', () => {
    const { text } = customersView({ today, customers: [customer], next: null }, { form: { segment: 'gone' }, listOf: 'zoe', choices, me: 'anna' });
    expect([...text.matchAll(/<option value="([^"]*)"( selected)?>(?=small|gone|Everybody|Mine|ben|zoe)/g)].map(([, value, chosen]) => `${value}${chosen ?? ''}`))
      .toEqual(['small', 'gone selected', 'all', 'anna', 'ben', 'zoe selected']);
  });

  it('keeps its conditions on the next page', () => {
    const { text } = customersView({ today, customers: [customer], next: 'c~50' }, { form: { band: 'watch', owner: 'all', cursor: 'old' }, listOf: undefined, choices, me: 'anna' });
    expect(text).toContain('href="/customers?band=watch&amp;owner=all&amp;cursor=c%7E50"');
  });
});

describe('A customer', () => {
  const whole = { ...customer, today, askedAs: null, mergedFrom: [], name: 'Tern', parent: null, children: [], conditions: [{ condition: 'silence' as const, since: '2026-10-01', say: 'nothing was heard' }], aliases: [], customerSince: null, contacts: [], lastTouch: null, position: '1.1', industry: null, region: null, size: null, subscriptions: [] };
  const health = { customer: customer.id, askedAs: null, name: 'Tern', band: 'at-risk', score: 40, coverage: 80, dataAge: 1, held: false, shown: { score: 40, max: 100 }, card: { id: 'first-scorecard', version: 1, label: null }, bands: { ...bands, margin: 3, leastCoverage: 40, boundary: 'belongs to the upper band' } } as unknown as HealthAnswer;
  const head = (more: Partial<CustomerAnswer>, then: Partial<HealthAnswer> = { askedAs: more.askedAs ?? null }, form = {}) => customerHead({ ...whole, ...more }, { ...health, ...then }, form).text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

  it('has the score on the scale of its card, the points beside it, and says by which card and edges', () => {
    expect(head({})).toContain('At risk · 40 2 Nov 2026 in Europe/Berlin By the scorecard first-scorecard (first-scorecard, version 1): healthy from 70, watch from 45 of 100; a band is left 3 points beyond its edge');
    const scaled = { band: 'healthy' as const, score: 84.5, shown: { score: 8.5, max: 10 }, card: { id: 'r-catalyst', version: 2, label: 'Catalyst' }, bands: { ...health.bands, margin: 0, boundary: 'belongs to the lower band' as const } };
    expect(head({}, scaled)).toContain('Healthy · 8.5 of 10 (84.5 of 100) 2 Nov 2026 in Europe/Berlin By the scorecard Catalyst (r-catalyst, version 2): healthy above 70, watch above 45 of 100 ');
  });

  it('who gave notice shows the cancellation in place of a renewal', () => {
    const cancellation = { requestedOn: '2026-10-30', effectiveOn: '2027-02-27' };
    expect(head({ renewalOn: null, cancellation })).toContain('Cancellation asked for on 30 Oct 2026 , takes effect on 27 Feb 2027');
    expect(head({ renewalOn: null, cancellation })).not.toContain('Renewal');
    const subscription = { id: 's', product: 'Desk', state: 'active', arr: null, renewsOn: null, noticeOn: null, cancellation };
    expect(subscriptionsView({ ...whole, subscriptions: [subscription] }).text).toContain('takes effect on <time datetime="2027-02-27">');
  });

  it('says since which fact it is held, what the figures are, and where to look', () => {
    const heldBy = { position: '1.47', source: 'helpdesk', id: 'e-1', type: 'ticket.opened', occurredAt: '2026-11-03T09:00:00.000Z' };
    const held = { ...(health as object), held: true, heldBy } as never;
    expect(customerHead(whole, held, {}).text.replace(/<[^>]+>/g, '')).toMatch(/could not be read: ticket\.opened of 3 Nov 2026, 10:00, at position 1\.47. The figures are those before it.*touchline projections parked/);
  });

  it('says who is merged into it, and that one of these was asked for', () => {
    expect(head({ askedAs: 'tern-2', mergedFrom: ['tern-2', 'tern-3'] })).toMatch(/tern-2 is merged into this customer.* Merged into it tern-2, tern-3 /);
    expect(head({})).not.toContain('erged');
  });

  it('is called on an earlier day what it was called then, and says whose figures these are', () => {
    const then = { asOf: '2026-01-31', known: 'then' };
    const before = head({ id: 'tern', askedAs: 'tern-2' }, { customer: 'tern-2', name: 'Little Tern', askedAs: null }, then);
    expect(before).toMatch(/^ ?Little Tern .*tern-2 is merged into Tern , which was not known on that day: what is said of that day is of tern-2 alone/);
    expect(head({ id: 'tern', askedAs: 'tern-2' }, { customer: 'tern-2', name: null, askedAs: null }, then)).toMatch(/^ ?tern-2 /);
    expect(head({ id: 'tern-2' }, { customer: 'tern', name: 'Both Terns', askedAs: 'tern-2' }, then)).toMatch(/^ ?Both Terns .*On that day tern-2 was merged into tern : what is said of that day is of both/);
    expect(head({}, { name: 'Former Name' }, { asOf: '2026-01-31' })).toMatch(/^ ?Former Name /);
    expect(head({}, { name: 'Former Name' }, {})).toMatch(/^ ?Tern /);
  });

  it('of whom nothing stands says that its facts were taken back', () => {
    expect(head({ status: 'retracted', claimed: false })).toContain('All facts about this customer were taken back');
    expect(head({ status: 'retracted', claimed: false })).not.toContain('Nobody has registered');
  });
});

describe('The portfolio', () => {
  it('counts those in the bands, and those who ended apart', () => {
    const answer: PortfolioAnswer = { today, customers: 63, ended: 4, unclaimed: 0, held: 0, overridden: null, arrAtRisk: [], bands: [{ band: 'watch', customers: 59, arr: [] }], segments: [] };
    expect(portfolioView(answer, { owner: undefined, listOf: undefined, owners: [], me: 'anna' }).text).toMatch(/<p>59 customers, and <a href="\/customers\?status=ended">4 who ended<\/a>\.<\/p>/);
  });
});

describe('The drawing of a score', () => {
  const point = (date: string, score: number | null) => ({ date, score, band: score === null ? 'unknown' as const : 'watch' as const, coverage: 50 });

  it('breaks the line where the score is not known, and says the same in words and as a table', () => {
    const { text } = scoreChart([point('2026-10-31', 50), point('2026-11-01', null), point('2026-11-02', 62.5)], bands);
    expect(text.match(/<polyline/g)).toHaveLength(2);
    expect(text).toContain('50 (watch) at first, 62.5 (watch) at last; lowest 50, highest 62.5.');
    expect(text.match(/<tr><td>/g)).toHaveLength(3);
  });

  it('does not draw days of which too little is known', () => {
    const { text } = scoreChart([{ ...point('2026-10-31', 99), band: 'unknown' }, point('2026-11-01', 50)], bands);
    expect(text).toContain('not known at first, 50 (watch) at last; lowest 50, highest 50.');
  });

  it('marks the days whose events moved it most, with their sentences below', () => {
    const line = (at: string, points: number, say: string) => ({ kind: 'event' as const, points, say, event: { position: '1.1', source: 's', id: say, type: 'ticket.opened', occurredAt: at } });
    const utc = dayCounter('UTC');
    const marks = marksOf([line('2026-10-10T09:00:00Z', -4, 'Four.'), line('2026-10-10T10:00:00Z', -1, 'One.'), line('2026-10-12T10:00:00Z', -3, 'Too near.'), line('2026-10-20T10:00:00Z', 0.2, 'Too small.'),
      line('2026-10-30T10:00:00Z', 2, 'Two.'), { kind: 'time', points: -9, say: 'Time.', measure: 'silence' }], utc);
    expect(marks).toEqual([{ date: '2026-10-10', points: -5, say: 'Four.', more: 1 }, { date: '2026-10-30', points: 2, say: 'Two.', more: 0 }]);
    const { text } = scoreChart([point('2026-10-09', 60), point('2026-10-10', 55), point('2026-10-30', 57)], bands, marks);
    expect(text.match(/class="mark"/g)).toHaveLength(2);
    expect(text).toContain('<li>Four. With 1 more event that day: −5.</li>');
  });

  it('says so when nothing is known', () => {
    const low = scoreChart([point('2026-11-01', 25)], { healthy: 30, watch: 20 }).text;
    expect([...low.matchAll(/text-anchor="end">(\d+)</g)].map(([, edge]) => edge)).toEqual(expect.arrayContaining(['0', '20', '30', '100']));
    expect(scoreChart([point('2026-11-01', null)], bands).text).toContain('not known on any');
  });

  it('has a table of the days on which the score changed as it is shown, and no others', () => {
    const { text } = scoreChart([point('2026-10-26', 89.04), point('2026-10-27', 89.01), point('2026-10-28', 81.1), point('2026-10-29', 89), point('2026-10-30', 89)], bands);
    expect([...text.matchAll(/<tr><td><time datetime="([^"]+)"/g)].map(([, date]) => date)).toEqual(['2026-10-29', '2026-10-28', '2026-10-26']);
  });

  it('says what was said otherwise before, as far as that became known in the span that is shown, and as text', () => {
    const said = (knownSince: string) => ({ knownSince, say: `Restated on ${knownSince} ${HOSTILE}` });
    const shown = restatementsView([said('2026-11-01T08:00:00.000Z'), said('2026-07-01T08:00:00.000Z')] as never, '2026-08-04T08:00:00.000Z')!.text;
    expect([shown.includes('Restated on 2026-11-01'), shown.includes('2026-07-01'), dangerous(shown)]).toEqual([true, false, false]);
    expect(restatementsView([], '2026-08-04T08:00:00.000Z')).toBeNull();
  });

  it('tells what moved it without lines of nothing, and of sums that are no scores no movement', () => {
    const line = (points: number, say: string) => ({ kind: 'time' as const, measure: 'm', points, say });
    const lines = [line(0, 'Nothing.'), line(0.04, 'Hardly.'), line(-12, 'Much.'), ...Array.from({ length: 10 }, (_, n) => line(1, `Some ${n}.`))];
    const told = (enough: boolean) => differenceView({ from: { at: 'x', score: 62, enough }, to: { at: 'y', score: 60, enough: true }, lines, eventsWithoutEffect: 0 } as never, 90, false).text;
    expect(told(true)).toMatch(/From 62 to 60: −2\.[^]*Much\.[^]*All 11 that moved it by 0\.1 points or more[^]*2 more moved it by less than 0\.1 points/);
    expect(told(true)).not.toMatch(/Nothing\.|Hardly\./);
    expect(told(false)).toContain('From too little known to tell to 60.');
  });

  it('tells what an unknown measure costs where it counts, and what it does to the rest', () => {
    const line = (id: string, more: object) => ({ id, group: 'a', label: id, status: 'unknown', band: 'unknown', points: 0, maxPoints: 0, lost: 0, say: `${id}.`, ...more });
    const made = (...measures: object[]) => contributionsView({ computed: { score: 66.67, band: 'watch' }, override: null, coverage: 67, groups: [{ id: 'a', label: 'A', parent: null, status: 'known', points: 66.67, maxPoints: 100, lost: 33.33 }], measures } as never).text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    const [pulse, mood, gone] = [line('Pulse', { status: 'known', band: 'good', points: 66.67, maxPoints: 66.67 }), line('Mood', { maxPoints: 33.33, lost: 33.33 }), line('Gone', {})];
    expect(made(pulse, mood)).toMatch(/What is not known counts as its card says\. .*Mood not known, 0 of 33\.3 points Mood\./);
    expect(made(pulse, mood, gone)).toMatch(/What is not known counts as its card says, or leaves its points to the rest\. .*Gone not known Gone\./);
    expect(made(pulse, gone)).toContain('What is not known leaves its points to the rest.');
  });

  it('says in a list what payer and user see, of who is looked at so, and nothing where neither is known', () => {
    const view = (score: number | null) => ({ score, band: 'watch' as const });
    const seen = (payer: number | null | undefined, user: number | null | undefined) => {
      const perspectives = { payer: payer === undefined ? null : view(payer), user: user === undefined ? null : view(user), apart: null, say: null };
      const { text } = customersView({ today, customers: [{ ...customer, perspectives }], next: null } as never, { form: {}, listOf: undefined, choices, me: 'anna' });
      return /(Payer and user see|Payer sees|User sees)<\/dt><dd>([^<]*)/.exec(text)?.slice(1) ?? null;
    };
    expect([seen(38, 81), seen(38, null), seen(undefined, 81), seen(38, undefined)]).toEqual([['Payer and user see', '38 and 81'], ['Payer and user see', '38 and not known'], ['User sees', '81'], ['Payer sees', '38']]);
    expect([seen(null, null), seen(undefined, null), seen(undefined, undefined)]).toEqual([null, null, null]);
  });

  it('says of a customer whose score is set by hand that what moved is the computed one', () => {
    const told = (overridden: boolean) => differenceView({ from: { at: 'x', score: 65, enough: true }, to: { at: 'y', score: 65, enough: true }, lines: [], eventsWithoutEffect: 0 } as never, 90, overridden).text;
    expect(told(true)).toMatch(/What moved the computed score in 90 days<\/h2>\s*<p>The score that counts is set by hand\. What was computed beside it moved so:<\/p>/);
    expect(told(false)).not.toMatch(/computed|by hand/);
  });

  it('of shares fills the whole bar', () => {
    const widths = [...stackedBar([{ band: 'watch', customers: 1 }, { band: 'at-risk', customers: 3 }]).text.matchAll(/ width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths).toEqual([75, 25]);
  });
});

describe('Words', () => {
  it('say dates, money and points as people do', () => {
    expect(dateOf('2026-11-02').text).toBe('<time datetime="2026-11-02">2 Nov 2026</time>');
    expect(moneyOf([{ amount: 1_234_500, currency: 'EUR' }, { amount: 9_000, currency: 'JPY' }]).replaceAll('\u00a0', ' ')).toBe('EUR 12,345 + JPY 9,000');
    expect(dateOf('2026-09-02').text).toContain('2 Sep 2026');
    expect(moneyOf([{ amount: 4_500_000, currency: 'HUF' }, { amount: 4_500_000, currency: 'KWD' }]).replaceAll('\u00a0', ' ')).toBe('HUF 45,000 + KWD 4,500');
    expect([{ name: 'Tern' }, { knownAs: 'crm:1' }, {}].map((one) => nameOf({ id: 'u', name: null, knownAs: null, ...one }))).toEqual(['Tern', 'crm:1', 'u']);
    expect([signed(3.24), signed(-12), signed(0), signed(-0.85), signed(0.85), signed(-0.04)]).toEqual(['+3.2', '−12', '0', '−0.9', '+0.9', '0']);
    expect(address('/customers', { q: 'a&b', band: undefined, owner: '' })).toBe('/customers?q=a%26b');
  });

  it('lead on to our own pages only, after signing in', () => {
    expect(['/customers/a?x=1', '//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', undefined].map(pathOf)).toEqual(['/customers/a?x=1', '/', '/', '/', '/', '/']);
  });
});
