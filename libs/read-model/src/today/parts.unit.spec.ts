import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addFact, emptySheet, profileOf } from '#insight';
import { calendar, ago, told, TODAY } from '../testing/facts.js';
import { type DuePart, inOneOrder, orderOf, partsOf } from './parts.js';
import { priorityOf } from './priority.js';

const profile = (amount: number, owner = 'anna') => {
  const sheet = emptySheet();
  for (const event of told([30, 'customer.registered', { name: 'A', owner }], [20, 'subscription.started', { subscription: 's', recurring: { amount: amount * 100, currency: 'EUR' }, interval: 'year', renewsOn: ago(-30) }])) addFact(sheet, event, calendar.dayOf);
  return profileOf(sheet, TODAY);
};
const due = (id: string, more: Partial<DuePart> = {}): DuePart => ({ customer: 'c1', kind: 'task', id, what: `Do ${id}`, due: ago(0), owner: null, when: 'due today', pressing: 1, ...more });
const standing = (amount: number, more: object = {}) => ({ customer: 'c1', profile: profile(amount), score: 60, call: true, ...more });
const asked = { day: TODAY };

describe('What is to be done for a customer', () => {
  it('is counted in one unit: the yearly amount, the share of it in play, and urgency', () => {
    const parts = partsOf(standing(20_000), [due('t'), due('r', { kind: 'recovery', pressing: 0.5 }), due('a', { kind: 'answer', pressing: 0 })], asked);
    expect(parts.map(({ kind, cost }) => [kind, cost])).toEqual([['call', priorityOf(60, profile(20_000), TODAY).priority], ['recovery', 27_500], ['task', 20_000], ['answer', 1_000]]);
    expect(parts[2]!.because).toBe('10 % of EUR 20,000 a year counts; due today: urgency 10 of 10.');
    expect(orderOf(parts)).toMatchObject({ priority: parts.reduce((sum, { cost }) => sum + cost, 0), because: expect.stringMatching(/^Call, .* Recovery, 27,500: .* Task, 20,000: .* Answer, 1,000: /) });
  });

  it('says of a call alone what it always said', () => {
    expect(orderOf(partsOf(standing(20_000), [], asked))).toEqual(priorityOf(60, profile(20_000), TODAY));
  });

  it('is nothing where nobody is to be called and nothing is due', () => {
    expect(orderOf(partsOf(standing(20_000, { call: false }), [], asked))).toEqual({ priority: 0, because: '' });
    expect(partsOf(standing(20_000, { score: null }), [due('t')], asked).map(({ kind }) => kind)).toEqual(['task']);
  });

  it('is that of whoever is named, else of who looks after the customer, and of whom it was escalated to', () => {
    const parts = [due('mine'), due('named', { owner: 'jonas', escalatedTo: 'head' })];
    const of = (owner: string) => partsOf(standing(20_000), parts, { ...asked, owner }).map(({ id, owner: whose }) => `${id} ${whose}`);
    expect([of('anna'), of('jonas'), of('head'), of('nobody')]).toEqual([['c1 anna', 'mine anna'], ['named jonas'], ['named jonas'], []]);
  });

  const anyPart = fc.record({ kind: fc.constantFrom('task' as const, 'recovery' as const, 'answer' as const), id: fc.stringMatching(/^[a-z]{1,4}$/), pressing: fc.double({ min: -1, max: 2, noNaN: true }) });
  const anyParts = fc.uniqueArray(anyPart, { selector: ({ id }) => id, maxLength: 6 });

  it('is the same in whatever order it comes, and weighs more with each thing more', () => {
    fc.assert(fc.property(anyParts.chain((parts) => fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length }))), fc.boolean(), ([parts, shuffled], call) => {
      const made = (some: typeof parts) => partsOf(standing(5_000, { call }), some.map(({ id, ...more }) => due(id, more)), asked);
      expect(made(shuffled)).toEqual(made(parts));
      if (parts.length > 0) expect(orderOf(made(parts)).priority).toBeGreaterThan(orderOf(made(parts.slice(1))).priority);
    }));
  });

  it('stands in one order, whatever order it comes in, with every customer once', () => {
    const item = fc.record({ customer: fc.uuid(), priority: fc.nat(5) });
    fc.assert(fc.property(fc.uniqueArray(item, { selector: ({ customer }) => customer }).chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length }))), ([items, shuffled]) => {
      expect(inOneOrder(shuffled)).toEqual(inOneOrder(items));
      expect(inOneOrder(items).every(({ priority }, place, all) => place === 0 || all[place - 1]!.priority >= priority)).toBe(true);
    }));
  });
});
