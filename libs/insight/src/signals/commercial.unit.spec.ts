import { describe, expect, it } from '@jest/globals';
import { ago, fact, TODAY } from '../testing/facts.js';
import { measured } from '../testing/measure.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const started = (id = 's', more = {}) => fact('subscription.started', 400, { subscription: id, recurring: eur(1000), interval: 'month', ...more });
const asked = (id = 's') => fact('subscription.cancellation-requested', 5, { subscription: id });

describe('Overdue invoices', () => {
  const issued = fact('invoice.issued', 60, { invoice: 'i', amount: eur(5000), dueOn: ago(35) });

  it('35 days is half the way from 10 to 60: 0.4 is left', () => {
    expect(measured('overdue-invoices', [issued])).toMatchObject({ value: 35, quality: 0.4, since: TODAY - 34, say: expect.stringContaining('1 invoice up to 35 days overdue cost') });
  });

  it('paid or credited in full are settled, credited in part are not', () => {
    expect(measured('overdue-invoices', [issued, fact('invoice.paid', 1, { invoice: 'i' })])).toMatchObject({ value: 0, quality: 1 });
    expect(measured('overdue-invoices', [issued, fact('invoice.credited', 1, { invoice: 'i', amount: eur(5000) })]).value).toBe(0);
    expect(measured('overdue-invoices', [issued, fact('invoice.credited', 1, { invoice: 'i', amount: eur(4999) })]).value).toBe(35);
  });

  it('are overdue from the day after, and may first be heard of when they are', () => {
    expect(measured('overdue-invoices', [issued], TODAY - 35)).toMatchObject({ value: 0, since: null, say: 'No overdue invoices: no points lost.' });
    expect(measured('overdue-invoices', [issued], TODAY - 34).value).toBe(1);
    expect(measured('overdue-invoices', [fact('invoice.overdue', 3, { invoice: 'x', days: 7 })]).value).toBe(10);
  });
});

describe('An undecided renewal', () => {
  it('in 45 days is half of the last 90 gone', () => {
    expect(measured('renewal', [started('s', { renewsOn: ago(-45) })])).toMatchObject({ value: 45, quality: 0.5, since: TODAY - 44, say: expect.stringContaining('A renewal in 45 days without a decision cost') });
    expect(measured('renewal', [started('s', { renewsOn: ago(-90) })])).toMatchObject({ value: 0, quality: 1 });
  });

  it('costs nothing once decided or when it renews by itself, and everything once its date has passed', () => {
    const near = started('s', { renewsOn: ago(-10) });
    const opened = fact('renewal.opened', 60, { renewal: 'r', subscription: 's', dueOn: ago(-10) });
    expect(measured('renewal', [near, opened]).value).toBe(80);
    expect(measured('renewal', [near, opened, fact('renewal.decided', 3, { renewal: 'r', decision: 'yes' })]).value).toBe(0);
    expect(measured('renewal', [started('s', { renewsOn: ago(-10), autoRenew: true, termMonths: 12 })]).value).toBe(0);
    expect(measured('renewal', [started('s', { renewsOn: ago(4) })])).toMatchObject({ value: 90, quality: 0, say: expect.stringContaining('A renewal date passed 4 days ago without a decision') });
  });

  it('after a renewal the next date counts', () => {
    const events = [started('s', { renewsOn: ago(4) }), fact('renewal.renewed', 6, { renewal: 'r', subscription: 's', renewsOn: ago(-361) })];
    expect(measured('renewal', events).value).toBe(0);
  });
});

describe('Signs of leaving', () => {
  it('a request to cancel loses everything, until it is withdrawn or the contract renewed', () => {
    expect(measured('leaving', [started(), asked()])).toMatchObject({ value: 2, quality: 0, since: TODAY - 5, say: expect.stringContaining('A request to cancel cost') });
    expect(measured('leaving', [started(), asked(), fact('subscription.cancellation-withdrawn', 2, { subscription: 's' })]).value).toBe(0);
    expect(measured('leaving', [started(), asked(), fact('renewal.renewed', 2, { renewal: 'r', subscription: 's', renewsOn: ago(-300) })]).value).toBe(0);
  });

  it('a no counts like a request', () => {
    const events = [started(), fact('renewal.opened', 30, { renewal: 'r', subscription: 's', dueOn: ago(-30) }), fact('renewal.decided', 3, { renewal: 'r', decision: 'no' })];
    expect(measured('leaving', events)).toMatchObject({ value: 2, since: TODAY - 3, say: expect.stringContaining('A decision not to renew') });
  });

  it('of less than half of the revenue count 1.5, of half or of unknown revenue 2', () => {
    expect(measured('leaving', [started('s'), started('t', { recurring: eur(1001) }), asked('s')])).toMatchObject({ value: 1.5, quality: 0.2 });
    expect(measured('leaving', [started('s'), started('t'), asked('s')]).value).toBe(2);
    expect(measured('leaving', [started('s'), started('t', { recurring: { amount: 9_000, currency: 'USD' } }), asked('s')]).value).toBe(2);
  });

  it('the last day to give notice counts 1 from 29 days before on, and no longer once it has passed', () => {
    const terms = started('s', { renewsOn: ago(-60), noticeDays: 60 });
    expect([-30, -29, 0, 1].map((days) => measured('leaving', [terms], TODAY + days).value)).toEqual([0, 1, 1, 0]);
    expect(measured('leaving', [terms])).toMatchObject({ quality: 0.5, say: expect.stringContaining('The last day to give notice cost') });
  });

  it('the end of the last subscription loses everything; one of two does not', () => {
    const ended = fact('subscription.ended', 9, { subscription: 's', reason: 'voluntary' });
    expect(measured('leaving', [started(), ended])).toMatchObject({ value: 2, since: TODAY - 9 });
    expect(measured('leaving', [started(), started('t'), ended]).value).toBe(0);
  });
});

describe('Competitors', () => {
  it('mentioned in 90 days leave half, evaluated in 180 days nothing', () => {
    const mentioned = fact('competitor.mentioned', 89, { competitor: 'c' });
    const evaluated = fact('competitor.evaluated', 179, { competitor: 'c' });
    expect(measured('competitor', [mentioned])).toMatchObject({ value: 1, quality: 0.5 });
    expect(measured('competitor', [mentioned], TODAY + 1).value).toBe(0);
    expect(measured('competitor', [mentioned, evaluated])).toMatchObject({ value: 2, quality: 0, say: expect.stringContaining('A competitor under evaluation') });
    expect(measured('competitor', []).status).toBe('unknown');
  });
});
