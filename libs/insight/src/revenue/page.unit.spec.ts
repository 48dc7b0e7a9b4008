import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { changed, ended, figuresFrom, started, told } from '../testing/revenue.js';
import { usualRevenuePolicy } from './policy.js';

const page = readFileSync(new URL('../../REVENUE.md', import.meta.url), 'utf8');
const facts = [
  started('a', '2026-01-05', 10_000), changed('a', '2026-08-01', 15_000), changed('a', '2026-09-01', 10_000), started('b', '2026-01-05', 20_000), changed('b', '2026-08-01', 14_000), started('c', '2026-01-05', 10_000), ended('c', '2026-09-01'),
  told('d', '2026-07-09', 'sale.won', { opportunity: 'O', channel: 'referral' }), started('d', '2026-07-10', 8_000), started('e', '2026-01-05', 5_000), ended('e', '2026-05-01'), started('e', '2026-08-01', 6_000, { subscription: 'S-again' }),
];

describe('The page of recurring revenue', () => {
  it('shows what its example comes to, by both policies', () => {
    const columns = [{}, { reactivation: 'net' as const }].map((policy) => {
      const { waterfall, nrr, grr, grossMrrChurn, netMrrChurn, logoChurn, earnedGrowth } = figuresFrom(facts, { policy });
      const { escalator: _, ...bars } = waterfall;
      return { ...bars, NRR: nrr.value! * 1e4, GRR: grr.value! * 1e4, 'gross MRR churn': grossMrrChurn.value! * 1e4, 'net MRR churn': netMrrChurn.value! * 1e4, 'logo churn': logoChurn.value! * 1e4, 'earned growth': earnedGrowth.value! * 1e4 };
    });
    const shown = [...page.split('| figure |')[1]!.matchAll(/^\| ([^|]+) \| (-?[\d.]+) \| (-?[\d.]+) \|/gm)].map(([, name, usual, net]) => [name, usual, net]);
    expect(shown).toEqual(Object.keys(columns[0]!).map((name) => [name, ...columns.map((column) => (column[name as 'NRR'] / 100).toFixed(2))]));
  });

  it('says of every setting of a policy what it is', () => {
    const settings = [...page.split('## Policy')[1]!.split('## Edge')[0]!.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(settings).toEqual(Object.keys(usualRevenuePolicy).filter((name) => name !== 'name'));
  });
});
