import { describe, expect, it } from '@jest/globals';
import type { JourneyEvent } from '#journey';
import { ago, fact, TODAY, utc } from '../testing/facts.js';
import { measured } from '../testing/measure.js';
import { unbrokenSince } from './unbroken.js';

/** What the measure said on each of those days, from what had happened by then. */
const asked = (id: string, events: readonly JourneyEvent[], days: readonly number[]) => days.map((days) => (
  measured(id, events.filter(({ occurredAt }) => utc(occurredAt) <= TODAY - days), TODAY - days)));
const sinces = (id: string, events: readonly JourneyEvent[], days: readonly number[]) => asked(id, events, days).map(({ lost, since }) => (lost > 0 && since !== null ? TODAY - since : null));
const week = (days: number, active: number, more = {}) => fact('usage.reported', days, { from: ago(days + 6), to: ago(days), licensed: 100, active, ...more });
const weeks = (from: number, to: number, activeOf: (days: number) => number) => Array.from({ length: (from - to) / 7 + 1 }, (_, index) => week(from - 7 * index, activeOf(from - 7 * index)));
const ticket = (what: string, days: number, id: string) => fact(`ticket.${what}`, days, { ticket: id });

describe('Since when it is so does not depend on the day of the question', () => {
  it('for a decline of usage: it is the week in which it began, not the start of the window that is compared', () => {
    const fall = weeks(330, 1, (days) => (days > 78 ? 90 : Math.max(20, 90 - 8 * ((85 - days) / 7))));
    expect(sinces('trend', fall, [64, 57, 40, 36, 15, 1, 0])).toEqual([71, 71, 71, 71, 71, 71, 71]);
    expect(sinces('licence-use', fall, [64, 40, 15, 0])).toEqual([71, 71, 71, 71]);
  });

  it('for licences: always low says since the first report, a fall from low to lower since the fall', () => {
    const low = weeks(141, 1, (days) => (days > 50 ? 50 : 20));
    expect(sinces('licence-use', low, [100, 64])).toEqual([141, 141]);
    expect(sinces('licence-use', low, [50, 22, 0])).toEqual([50, 50, 50]);
    expect(sinces('licence-use', weeks(617, 1, () => 50), [0])).toEqual([null]);
  });

  it('for features that are no longer used', () => {
    const events = Array.from({ length: 20 }, (_, index) => week(134 - 7 * index, 80, { features: 134 - 7 * index > 60 ? ['a', 'b', 'c', 'd'] : ['a'] }));
    expect(sinces('depth', events, [36, 20, 1, 0])).toEqual([36, 36, 36, 36]);
  });

  it('for what counts for some days only: as long as one follows the other', () => {
    const escalated = [150, 100, 50].flatMap((days, index) => [ticket('opened', days + 5, `T${index}`), ticket('escalated', days, `T${index}`)]);
    expect(sinces('escalated', escalated, [140, 100, 70, 41, 0])).toEqual([150, 150, 150, 150, 150]);
    const broken = [120, 60].flatMap((days) => [fact('promise.made', days + 40, { promise: `P${days}`, dueOn: ago(days) }), fact('promise.broken', days, { promise: `P${days}` })]);
    expect(sinces('promises', broken, [100, 40, 10, 0])).toEqual([120, 120, 120, 120]);
    const rivals = [200, 130].map((days) => fact('competitor.mentioned', days, { competitor: 'c' }));
    expect(sinces('competitor', [...rivals, fact('competitor.evaluated', 100, { competitor: 'c' })], [190, 120, 0])).toEqual([200, 200, 200]);
  });

  it('for invoices that are paid while others are overdue', () => {
    const invoice = (id: string, due: number) => fact('invoice.issued', due + 20, { invoice: id, amount: { amount: 100, currency: 'EUR' }, dueOn: ago(due) });
    const events = [invoice('a', 60), invoice('b', 40), fact('invoice.paid', 30, { invoice: 'a' })];
    expect(sinces('overdue-invoices', events, [45, 31, 30, 0])).toEqual([59, 59, 59, 59]);
  });

  it('for tickets that come back, stay open, or age one after the other', () => {
    const back = [80, 60, 40, 20].flatMap((days) => ['x', 'y'].flatMap((key) => [ticket('opened', 300, `${key}${days}`), ticket('resolved', 299, `${key}${days}`), ticket('reopened', days, `${key}${days}`), ticket('closed', days - 1, `${key}${days}`)]));
    expect(sinces('reopened', back, [70, 50, 30, 10])).toEqual([80, 80, 80, 80]);
    const aged = [ticket('opened', 60, 'A'), ticket('opened', 50, 'B'), ticket('resolved', 20, 'A')];
    expect(sinces('ageing-tickets', aged, [40, 21, 20, 0])).toEqual([45, 45, 45, 45]);
    const open = Array.from({ length: 6 }, (_, index) => ticket('opened', 40 - index, `O${index}`));
    expect(new Set(sinces('open-tickets', [ticket('opened', 400, 'old'), ticket('closed', 399, 'old'), ...open], [30, 20, 10, 0])).size).toBe(1);
  });

  it('for voices: the day from which on they were less than well, though the first of the bad answers is forgotten', () => {
    const answers = [700, 600, 500, 390, 300, 200, 60].map((days, index) => fact('survey.responded', days, { survey: `s${index}`, score: days > 550 ? 10 : 2, role: 'user', instrument: { kind: 'nps', min: 0, max: 10 } }));
    expect(sinces('user-voice', answers, [390, 300, 190, 140])).toEqual([500, 500, 500, 500]);
  });
});

describe('An unbroken stretch', () => {
  it('joins spans that touch, ends where a day is free, and is nothing when today is not covered', () => {
    expect(unbrokenSince([[1, 5], [6, 9], [12, 20], [15, Infinity]], 14)).toBe(12);
    expect(unbrokenSince([[1, 5], [6, 9]], 9)).toBe(1);
    expect(unbrokenSince([[1, 5]], 6)).toBeUndefined();
  });
});
