import { describe, expect, it } from '@jest/globals';
import { type AliasState, type Fate, type IdentityRequest, planAliases } from './alias-plan.js';
import { refText } from './customer-ref.js';

const crm = { system: 'crm', id: '42' };
const desk = { system: 'desk', id: 'ORG-1' };
const derive = ({ system, id }: { system: string; id: string }) => `derived-${system}-${id}`;
const plan = (requests: (Omit<IdentityRequest, 'key' | 'others'> & { fate?: Fate })[], known: [typeof crm, AliasState][] = []) =>
  planAliases(requests.map((request, key) => ({ others: [], ...request, key })), new Map(known.map(([alias, state]) => [refText(alias), state])), derive,
    (key, { takenBy }) => (takenBy === undefined ? requests[key]!.fate ?? 'new' : 'out'));
const claim = (alias: typeof crm) => ({ kind: 'claim' as const, alias });
const free = (alias: typeof crm) => ({ kind: 'free' as const, alias });

describe('Who is who in a batch', () => {
  it('opens an unclaimed customer once, for all items that need it', () => {
    const { resolved, facts, touched } = plan([{ customer: 'acme' }, { customer: crm }, { customer: crm }]);
    expect([...resolved.values()].map(({ customer }) => customer)).toEqual(['acme', 'derived-crm-42', 'derived-crm-42']);
    expect(facts).toEqual([{ alias: crm, customer: 'derived-crm-42', freed: 0, keys: [1, 2] }]);
    expect(touched).toMatchObject([{ alias: crm, before: { customer: null }, after: { customer: 'derived-crm-42', recorded: true } }]);
  });

  it('opens nobody for items that are refused or in conflict, and opens for the first that survives', () => {
    const { resolved, facts, touched } = plan([{ customer: crm, fate: 'out' }, { customer: desk, fate: 'out' }, { customer: crm, fate: 'there' }, { customer: crm }]);
    expect(resolved.get(1)).toMatchObject({ customer: 'derived-desk-ORG-1' });
    expect(facts).toMatchObject([{ alias: crm, keys: [2, 3] }]);
    expect(touched.map(({ alias }) => alias)).toEqual([crm]);
  });

  it('moves no alias for a claim that is in the log already or in conflict', () => {
    expect(plan([{ customer: 'acme', change: claim(crm), fate: 'there' }, { customer: 'acme', change: claim(desk), fate: 'out' }]).touched).toEqual([]);
  });

  it('asks for nothing when the alias is known and in the log', () => {
    expect(plan([{ customer: crm }], [[crm, { customer: 'acme', recorded: true, freed: 0 }]])).toMatchObject({ facts: [], touched: [] });
  });

  it('sends the fact again for an alias that may not have reached the log', () => {
    expect(plan([{ customer: crm }], [[crm, { customer: 'acme', recorded: false, freed: 0 }]]).facts).toMatchObject([{ customer: 'acme' }]);
  });

  it('lets a claim count for the items after it', () => {
    const { resolved, facts } = plan([{ customer: 'acme', change: claim(crm) }, { customer: crm }]);
    expect(resolved.get(1)).toMatchObject({ customer: 'acme' });
    expect(facts).toEqual([]);
  });

  it('tells whose an alias is that another customer wants, until it is freed', () => {
    const taken: [typeof crm, AliasState][] = [[crm, { customer: 'acme', recorded: true, freed: 0 }]];
    const { resolved, touched } = plan([
      { customer: 'other', change: claim(crm) }, { customer: 'other', change: free(crm) }, { customer: 'acme', change: free(crm) }, { customer: 'other', change: claim(crm) },
    ], taken);
    expect([...resolved.values()].map(({ takenBy }) => takenBy)).toEqual(['acme', 'acme', undefined, undefined]);
    expect(touched).toMatchObject([{ after: { customer: 'other', freed: 1 }, keys: [2, 3] }]);
  });

  it('opens anew after an alias was freed, with a fact of its own', () => {
    const { facts } = plan([{ customer: crm }, { customer: 'derived-crm-42', change: free(crm) }, { customer: crm }]);
    expect(facts).toMatchObject([{ freed: 0, keys: [0] }, { freed: 1, keys: [2] }]);
  });

  it('resolves the other customers that an item names', () => {
    const { resolved, facts } = planAliases([{ key: 3, customer: crm, others: [desk, crm] }], new Map(), derive, () => 'new');
    expect(resolved.get(3)).toEqual({ customer: 'derived-crm-42', others: ['derived-desk-ORG-1', 'derived-crm-42'], takenBy: undefined });
    expect(facts).toHaveLength(2);
  });
});
