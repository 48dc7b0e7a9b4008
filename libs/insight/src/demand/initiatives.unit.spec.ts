import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Initiative } from '#journey';
import { ago, fact } from '../testing/facts.js';
import { account, euros, facts, raised } from './testing/accounts.js';
import { isLeftOut, reachOf } from './initiatives.js';
import { requestsOf } from './requests.js';
import { traceabilityOf } from './traceability.js';

const at = (days: number) => `${ago(days)}T12:00:00.000Z`;
const initiative = (id: string, startedDays: number, more: Partial<Initiative> = {}): Initiative => ({
  initiative: id, title: id, strategy: null, themes: [], requests: [], owner: null, dueOn: null, startedAt: at(startedDays), deliveredAt: null, toldAt: null, droppedAt: null, reason: null, events: [], ...more,
});
const request = (customer: string, feedback: string) => ({ customer, feedback });

describe('Whom an initiative reaches', () => {
  // A was named and told of it; b was named and told of its request once it was there; c asked by theme and heard nothing; d asked when it was there already; e was linked without asking.
  const told = (feedback: string, days: number) => fact('feedback.customer-told', days, { feedback });
  const linked = (days: number) => fact('initiative.customer-linked', days, { initiative: 'I-1' });
  const customers = [
    facts(account('a', 100), ...raised('F-1', 80), linked(60), fact('initiative.delivered', 30, { initiative: 'I-1' }), fact('initiative.customer-told', 20, { initiative: 'I-1' })),
    facts(account('b', 900), ...raised('F-2', 70), told('F-2', 10), linked(60)),
    facts(account('c', 500), ...raised('F-3', 40, ['mobile'])),
    facts(account('d', 700), ...raised('F-4', 5, ['mobile'])),
    facts(account('e', 50), linked(60)),
  ];
  const one = initiative('I-1', 60, { themes: ['mobile'], requests: [request('a', 'F-1'), request('b', 'F-2')], deliveredAt: at(30) });

  it('tells who asked, was linked, has it, was told, and who never heard', () => {
    const [reach] = reachOf([one], customers, customers.flatMap(requestsOf));
    expect(reach!.customers.map(({ account: { id }, by, requests, linkedAt, hasAt, toldAt }) => [id, by, requests, linkedAt !== null, hasAt !== null, toldAt])).toEqual([
      ['b', 'request', ['F-2'], true, true, at(10)], ['c', 'theme', ['F-3'], false, true, null], ['a', 'request', ['F-1'], true, true, at(20)], ['e', 'none', [], true, true, null],
    ]);
    expect(reach).toMatchObject({ state: 'delivered', asked: 3, linked: 3, have: 4, told: 2, neverHeard: 1, arr: euros(1_500) });
    expect(reach!.customers.filter(isLeftOut).map(({ account: { id } }) => id)).toEqual(['c']);
  });

  it('takes for asked by theme who asked up to the moment at which it was there', () => {
    const raisedAt = (hour: number) => { const asks = facts(account('c', 500), fact('feedback.request-raised', 30, { feedback: 'F-3' }, { at: hour }), fact('feedback.themed', 30, { feedback: 'F-3', themes: ['mobile'] }, { at: 14 })); return reachOf([one], [asks], requestsOf(asks))[0]!.asked; };
    // It was there at noon.
    expect([11, 12, 13].map(raisedAt)).toEqual([1, 1, 0]);
  });

  it('does not take for told who heard of the request before it was there', () => {
    const early = facts(account('b', 900), ...raised('F-2', 70), told('F-2', 50), linked(60));
    expect(reachOf([one], [early], requestsOf(early))[0]).toMatchObject({ told: 0, neverHeard: 1 });
  });
});

describe('Strategy traced to customers', () => {
  const customers = [facts(account('a', 100), ...raised('F-1', 80), ...raised('F-2', 80, ['mobile'])), facts(account('b', 300), ...raised('F-3', 20))];
  const requests = customers.flatMap(requestsOf);
  const window = { from: at(90), until: at(0) };

  it('counts an initiative as asked for only by a named request that came before it', () => {
    const all = [
      initiative('asked', 60, { requests: [request('a', 'F-1')] }), initiative('later', 60, { requests: [request('b', 'F-3')] }), initiative('themes', 60, { themes: ['mobile'] }),
      initiative('nothing', 60), initiative('unknown', 60, { requests: [request('b', 'F-1')] }), initiative('before', 91, { requests: [request('a', 'F-1')] }),
    ];
    const { share, initiatives } = traceabilityOf(all, requests, window);
    expect(initiatives.map(({ initiative: { initiative: id }, lacks, evidence }) => [id, lacks, evidence.length])).toEqual([['asked', null, 1], ['later', 'raised-later', 0], ['nothing', 'nothing-named', 0], ['themes', 'themes-only', 0], ['unknown', 'requests-unknown', 0]]);
    expect([share.n, share.value]).toEqual([5, 0.2]);
  });

  it('shares out what an account pays over its requests: half of 100 and none of 300 are an eighth', () => {
    const { demand } = traceabilityOf([initiative('asked', 60, { requests: [request('a', 'F-1')] })], requests, window);
    expect([demand.answered.n, demand.answered.value, demand.named.value, demand.arr]).toEqual([2, 0.125, 0.125, euros(400)]);
    expect(demand.accounts.map(({ account: { id }, ...counts }) => [id, counts])).toEqual([['b', { requests: 1, answered: 0, named: 0 }], ['a', { requests: 2, answered: 1, named: 1 }]]);
    // By theme both of a's requests are answered, one of them by name: a quarter of what they pay.
    const themed = traceabilityOf([initiative('asked', 60, { requests: [request('a', 'F-1')], themes: ['mobile'] })], requests, window);
    expect([themed.demand.answered.value, themed.demand.named.value]).toEqual([0.25, 0.125]);
    expect(traceabilityOf([initiative('given up', 60, { requests: [request('a', 'F-1')], droppedAt: at(1) })], requests, window).demand.answered.value).toBe(0);
  });

  it('never answers more than is asked, nor less with one initiative more', () => {
    const named = fc.subarray([request('a', 'F-1'), request('a', 'F-2'), request('b', 'F-3')]);
    fc.assert(fc.property(fc.array(named, { maxLength: 4 }), named, (some, more) => {
      const shareOf = (lists: (typeof more)[]) => traceabilityOf(lists.map((own, place) => initiative(`I-${place}`, 60, { requests: own })), requests, window).demand.named.value!;
      expect(shareOf(some)).toBeLessThanOrEqual(shareOf([...some, more]));
      expect(shareOf([...some, more])).toBeLessThanOrEqual(1);
    }), { numRuns: 40 });
  });
});
