import { describe, expect, it } from '@jest/globals';
import { type AliasState, type IdentityRequest, planAliases } from './alias-plan.js';
import { refText } from './customer-ref.js';

const crm = { system: 'crm', id: '42' };
const desk = { system: 'desk', id: 'ORG-1' };
const derive = ({ system, id }: { system: string; id: string }) => `derived-${system}-${id}`;
const plan = (requests: Omit<IdentityRequest, 'key' | 'others'>[], known: [typeof crm, AliasState][] = []) =>
  planAliases(requests.map((request, key) => ({ others: [], ...request, key })), new Map(known.map(([alias, state]) => [refText(alias), state])), derive);
const claim = (alias: typeof crm) => ({ kind: 'claim' as const, alias });
const free = (alias: typeof crm) => ({ kind: 'free' as const, alias });

describe('Who is who in a batch', () => {
  it('opens an unclaimed customer once, before the first item that needs it', () => {
    const { resolved, facts, changes, settled } = plan([{ customer: 'acme' }, { customer: crm }, { customer: crm }]);
    expect([...resolved.values()].map(({ customer }) => customer)).toEqual(['acme', 'derived-crm-42', 'derived-crm-42']);
    expect(facts).toEqual([{ alias: crm, customer: 'derived-crm-42', freed: 0, key: 1 }]);
    expect(changes).toHaveLength(1);
    expect(settled).toEqual([crm]);
  });

  it('asks for nothing when the alias is known and in the log', () => {
    const { facts, changes, settled } = plan([{ customer: crm }], [[crm, { customer: 'acme', recorded: true, freed: 0 }]]);
    expect({ facts, changes, settled }).toEqual({ facts: [], changes: [], settled: [] });
  });

  it('sends the fact again for an alias that may not have reached the log', () => {
    const { facts, changes } = plan([{ customer: crm }], [[crm, { customer: 'acme', recorded: false, freed: 0 }]]);
    expect(facts).toMatchObject([{ customer: 'acme' }]);
    expect(changes).toEqual([]);
  });

  it('lets a claim count for the items after it', () => {
    const { resolved, facts } = plan([{ customer: 'acme', change: claim(crm) }, { customer: crm }]);
    expect(resolved.get(1)).toMatchObject({ customer: 'acme' });
    expect(facts).toEqual([]);
  });

  it('refuses an alias of another customer and says whose it is, until it is freed', () => {
    const taken: [typeof crm, AliasState][] = [[crm, { customer: 'acme', recorded: true, freed: 0 }]];
    const { resolved, changes } = plan([
      { customer: 'other', change: claim(crm) }, { customer: 'other', change: free(crm) }, { customer: 'acme', change: free(crm) }, { customer: 'other', change: claim(crm) },
    ], taken);
    expect([...resolved.values()].map(({ takenBy }) => takenBy)).toEqual(['acme', 'acme', undefined, undefined]);
    expect(changes).toMatchObject([{ after: { customer: 'other', freed: 1 } }]);
  });

  it('resolves the other customers that an item names', () => {
    const { resolved, facts } = planAliases([{ key: 3, customer: crm, others: [desk, crm] }], new Map(), derive);
    expect(resolved.get(3)).toEqual({ customer: 'derived-crm-42', others: ['derived-desk-ORG-1', 'derived-crm-42'], takenBy: undefined });
    expect(facts).toHaveLength(2);
  });
});
