import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { effectiveEvents } from '#journey';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { dateOfDay } from '../day.js';
import { account, euros, facts, raised } from './testing/accounts.js';
import { pressureOf } from './competition.js';
import { lossesOf, lostTo, winBacksOf } from './losses.js';
import { outcomeFiguresOf, outcomesOf } from './outcomes.js';
import { channelsOf, presenceOf } from './presence.js';
import { promiseFiguresOf, promisesOf } from './promises.js';
import { requestsOf } from './requests.js';

const at = (days: number) => `${ago(days)}T12:00:00.000Z`;
const money = (whole: number) => ({ amount: whole * 100, currency: 'EUR' });

describe('Outcomes', () => {
  it('count as the customer says: confirmed at their value, else at ours; claimed again is open again; an answer without a claim is none', () => {
    const claim = (outcome: string, days: number, value?: number) => fact('goal.outcome-claimed', days, { outcome, ...(value !== undefined && { value: money(value) }) });
    const claims = outcomesOf(facts(account('a', 1), claim('W-1', 50, 100), fact('goal.outcome-confirmed', 40, { outcome: 'W-1', value: money(70) }), claim('W-2', 49, 30), fact('goal.outcome-rejected', 39, { outcome: 'W-2' }), claim('W-3', 48), fact('goal.outcome-confirmed', 47, { outcome: 'W-3' }),
      claim('W-4', 60, 5), fact('goal.outcome-rejected', 55, { outcome: 'W-4' }), claim('W-4', 46, 8), fact('goal.outcome-confirmed', 20, { outcome: 'W-9' })));
    expect(claims.map(({ outcome, state }) => [outcome, state])).toEqual([['W-4', 'open'], ['W-3', 'confirmed'], ['W-2', 'rejected'], ['W-1', 'confirmed']]);
    expect(outcomeFiguresOf(claims)).toMatchObject({
      claimed: 4, confirmed: 2, rejected: 1, open: 1, confirmedShare: { n: 3, value: 2 / 3 }, value: { claimed: euros(138), confirmed: euros(70), rejected: euros(30), open: euros(8), without: 1 },
    });
  });
});

describe('Promises', () => {
  it('are kept, broken, open or overdue; what ended late is kept late; kept is kept', () => {
    const made = (promise: string, due: number | null) => fact('promise.made', 90, { promise, kind: 'fix', ...(due !== null && { dueOn: ago(due) }) });
    const promises = promisesOf(facts(account('a', 1), made('on-time', 30), fact('promise.kept', 30, { promise: 'on-time' }), made('late', 30), fact('promise.kept', 29, { promise: 'late' }), made('broken', 30), fact('promise.broken', 20, { promise: 'broken' }), made('due-today', 0), made('overdue', 1), made('no-day', null),
      made('mended', 50), fact('promise.broken', 40, { promise: 'mended' }), fact('promise.kept', 10, { promise: 'mended' })), dateOfDay(TODAY), (instant) => dateOfDay(utc(instant)));
    expect(Object.fromEntries(promises.map(({ promise, state, late }) => [promise, [state, late]]))).toEqual({ 'on-time': ['kept', false], late: ['kept', true], broken: ['broken', false], 'due-today': ['open', false], overdue: ['overdue', false], 'no-day': ['open', false], mended: ['kept', true] });
    const { keptRate, keptOfDue, ...counts } = promiseFiguresOf(promises);
    expect(counts).toEqual({ promises: 7, kept: 3, late: 2, broken: 1, open: 2, overdue: 1 });
    // Wilson for 3 of 4 is 0.3006 to 0.9544.
    expect([keptRate.value, keptRate.low!.toFixed(4), keptRate.high!.toFixed(4), keptOfDue.n, keptOfDue.value]).toEqual([0.75, '0.3006', '0.9544', 5, 0.6]);
  });

  it('are kept if anybody says so, in whatever order the facts came and whatever times they name; and in time if on or before the day', () => {
    const word = fc.record({ what: fc.constantFrom('made', 'kept', 'broken'), days: fc.nat(100), due: fc.option(fc.nat(100)), order: fc.nat() });
    fc.assert(fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 6, selector: ({ days }) => days }), (words) => {
      const told = (inOrder: typeof words) => {
        const events = inOrder.map(({ what, days, due }) => fact(`promise.${what}`, days, { promise: 'K', ...(what === 'made' && due !== null && { dueOn: ago(due) }) }, { id: `${days}` }));
        return promisesOf({ account: account('a', 1), events: effectiveEvents(events) }, ago(0), (instant) => dateOfDay(utc(instant)))[0]!;
      };
      const ours = told(words);
      expect(told(words.toSorted((a, b) => a.order - b.order))).toEqual(ours);
      // By hand: the day named nearest to today, and the kept farthest from it.
      const due = words.filter(({ what }) => what === 'made').sort((a, b) => a.days - b.days)[0]?.due ?? null;
      const kept = words.filter(({ what }) => what === 'kept').map(({ days }) => days);
      expect([ours.state, ours.late]).toEqual(kept.length > 0 ? ['kept', due !== null && Math.max(...kept) < due] : [words.some(({ what }) => what === 'broken') ? 'broken' : due !== null && due > 0 ? 'overdue' : 'open', false]);
    }));
  });
});

