import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyEvent } from '../envelope.js';
import { formatPosition } from '../envelope.js';
import { decideOutage, evolveOutage, linkedFacts, noOutage, type OutageCommand } from './declared-outage.js';

const HOUR = 3_600_000;
const at = (hour: number) => new Date(Date.UTC(2026, 10, 3) + hour * HOUR).toISOString();
const told = (...facts: [hour: number, type: string, data?: Record<string, unknown>][]): JourneyEvent[] => facts.map(([hour, type, data], n) => ({
  source: 'test', id: `e${n}`, position: formatPosition(1, n + 1), stream: { tenant: 'acme', category: 'outage', id: 'X' }, revision: n, type, version: 1, occurredAt: at(hour), observedAt: at(hour), recordedAt: at(hour),
  witnessed: true, actor: { kind: 'system', id: 'test' }, data: { outage: 'X', ...data },
}));
const allLinked = (events: readonly JourneyEvent[]) => events.flatMap((cause) => linkedFacts(events, cause));
const brief = (facts: ReturnType<typeof linkedFacts>) => facts.map(({ customer, type }) => `${customer} ${type.slice(7)}`);

describe('An outage that was declared', () => {
  it('is declared once, takes customers once, and is told of until it is over', () => {
    const declare: OutageCommand = { do: 'declare', taken: false, customers: ['a', 'a', 'b'], service: 'mail' };
    const declared = decideOutage(noOutage, 'X', declare);
    expect(declared).toEqual({ type: 'outage.declared', data: { outage: 'X', service: 'mail', customers: ['a', 'b'] } });
    const state = told([8, 'outage.declared', { customers: ['a', 'b'] }]).reduce(evolveOutage, noOutage);
    expect(decideOutage(state, 'X', declare)).toMatchObject({ refused: 'outage-known' });
    expect(decideOutage(noOutage, 'X', { do: 'tell', type: 'outage.updated' })).toMatchObject({ refused: 'outage-unknown' });
    expect([decideOutage(state, 'X', { do: 'add', customers: ['b', 'c'] }), decideOutage(state, 'X', { do: 'add', customers: ['a'] })]).toEqual([{ type: 'outage.customers-added', data: { outage: 'X', customers: ['c'] } }, null]);
    expect(decideOutage(state, 'X', { do: 'tell', type: 'outage.eta-given', eta: at(12) })).toEqual({ type: 'outage.eta-given', data: { outage: 'X', eta: at(12) } });
    expect(decideOutage({ ...state, resolved: true }, 'X', { do: 'tell', type: 'outage.updated' })).toMatchObject({ refused: 'outage-resolved' });
  });

  it('has a number of its own, is not seen before it begins, and nobody is told of it before', () => {
    const declare: OutageCommand = { do: 'declare', taken: false, customers: ['a'], startedAt: at(7), detectedAt: at(7) };
    expect(decideOutage(noOutage, 'X', declare)).toMatchObject({ type: 'outage.declared' });
    expect(decideOutage(noOutage, 'X', { ...declare, taken: true })).toMatchObject({ refused: 'outage-number-taken' });
    expect(decideOutage(noOutage, 'X', { ...declare, detectedAt: at(6) })).toMatchObject({ refused: 'invalid-body', pointer: '/detectedAt' });
    const told8 = (data: Record<string, unknown>, hour: number) => decideOutage(told([8, 'outage.declared', { customers: ['a'], ...data }]).reduce(evolveOutage, noOutage), 'X', { do: 'tell', type: 'outage.updated', at: at(hour) });
    expect([told8({ startedAt: at(5), detectedAt: at(7) }, 5), told8({ detectedAt: at(7) }, 7), told8({}, 8)]).toEqual(Array(3).fill(expect.objectContaining({ type: 'outage.updated' })));
    expect([told8({ startedAt: at(5), detectedAt: at(7) }, 4), told8({ detectedAt: at(7) }, 6), told8({}, 7)]).toEqual(Array(3).fill(expect.objectContaining({ refused: 'invalid-body', pointer: '/at' })));
  });

  it('that was told of before it was declared brings that to all, with its own time', () => {
    const events = told([8, 'outage.declared', { customers: ['a', 'b'], detectedAt: at(5) }], [6, 'outage.customer-notified'], [7, 'outage.eta-given', { eta: at(12) }]);
    expect(allLinked(events).map(({ customer, type, occurredAt }) => [customer, type, occurredAt])).toEqual([
      ['a', 'outage.customer-affected', at(5)], ['b', 'outage.customer-affected', at(5)], ['a', 'outage.customer-notified', at(6)], ['b', 'outage.customer-notified', at(6)], ['a', 'outage.eta-given', at(7)], ['b', 'outage.eta-given', at(7)],
    ]);
  });

  it('comes into the stream of each customer; who is added later hears what was told from then on, and that it is over', () => {
    const events = told([8, 'outage.declared', { customers: ['a'], service: 'mail', startedAt: at(7), detectedAt: at(7.5) }], [9, 'outage.eta-given', { eta: at(12) }], [10, 'outage.customers-added', { customers: ['a', 'b'] }], [11, 'outage.updated'], [12, 'outage.resolved'], [13, 'outage.customers-added', { customers: ['c'] }]);
    expect(brief(linkedFacts(events, events[0]!))).toEqual(['a customer-affected']);
    expect(linkedFacts(events, events[0]!)[0]).toEqual({ customer: 'a', type: 'outage.customer-affected', data: { outage: 'X', service: 'mail', startedAt: at(7), detectedAt: at(7.5) }, occurredAt: at(7) });
    expect(brief(allLinked(events)).sort()).toEqual(['a customer-affected', 'a eta-given', 'a resolved', 'a updated', 'b customer-affected', 'b resolved', 'b updated', 'c customer-affected', 'c resolved']);
    expect(allLinked(events).find(({ customer, type }) => customer === 'c' && type === 'outage.resolved')!.occurredAt).toBe(at(12));
  });

  it('brings each message to each customer at most once, whatever was recorded when', () => {
    const step = fc.tuple(fc.integer({ min: 8, max: 20 }), fc.oneof(fc.constantFrom('outage.updated', 'outage.resolved').map((type) => ({ type, data: {} })), fc.subarray(['a', 'b', 'c'], { minLength: 1 }).map((customers) => ({ type: 'outage.customers-added', data: { customers } }))));
    fc.assert(fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
      const recorded = told([8, 'outage.declared', { customers: ['a'] }], ...steps.map(([hour, { type, data }]): [number, string, Record<string, unknown>] => [hour, type, data]));
      const events = recorded.toSorted((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt));
      // What is known when a fact comes is what was recorded up to it.
      const linked = recorded.flatMap((cause, n) => linkedFacts(events.filter((event) => recorded.indexOf(event) <= n), cause).map((fact) => ({ ...fact, cause: n })));
      for (const customer of ['a', 'b', 'c']) {
        const own = linked.filter((fact) => fact.customer === customer);
        expect(own.filter(({ type }) => type === 'outage.customer-affected').length).toBe(recorded.some(({ data }) => (data['customers'] as string[] | undefined)?.includes(customer)) ? 1 : 0);
        const over = recorded.filter(({ type }) => type === 'outage.resolved').length;
        expect(own.filter(({ type }) => type === 'outage.resolved').length).toBe(own.length > 0 ? over : 0);
        const since = recorded.findIndex(({ data }) => (data['customers'] as string[] | undefined)?.includes(customer));
        expect(own.filter(({ type }) => type === 'outage.updated').length).toBe(since < 0 ? 0 : recorded.filter(({ type }, n) => type === 'outage.updated' && n > since).length);
      }
    }));
  });
});
