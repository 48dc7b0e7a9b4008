import { expect, it } from '@jest/globals';
import type { EconomicsList } from '#read-model';
import { marginChart } from './margin-chart.js';

const line = (customer: string, income: number, costToServe: number) => ({ customer, name: `Name of ${customer}`, currency: 'EUR', recovery: null, left: false, margin: { n: 1, income, costToServe, contribution: income - costToServe } });
const view = (customers: readonly object[]) => marginChart({ customers, total: customers.length, from: '2026-01-01', to: '2026-12-31' } as unknown as EconomicsList)!.text.replaceAll('\u00a0', ' ');

it('lists in sight who costs more than it brings in, the greatest loss first, and names the worst in the drawing', () => {
  const text = view([line('a', 100_000, 150_000), line('b', 100_000, 900_000), line('c', 900_000, 100_000), line('d', 0, 70_000)]);
  const [drawing, list] = [text.slice(0, text.indexOf('</svg>')), text.slice(text.indexOf('</figure>'), text.indexOf('<details>'))];
  // Losses of 8,000, 700 and 500; c has 8,000 left.
  expect([...list.matchAll(/>Name of (\w)<\/a><\/span> <span>loses EUR ([\d,]+)/g)].map(([, who, lost]) => [who, lost])).toEqual([['b', '8,000'], ['d', '700'], ['a', '500']]);
  expect(list).toContain('The 3 customers that cost more than they bring in');
  expect([...drawing.matchAll(/<text class="name"[^>]*>Name of (\w)</g)].map(([, who]) => who)).toEqual(['b']);
});

it('lists nobody where nobody does', () => {
  expect(view([line('c', 900_000, 100_000)])).not.toContain('more than they bring in</h3>');
});