describe('Competitors', () => {
  const spoken = (competitor: string, days: number, product?: string) => fact('competitor.mentioned', days, { competitor, ...(product && { product }) });
  const customers = [
    facts(account('a', 100), spoken('Bright', 10, 'Desk'), fact('competitor.evaluated', 5, { competitor: 'Bright', product: 'Desk' }), ...raised('F-1', 40, ['mobile'])),
    facts(account('b', 900), spoken('Bright', 20)), facts(account('c', 50), spoken('Bright', 200)), facts(account('gone', 70, 10, { current: false }), spoken('Bright', 3)),
  ];

  it('press where they are live, first where something is asked for that they may have', () => {
    const pressure = pressureOf(customers, customers.flatMap(requestsOf), { since: at(180), day: TODAY, longYears: 3 });
    expect(pressure.accounts.map(({ account: { id }, competitors, gaps }) => [id, competitors.map(({ stage, product }) => [stage, product]), gaps.map(({ feedback }) => feedback)])).toEqual([['a', [['evaluated', 'Desk']], ['F-1']], ['b', [['mentioned', null]], []]]);
    expect(pressure).toMatchObject({ withGap: 1, arr: euros(1_000), themes: [{ name: 'mobile', accounts: 1, customers: ['a'], arr: euros(100) }] });
    expect(pressure.products.map(({ name, accounts }) => [name, accounts])).toEqual([['Desk', 1], [null, 1]]);
  });

  it('press on who has long been a customer and pays well for its kind, told apart by the median of its segment', () => {
    const years = (count: number) => ({ since: TODAY - Math.ceil(count * 365.25), segment: 'large' });
    // 100, 200, 300, 400 and 900 a year: the median is 300. Of another segment, without one, gone, or in francs counts nobody.
    const kind = [facts(account('k1', 100, 10, years(1))), facts(account('k2', 200, 10, years(9))), facts(account('small', 5_000, 10, { segment: 'small' })), facts(account('none', 5_000)), facts(account('left', 5_000, 10, { ...years(9), current: false })),
      facts(account('francs', 0, 10, { ...years(9), arr: [{ amount: 1, currency: 'CHF' }] }))];
    const pressed = (id: string, pays: number, more: object, gap = true) => facts(account(id, pays, 20, more as never), spoken('Bright', 10), ...(gap ? raised(`F-${id}`, 40) : []));
    const all = [...kind, pressed('median', 300, years(3)), pressed('young', 400, years(2.9)), pressed('best', 900, years(4), false), pressed('nobody-says', 50, { segment: 'small', ...{ since: TODAY - 4_000 } })];
    const { accounts, longAndWell } = pressureOf(all, all.flatMap(requestsOf), { since: at(180), day: TODAY, longYears: 3 });
    expect(Object.fromEntries(accounts.map(({ account: { id }, years: held, pays: { ratio, n }, longAndWell: is }) => [id, [held, ratio, n, is]]))).toEqual({ median: [3, 1, 5, true], young: [2, 1.33, 5, false], best: [4, 3, 5, true], 'nobody-says': [10, null, 2, null] });
    expect(accounts[0]!.pays.median).toEqual({ amount: 30_000, currency: 'EUR' });
    expect(longAndWell).toEqual({ accounts: 1, arr: euros(300), arrAtRisk: euros(60), withRisk: 1, unknown: 1, customers: ['median'] });
  });

  it('are live from the first moment of the days on; what the customer was told of is no gap', () => {
    const told = facts(account('a', 100), spoken('Bright', 30), ...raised('F-1', 90, ['mobile']), fact('feedback.customer-told', 40, { feedback: 'F-1' }));
    const since = (moment: string) => pressureOf([told], requestsOf(told), { since: moment, day: TODAY, longYears: 3 }).accounts.map(({ gaps }) => gaps.length);
    // Spoken of at noon, 30 days ago.
    expect([since(at(30)), since(`${ago(30)}T12:00:00.001Z`)]).toEqual([[0], []]);
  });

  it('lose and win back to the moment: lost as the days begin counts, bought as it was lost is nothing bought since', () => {
    const lost = fact('sale.lost', 30, { opportunity: 'O-1', competitor: 'Bright', reason: 'price' });
    const customer = (...more: ReturnType<typeof fact>[]) => facts(account('a', 100), lost, ...more);
    expect([lossesOf(customer(), at(30)).length, lossesOf(customer(), `${ago(30)}T12:00:00.001Z`).length]).toEqual([1, 0]);
    const back = (...more: ReturnType<typeof fact>[]) => winBacksOf(lossesOf(customer(...more), at(90)), [customer(...more)], [], []).length;
    expect([back(fact('sale.won', 30, { opportunity: 'O-2' })), back(fact('sale.won', 30, { opportunity: 'O-2' }, { at: 13 }))]).toEqual([1, 0]);
  });

  it('win what was lost in the end; who bought since is not to be won back', () => {
    const opened = (opportunity: string, whole: number) => fact('sale.opportunity-opened', 100, { opportunity, amount: money(whole), product: 'Desk' });
    const lost = (opportunity: string, days: number, competitor?: string) => fact('sale.lost', days, { opportunity, reason: 'price', ...(competitor && { competitor }) });
    const all = [
      facts(account('a', 100), ...raised('F-1', 95, ['mobile']), opened('O-1', 40), lost('O-1', 90, 'Bright')), facts(account('b', 0), lost('O-2', 50, 'Bright'), fact('sale.won', 20, { opportunity: 'O-3' })),
      facts(account('c', 0), opened('O-4', 7), lost('O-4', 30), lost('O-5', 25, 'Other'), fact('sale.won', 10, { opportunity: 'O-5' })),
    ];
    const losses = all.flatMap((customer) => lossesOf(customer, at(730)));
    expect(lostTo(losses).map(({ competitor, losses: count, amount, withoutAmount }) => [competitor, count, amount, withoutAmount])).toEqual([['Bright', 2, euros(40), 1], [null, 1, euros(7), 0]]);
    const there = { initiative: 'I-1', title: 'x', strategy: null, themes: ['mobile'], requests: [], owner: null, dueOn: null, startedAt: at(80), deliveredAt: at(60), toldAt: null, droppedAt: null, reason: null, events: [] };
    expect(winBacksOf(losses, all, all.flatMap(requestsOf), [there]).map(({ account: { id }, last, delivered }) => [id, last.opportunity, delivered])).toEqual([['a', 'O-1', ['I-1']]]);
  });
});

