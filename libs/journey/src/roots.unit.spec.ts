import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatPosition, type JourneyEvent } from './envelope.js';
import { Roots } from './roots.js';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const fact = (id: string, into: string | null, n = 1): JourneyEvent => ({
  source: 'test', id: `e${n}`, position: formatPosition(1, n), stream: { tenant: 'acme', category: 'customer', id }, revision: 0, version: 1, type: into === null ? 'customer.unmerged' : 'customer.merged',
  occurredAt: '2026-01-01T00:00:00.000Z', observedAt: '2026-01-01T00:00:00.000Z', recordedAt: '2026-01-01T00:00:00.000Z', witnessed: true, actor: { kind: 'system', id: 'test' }, data: into === null ? {} : { into },
});
const facts = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.option(fc.constantFrom(...NAMES))), { maxLength: 30 }).map((list) => list.map(([id, into], n) => fact(id, into, n + 1)));
/** One by one: a merge that leads back and is counted fails the test here, where following it would never end. */
const rootsFrom = (all: readonly JourneyEvent[], roots = new Roots()): Roots => {
  for (const each of all) {
    const leadsBack = each.type === 'customer.merged' && roots.members(each.stream.id).includes(String(each.data['into']));
    if (roots.add(each) && leadsBack) throw new Error(`${each.stream.id} is merged in a circle`);
  }
  return roots;
};
const rootsOf = (roots: Roots) => NAMES.map((name) => roots.root(name));

describe('Roots of merged customers', () => {
  it('are followed over chains, and found again when one of a chain is taken out', () => {
    const roots = Roots.of([fact('a', 'b'), fact('b', 'c'), fact('d', 'b')]);
    expect(rootsOf(roots)).toEqual(['c', 'c', 'c', 'c', 'e', 'f']);
    expect(roots.members('c')).toEqual(['c', 'b', 'a', 'd']);
    expect(roots.shared()).toEqual(['c']);
    roots.add(fact('b', null));
    expect(rootsOf(roots)).toEqual(['b', 'b', 'c', 'b', 'e', 'f']);
    expect(roots.shared()).toEqual(['b']);
  });

  it('are never a circle, whatever the log says', () => {
    const roots = Roots.of([fact('a', 'b'), fact('b', 'c')]);
    expect([roots.add(fact('c', 'a')), roots.add(fact('c', 'c')), roots.add(fact('e', null))]).toEqual([false, false, false]);
    expect(rootsOf(roots)).toEqual(['c', 'c', 'c', 'd', 'e', 'f']);
  });

  it('stand for groups that share no member, over any facts', () => {
    fc.assert(fc.property(facts, (all) => {
      const roots = rootsFrom(all);
      for (const name of NAMES) {
        expect(roots.root(roots.root(name))).toBe(roots.root(name));
        expect(roots.merge(name) === undefined).toBe(roots.root(name) === name);
        expect(roots.members(name).filter((member) => roots.root(member) !== roots.root(name))).toEqual([]);
      }
      const tops = NAMES.filter((name) => roots.root(name) === name);
      expect(tops.flatMap((top) => roots.members(top)).sort()).toEqual(NAMES);
      expect(roots.shared().sort()).toEqual(tops.filter((top) => roots.members(top).length > 1));
    }));
  });

  it('are the same however the facts come: at once, one by one, or from a copy made on the way', () => {
    fc.assert(fc.property(facts, fc.nat(30), (all, half) => {
      const copied = rootsFrom(all.slice(half), rootsFrom(all.slice(0, half)).copy());
      expect(rootsOf(copied)).toEqual(rootsOf(Roots.of(all)));
    }));
  });

  it('are what they were before when a merge is undone, whatever else is merged', () => {
    fc.assert(fc.property(facts, fc.constantFrom(...NAMES), fc.constantFrom(...NAMES), (all, id, into) => {
      const roots = rootsFrom(all);
      if (roots.merge(id)) return;
      const before = rootsOf(roots);
      roots.add(fact(id, into));
      roots.add(fact(id, null));
      expect(rootsOf(roots)).toEqual(before);
    }));
  });
});
