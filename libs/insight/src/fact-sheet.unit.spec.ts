import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent } from '#journey';
import { weekOf } from './day.js';
import { addFact, emptySheet, type FactSheet, newsOf } from './fact-sheet.js';
import { profileOf } from './profile.js';
import { ago, fact, TODAY, utc } from './testing/facts.js';
import { histories } from './testing/histories.js';

const sheetOf = (events: readonly JourneyEvent[]): FactSheet => events.reduce((sheet, event) => addFact(sheet, event, utc), emptySheet());

const shuffled = histories().chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }), fc.subarray(events)));

describe('The fact sheet', () => {
  it('is the same in whatever order facts arrive, and however often each one does', () => {
    fc.assert(fc.property(shuffled, ([events, mixed, again]) => {
      expect(sheetOf([...mixed, ...again])).toEqual(sheetOf(events));
    }), { numRuns: 300 });
  });

  it('keeps apart what is said of who was merged into the customer, in whatever order it arrives', () => {
    const own = fact('customer.registered', 30, { name: 'Stays' });
    const others = [fact('customer.registered', 10, { name: 'Goes', owner: 'gina' }), fact('customer.closed', 5, {})].map((event) => ({ ...event, absorbed: true }));
    for (const told of [[own, ...others], [...others, own]]) expect(profileOf(sheetOf(told), TODAY)).toMatchObject({ name: 'Stays', owner: 'gina', claimed: true, customerSince: TODAY - 30, status: 'prospect' });
    expect(profileOf(sheetOf(others), TODAY)).toMatchObject({ name: 'Goes', claimed: true, status: 'ended' });
  });

  it('is the same after a trip through JSON, also in the middle of the facts', () => {
    fc.assert(fc.property(histories(), fc.nat(60), (events, cut) => {
      const half = JSON.parse(JSON.stringify(sheetOf(events.slice(0, cut)))) as FactSheet;
      const whole = events.slice(cut).reduce((sheet, event) => addFact(sheet, event, utc), half);
      expect(whole).toEqual(sheetOf(events));
      expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
    }));
  });

  it('holds no personal field, sealed or not', () => {
    fc.assert(fc.property(histories(), (events) => {
      expect(JSON.stringify(sheetOf(events))).not.toMatch(/"kid"|"ct"/);
    }));
  });

  it('keeps the latest 60 weeks of usage, whichever week arrives first', () => {
    const report = (days: number) => fact('usage.reported', days, { from: ago(days + 6), to: ago(days), active: 5 });
    const reports = Array.from({ length: 80 }, (_, week) => report(week * 7));
    const early = sheetOf(reports);
    expect(Object.keys(early.usage.weeks)).toHaveLength(60);
    expect(Math.min(...Object.keys(early.usage.weeks).map(Number))).toBe(weekOf(TODAY) - 59);
    expect(sheetOf([...reports].reverse())).toEqual(early);
  });

  it('keeps the 50 recorded figures with the newest facts, whichever name arrives first', () => {
    const told = fc.array(fc.record({ measure: fc.integer({ min: 1, max: 70 }).map((name) => `m${name}`), days: fc.nat(40), value: fc.nat(9) }), { minLength: 100, maxLength: 200 })
      .map((list) => list.map(({ measure, days, value }, index) => fact('customer.measurement-recorded', days, { measure, value }, { n: index + 1 })));
    fc.assert(fc.property(told.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }))), ([events, mixed]) => {
      const newest = [...events].sort((a, b) => b.occurredAt.localeCompare(a.occurredAt) || b.revision - a.revision);
      const names = [...new Set(newest.map(({ data }) => `measurement:${String(data['measure'])}`))].slice(0, 50);
      expect(new Set(Object.keys(sheetOf(mixed).customer))).toEqual(new Set(names));
      expect(sheetOf([...mixed, ...events])).toEqual(sheetOf(events));
    }), { numRuns: 100 });
  });

  it('forgets missed targets with the tickets', () => {
    const missed = (days: number) => fact('ticket.sla-missed', days, { ticket: `T${days}` });
    for (const told of [[missed(800), missed(5)], [missed(5), missed(800)]]) expect(Object.keys(sheetOf(told).missed!)).toEqual([':T5']);
  });

  it('forgets tickets that nobody has touched for two years, and stays small', () => {
    const events = Array.from({ length: 3000 }, (_, index) => fact('ticket.opened', 3000 - index, { ticket: `T${index}` }));
    expect(Object.keys(sheetOf(events).logs.ticket).length).toBeLessThanOrEqual(756);
    expect(sheetOf([...events].reverse())).toEqual(sheetOf(events));
  });

  it('takes any name for a ticket, a product or a contact', () => {
    const odd = ['constructor', '__proto__', 'toString'];
    const events = odd.flatMap((name) => [fact('ticket.opened', 5, { ticket: name }), fact('contact.added', 5, { contact: name, role: 'user' }), fact('usage.feature-adopted', 5, { feature: name })]);
    const sheet = JSON.parse(JSON.stringify(sheetOf(events))) as FactSheet;
    expect(Object.keys(sheet.logs.ticket)).toEqual([':constructor', ':__proto__', ':toString']);
    expect(Object.keys(sheet.contacts)).toHaveLength(3);
    expect(Object.keys(sheet.usage.adopted)).toHaveLength(3);
  });

  it('counts a tenant\'s own types as touches, and the clock, corrections and erasures not at all', () => {
    const own = sheetOf([fact('x-visit.planned', 3, { kid: 'k', iv: 'i', ct: 'c' }, { n: 7, actor: { kind: 'person', id: 'u1' } })]);
    expect(own.touch.last?.[3]).toEqual({ type: 'x-visit.planned', by: 'u1' });
    expect(own.touch.signs).toEqual({});
    expect(own.latest).toMatchObject({ day: TODAY - 3, n: 7 });
    expect(sheetOf([fact('clock.day-closed', 1, { day: ago(1) }), fact('record.retracted', 1, { import: 'i1', reason: 'slip' }), fact('contact.erased', 1, { contact: 'p1' })])).toEqual(emptySheet());
  });

  it('work of ours on an answer is neither a touch nor a sign of life nor news; that the customer was told is a touch', () => {
    const answer = fact('survey.responded', 9, { survey: 'V', instrument: { kind: 'nps', min: 0, max: 10 }, score: 3 });
    const ours = ['survey.response-viewed', 'survey.marked-complaint', 'survey.set-aside', 'feedback.themed', 'feedback.routed', 'feedback.accepted', 'feedback.declined', 'feedback.answered'];
    const worked = sheetOf([answer, ...ours.map((type) => fact(type, 3, { survey: 'V', feedback: 'F', department: 'd' }))]);
    const alone = sheetOf([answer]);
    expect([newsOf(worked), worked.touch.last, worked.touch.signs, worked.logs]).toEqual([newsOf(alone), alone.touch.last, alone.touch.signs, alone.logs]);
    const told = sheetOf([answer, fact('feedback.customer-told', 2, { feedback: 'F' })]);
    expect([newsOf(told), told.touch.last?.[2]]).toEqual([TODAY - 9, TODAY - 2]);
    expect(newsOf(sheetOf([answer, fact('feedback.request-raised', 1, { feedback: 'F', what: 'More' })]))).toBe(TODAY - 1);
  });

  it('a usage report for the same period and product replaces the earlier one', () => {
    const first = fact('usage.reported', 2, { from: ago(9), to: ago(3), product: 'desk', active: 10 });
    const second = fact('usage.reported', 1, { from: ago(9), to: ago(3), product: 'desk', active: 4 });
    const { weeks } = sheetOf([second, first]).usage;
    expect(Object.values(weeks).flat().map((report) => report[6])).toEqual([4]);
  });

  it('of two facts of the same instant the later position counts as later', () => {
    const report = (n: number, active: number) => fact('usage.reported', 2, { from: ago(9), to: ago(3), active }, { n });
    const closed = fact('ticket.closed', 2, { ticket: 'T' }, { n: 2 });
    const reopened = fact('ticket.reopened', 2, { ticket: 'T' }, { n: 3 });
    const sheet = sheetOf([report(5, 4), report(4, 10), reopened, closed]);
    expect(sheet.logs.ticket[':T']!.map(([, n]) => n)).toEqual([2, 3]);
    expect(Object.values(sheet.usage.weeks).flat().map((one) => one[6])).toEqual([4]);
  });

  it('a usage period that ends far in the future does not push out the real weeks', () => {
    const sheet = sheetOf([fact('usage.reported', 0, { from: ago(6), to: ago(0), active: 3 }), fact('usage.reported', 0, { from: ago(6), to: '2126-01-01', active: 3 })]);
    expect(Object.keys(sheet.usage.weeks)).toHaveLength(2);
  });
});
