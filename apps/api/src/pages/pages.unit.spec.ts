import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CustomerSummary, TodayItem } from '#read-model';
import { pathOf } from '../access/login.controller.js';
import { ApiProblem } from '../problems/api-problem.js';
import { customersView } from './customers-view.js';
import { errorPage } from './error-page.js';
import { html } from './html.js';
import { layout } from './layout.js';
import { stackedBar } from './portfolio-view.js';
import { scoreChart } from './score-chart.js';
import { todayView } from './today-view.js';
import { address, dateOf, moneyOf, signed, withDates } from './words.js';

const HOSTILE = `"><script>alert('x')</script>&amp;<img src=x onerror='y'>`;
const today = { date: '2026-11-02', day: 20759, pinned: false };
const customer: CustomerSummary = {
  id: HOSTILE, name: HOSTILE, claimed: true, status: 'active', segment: HOSTILE, owner: HOSTILE, arr: [{ amount: 1_200_000, currency: 'EUR' }], renewalOn: '2026-12-01',
  noticeOn: null, score: 41.25, band: 'at-risk', coverage: 80, dataAge: 1, held: false, asOf: today.date, say: [HOSTILE],
};
const item: TodayItem = {
  id: HOSTILE, customer, contact: { id: 'k', name: HOSTILE, role: 'payer', sponsor: true }, whyNow: [HOSTILE], since: '2026-10-01',
  atStake: { arr: customer.arr, date: '2026-12-01', what: 'the renewal' }, say: { openPromises: [HOSTILE], lastWords: { text: HOSTILE, on: '2026-10-30' }, fixedSince: [HOSTILE] },
  doNot: [HOSTILE], lastTouch: { on: '2026-10-12', what: 'a call was held', by: HOSTILE }, order: { priority: 1, because: HOSTILE },
};
const answer = { today, order: 'worst first', items: [item], cannotTell: 2 };

/** Elements that a page has, beside the ones our own templates write. */
const dangerous = (text: string) => /<script|<img|onerror='|<[^>]*"">/.test(text);

describe('A page', () => {
  it('shows what people wrote as text, whatever they wrote', () => {
    const pages = [
      todayView({ answer, owner: HOSTILE, listOf: HOSTILE, mayWrite: true, noted: undefined }),
      customersView({ today, customers: [customer], next: HOSTILE }, { q: HOSTILE, segment: HOSTILE, owner: HOSTILE }, HOSTILE),
      errorPage(new ApiProblem('not-found', HOSTILE, { errors: [{ pointer: '/x', detail: `and ${HOSTILE}` }] }), { id: 'r-1' }),
      layout({ title: HOSTILE, caller: { tenant: 'acme', keyId: 'k', role: 'csm', actor: { kind: 'person', id: HOSTILE } }, body: HOSTILE }),
    ];
    for (const { text } of pages) {
      expect(text).toContain('&lt;script&gt;');
      expect(dangerous(text)).toBe(false);
    }
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
    expect(todayView({ answer: none, owner: undefined, listOf: 'anna', mayWrite: true, noted: undefined }).text).toMatch(/Nobody to call on this list[^]*href="\/\?owner=all"/);
    expect(todayView({ answer: none, owner: undefined, listOf: undefined, mayWrite: true, noted: undefined }).text).toMatch(/Nobody to call today[^]*href="\/docs"/);
  });

  it('offers no forms to those who may only read', () => {
    const text = (mayWrite: boolean) => todayView({ answer, owner: undefined, listOf: undefined, mayWrite, noted: undefined }).text;
    expect([text(true).includes('Mark as done'), text(false).includes('Mark as done')]).toEqual([true, false]);
  });
});

describe('A list of customers', () => {
  it('says what to do next when it is empty', () => {
    const empty = { today, customers: [], next: null };
    expect(customersView(empty, {}, undefined).text).toContain('How to send events');
    expect(customersView(empty, { q: 'x' }, undefined).text).toContain('Take a condition away');
  });

  it('keeps its conditions on the next page', () => {
    const { text } = customersView({ today, customers: [customer], next: 'c~50' }, { band: 'watch', owner: 'all', cursor: 'old' }, undefined);
    expect(text).toContain('href="/customers?band=watch&amp;owner=all&amp;cursor=c%7E50"');
  });
});

describe('The drawing of a score', () => {
  const point = (date: string, score: number | null) => ({ date, score, band: score === null ? 'unknown' as const : 'watch' as const, coverage: 50 });

  it('breaks the line where the score is not known, and says the same in words and as a table', () => {
    const { text } = scoreChart([point('2026-10-31', 50), point('2026-11-01', null), point('2026-11-02', 62.5)]);
    expect(text.match(/<polyline/g)).toHaveLength(2);
    expect(text).toContain('50 (watch) at first, 62.5 (watch) at last; lowest 50, highest 62.5.');
    expect(text.match(/<tr><td>/g)).toHaveLength(3);
  });

  it('does not draw days of which too little is known', () => {
    const { text } = scoreChart([{ ...point('2026-10-31', 99), band: 'unknown' }, point('2026-11-01', 50)]);
    expect(text).toContain('not known at first, 50 (watch) at last; lowest 50, highest 50.');
  });

  it('says so when nothing is known', () => {
    expect(scoreChart([point('2026-11-01', null)]).text).toContain('not known on any');
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
    expect(withDates('due 2026-11-24, not 2026-99-99')).toBe('due 24 Nov 2026, not 2026-99-99');
    expect([signed(3.24), signed(-12), signed(0)]).toEqual(['+3.2', '−12', '0']);
    expect(address('/customers', { q: 'a&b', band: undefined, owner: '' })).toBe('/customers?q=a%26b');
  });

  it('lead on to our own pages only, after signing in', () => {
    expect(['/customers/a?x=1', '//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', undefined].map(pathOf)).toEqual(['/customers/a?x=1', '/', '/', '/', '/', '/']);
  });
});