describe('Presence', () => {
  const options = { until: at(0), days: 90, sponsorDays: 180 };
  const person = (contact: string, role: string, sponsor = false) => fact('contact.added', 400, { contact, role, sponsor });
  const talk = (days: number, people: string[] = [], twoWay = true, what = 'call-held') => fact(`engagement.${what}`, days, { with: people, twoWay });
  const of = (...events: ReturnType<typeof fact>[]) => presenceOf(facts(account('a', 1), ...events), options);

  it('is quiet without a talk, feedback or use within the days, and at the day itself', () => {
    expect(of()).toMatchObject({ quiet: true, talk: null, sponsor: 'never' });
    expect([of(talk(90)).quiet, of(talk(89)).quiet, of(talk(1, [], false)).quiet, of(fact('survey.responded', 3, { survey: 'V' })).quiet]).toEqual([true, false, true, false]);
    expect([of(fact('usage.reported', 3, { active: 0, features: ['a'] })).quiet, of(fact('usage.reported', 3, { active: 1 })).quiet, of(fact('task.done', 3, { outcome: 'spoke' })).quiet]).toEqual([true, false, false]);
  });

  it('tells roles apart: quiet is a role of which somebody is known; who is both counts as both', () => {
    const { roles } = of(person('p', 'payer'), person('u', 'user'), talk(5, ['u']));
    expect([roles.payer, roles.user, roles.sponsor]).toMatchObject([{ people: 1, quiet: true, last: null }, { people: 1, quiet: false, last: { days: 5 } }, { people: 0, quiet: false }]);
    expect(of(person('x', 'both'), talk(5, ['x'])).roles).toMatchObject({ payer: { people: 1, quiet: false }, user: { people: 1, quiet: false } });
  });

  it('has a sponsor who is live, not met, left or never named, as the measure of health has it', () => {
    const left = fact('contact.left', 10, { contact: 's' });
    expect([of(person('s', 'payer', true), talk(179, ['s'])), of(person('s', 'payer', true), talk(180, ['s'])), of(person('s', 'payer', true), talk(5, ['s']), left), of(person('s', 'payer'))].map(({ sponsor }) => sponsor)).toEqual(['live', 'not-met', 'left', 'never']);
  });

  it('knows a visit from a call, and counts what is no observation by channel', () => {
    expect([of(talk(5)).visit, of(talk(5, [], true, 'visit-made')).visit?.days]).toEqual([null, 5]);
    expect(channelsOf([facts(account('a', 1), talk(5), talk(6, [], false), talk(7, [], true, 'visit-made'), talk(3, [], false, 'observation-recorded'), talk(99))], at(90))).toEqual([{ channel: 'call-held', touches: 2, twoWay: 1, accounts: 1 }, { channel: 'visit-made', touches: 1, twoWay: 1, accounts: 1 }]);
  });
});
