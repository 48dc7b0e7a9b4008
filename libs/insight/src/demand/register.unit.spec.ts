import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ago, fact } from '../testing/facts.js';
import { account, euros, facts, raised } from './testing/accounts.js';
import { DEMAND_SORTS, registerOf } from './register.js';
import { requestsOf } from './requests.js';
import { toolsOf } from './tools.js';

const UNTIL = `${ago(0)}T12:00:00.000Z`;

describe('The register of demand', () => {
  // North pays 1,000 at 10 %, south 3,000 at an unknown chance. Mobile: F-1 and F-2 of north (60 and 10 days), F-3 of south (30 days, told).
  const north = account('north', 1_000, 10);
  const south = account('south', 3_000, null);
  const requests = [
    ...requestsOf(facts(north, ...raised('F-1', 60, ['mobile', 'printing']), ...raised('F-2', 10, ['mobile']))),
    ...requestsOf(facts(south, ...raised('F-3', 30, ['mobile']), fact('feedback.answered', 20, { feedback: 'F-3', department: 'product' }), fact('feedback.customer-told', 15, { feedback: 'F-3' }), ...raised('F-4', 90))),
  ];

  it('weighs a theme by accounts, each once, by what they pay, and by what of it may go', () => {
    const { total, themes, currency } = registerOf(requests, UNTIL, 'arr');
    expect(currency).toBe('EUR');
    expect(themes.map(({ theme, requests: count, accounts, arr }) => [theme, count, accounts, arr])).toEqual([['mobile', 3, 2, euros(4_000)], [null, 1, 1, euros(3_000)], ['printing', 1, 1, euros(1_000)]]);
    expect(themes[0]).toMatchObject({ arrAtRisk: euros(100), withoutRisk: 1, answered: 1, told: 1, open: 2, oldestDays: 60, medianDays: 35 });
    expect(total).toMatchObject({ requests: 4, accounts: 2, arr: euros(4_000), open: 3, oldestDays: 90, medianDays: 60 });
  });

  it('counts as told who heard of an initiative that is linked to the request by name, and no other', () => {
    const told = fact('initiative.customer-told', 5, { initiative: 'I-1' });
    const linked = (initiative: string) => fact('initiative.customer-linked', 20, { initiative, requests: ['F-1'] });
    const toldAt = (...events: ReturnType<typeof fact>[]) => requestsOf(facts(north, ...raised('F-1', 60), ...raised('F-2', 50), ...events)).map((request) => request.toldAt?.slice(0, 10) ?? null);
    expect([toldAt(linked('I-1'), told), toldAt(linked('I-2'), told), toldAt(linked('I-1'))]).toEqual([[ago(5), null], [null, null], [null, null]]);
    expect(toldAt(linked('I-1'), told, fact('feedback.customer-told', 9, { feedback: 'F-1' }))).toEqual([ago(9), null]);
  });

  it('is sorted by the weight that is asked for', () => {
    const order = (sort: (typeof DEMAND_SORTS)[number]) => registerOf(requests, UNTIL, sort).themes.map(({ theme }) => theme);
    expect(order('age')).toEqual([null, 'mobile', 'printing']);
    expect(order('risk')).toEqual(['mobile', 'printing', null]);
    expect(order('requests')).toEqual(['mobile', 'printing', null]);
  });

  it('has every request once in each of its themes and once in the total, and every sum is that of its list', () => {
    const some = fc.array(fc.record({ who: fc.integer({ min: 0, max: 4 }), themes: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }), days: fc.integer({ min: 0, max: 400 }), told: fc.boolean() }), { minLength: 1, maxLength: 25 });
    const payers = [100, 0, 250, 70, 1_000].map((pays, place) => account(`c${place}`, pays, place % 2 === 0 ? 20 : null));
    fc.assert(fc.property(some, fc.constantFrom(...DEMAND_SORTS), (drawn, sort) => {
      const all = payers.flatMap((who, place) => requestsOf(facts(who, ...drawn.flatMap(({ who: by, themes, days, told }, n) => (by !== place ? [] : [...raised(`F-${n}`, days, themes), ...(told ? [fact('feedback.customer-told', 0, { feedback: `F-${n}` })] : [])])))));
      const { total, themes } = registerOf(all, UNTIL, sort);
      expect(total.requests).toBe(drawn.length);
      const expected = drawn.reduce((sum, { themes: own }) => sum + Math.max(1, new Set(own).size), 0);
      expect(themes.reduce((sum, { requests: count }) => sum + count, 0)).toBe(expected);
      for (const { theme, items, ...weight } of themes) {
        expect(new Set(items.map(({ feedback }) => feedback)).size).toBe(weight.requests);
        expect(items.every((item) => (theme === null ? item.themes.length === 0 : item.themes.includes(theme)))).toBe(true);
        const who = [...new Set(items.map((item) => item.account))];
        expect([weight.accounts, weight.open + weight.told]).toEqual([who.length, weight.requests]);
        expect(weight.arr.reduce((sum, { amount }) => sum + amount, 0)).toBe(who.reduce((sum, { arr }) => sum + (arr[0]?.amount ?? 0), 0));
      }
      expect(total.arr.reduce((sum, { amount }) => sum + amount, 0)).toBe([...new Set(drawn.map(({ who }) => who))].reduce((sum, who) => sum + (payers[who]!.arr[0]?.amount ?? 0), 0));
    }), { numRuns: 60 });
  });
});

describe('A tool in our place', () => {
  it('counts the newest word of each place, and grows against the first', () => {
    const seen = (tool: string, days: number, seats: number, unit: string) => fact('feedback.workaround-tool-seen', days, { tool, seats, unit, themes: ['reporting'] });
    const [tool] = toolsOf([facts(account('north', 10), seen('Sheet', 90, 4, 'Depot'), seen('Sheet', 10, 9, 'Depot'), seen('Sheet', 50, 2, 'Office')), facts(account('south', 5), fact('feedback.workaround-tool-seen', 3, { tool: 'Sheet' }))]);
    expect(tool).toMatchObject({ tool: 'Sheet', accounts: 2, seats: 11, firstSeats: 6, arr: euros(15), themes: ['reporting'] });
    expect(tool!.seen.map(({ events }) => events.length)).toEqual([2, 1, 1]);
  });
});
