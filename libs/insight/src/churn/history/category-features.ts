import type { View } from '../../view.js';
import { contractOf } from './contract.js';
import type { CategoryFeature } from './feature.js';

const RECENT = 60;

const trait = (id: 'segment' | 'industry' | 'region', label: string): CategoryFeature => ({
  id, label, group: 'profile',
  read: ({ sheet }) => {
    const register = sheet.customer[id] ?? sheet.absorbed?.[id];
    return typeof register?.[3] === 'string' ? [{ value: register[3], ref: register[1] }] : [];
  },
});

/** Words that a tenant has of its own; which of them count is learnt from its history. */
export const categoryFeatures: readonly CategoryFeature[] = [
  trait('segment', 'Segment'), trait('industry', 'Industry'), trait('region', 'Region'),
  {
    id: 'product', label: 'Product', group: 'contract',
    read: (view) => (contractOf(view)?.running ?? []).flatMap(({ product, lastRef }) => (product ? [{ value: product, ref: lastRef }] : [])),
  },
  { id: 'uses', label: 'Uses', group: 'adoption', read: used },
];

/** Features named by usage reports of the last 60 days, or adopted then. */
function used({ usageWeeks, sheet, day }: View): { value: string; ref: number }[] {
  const found = new Map<string, number>();
  for (const { products } of usageWeeks) {
    for (const { features, to, refs } of products.values()) {
      if (to <= day && to > day - RECENT) for (const feature of features) found.set(feature, refs[refs.length - 1]!);
    }
  }
  for (const [key, register] of Object.entries(sheet.usage.adopted)) if (register[2] <= day && register[2] > day - RECENT && !found.has(key.slice(1))) found.set(key.slice(1), register[1]);
  return [...found].map(([value, ref]) => ({ value, ref }));
}
