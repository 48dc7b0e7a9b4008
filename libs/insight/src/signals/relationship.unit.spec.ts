import { describe, expect, it } from '@jest/globals';
import { ago, fact, TODAY } from '../testing/facts.js';
import { measured } from '../testing/measure.js';
import { readSignal } from '../testing/read-signal.js';

const call = (days: number, twoWay = true, people: string[] = []) => fact('engagement.call-held', days, { twoWay, with: people });
const payer = fact('contact.added', 400, { contact: 'anna', role: 'payer', sponsor: true });

describe('Two-way contact', () => {
  it('75 days ago is half the way from 30 to 120', () => {
    expect(measured('contact', [call(75), call(10, false)])).toMatchObject({ value: 75, quality: 0.5, since: TODAY - 75, say: expect.stringContaining('75 days without two-way contact cost') });
    expect(measured('contact', [call(0)])).toMatchObject({ quality: 1, say: 'Two-way contact today: no points lost.' });
  });

  it('that never happened counts from the first attempt; without any attempt it is unknown', () => {
    expect(measured('contact', [call(120, false), call(3, false)])).toMatchObject({ value: 120, quality: 0 });
    expect(measured('contact', [payer])).toMatchObject({ status: 'unknown' });
  });

  it('a task of today\'s list that ended in a talk is one', () => {
    expect(measured('contact', [call(75), fact('task.done', 2, { list: 'today', outcome: 'spoke' })]).value).toBe(2);
    expect(measured('contact', [call(75), fact('task.done', 2, { list: 'today', outcome: 'no-answer' })]).value).toBe(75);
  });
});

describe('Contact with a payer', () => {
  it('counts only talks with somebody who pays: 90 days is a quarter of the way from 60 to 180', () => {
    expect(measured('payer-contact', [payer, call(90, true, ['anna']), call(2, true, ['ben'])])).toMatchObject({ value: 90, quality: 0.75 });
  });

  it('is unknown while nobody is known to pay', () => {
    expect(measured('payer-contact', [call(90, true, ['anna'])]).reason).toBe('nobody is known to be the payer');
    expect(measured('payer-contact', [payer, fact('contact.left', 3, { contact: 'anna' }), call(90)]).status).toBe('unknown');
  });
});

describe('The sponsor', () => {
  it('is live when met in the last 180 days, quiet when not, gone when left', () => {
    expect(measured('sponsor', [payer, call(179, true, ['anna'])])).toMatchObject({ value: 2, quality: 1 });
    expect(measured('sponsor', [payer, call(180, true, ['anna'])])).toMatchObject({ value: 1, quality: 0.5 });
    expect(measured('sponsor', [payer, fact('contact.left', 20, { contact: 'anna' })])).toMatchObject({ value: 0, quality: 0, since: TODAY - 20 });
  });

  it('is unknown when nobody was ever named', () => {
    expect(measured('sponsor', [fact('contact.added', 9, { contact: 'ben', role: 'user' })]).status).toBe('unknown');
  });
});

describe('Promises', () => {
  const made = (id: string, dueIn: number) => fact('promise.made', 60, { promise: id, dueOn: ago(-dueIn) });

  it('one broken and one overdue are two: a quarter is left', () => {
    const events = [made('a', -30), fact('promise.broken', 20, { promise: 'a' }), made('b', -1), made('c', 0)];
    expect(measured('promises', events)).toMatchObject({ value: 2, quality: 0.25, since: TODAY - 29, say: expect.stringContaining('2 promises broken or overdue') });
  });

  it('kept in the end are good, and a broken one is forgotten after 90 days', () => {
    expect(measured('promises', [made('a', -30), fact('promise.kept', 2, { promise: 'a' })])).toMatchObject({ value: 0, quality: 1 });
    expect(measured('promises', [fact('promise.broken', 90, { promise: 'a' })]).value).toBe(0);
  });
});

describe('Visits', () => {
  it('are days since the last one, or since the last business review, whichever was later', () => {
    const events = [fact('engagement.business-review-held', 80, { twoWay: true }), fact('engagement.visit-made', 120, { twoWay: true }), call(3)];
    expect(readSignal('visits', events)).toEqual({ value: 80, refs: [events[0]!.revision], age: 80, since: TODAY - 80, what: '80 days without a visit or business review' });
    expect(readSignal('visits', [...events, fact('engagement.visit-made', 0, { twoWay: false })])).toMatchObject({ value: 0, what: 'a visit or business review today' });
  });

  it('are unknown where none was made, though calls were', () => {
    expect(readSignal('visits', [call(3)])).toEqual({ missing: 'no visit or business review has been recorded' });
  });
});
