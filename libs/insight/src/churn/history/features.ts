import type { View } from '../../view.js';
import { categoryFeatures } from './category-features.js';
import { contractFeatures } from './contract-features.js';
import type { CategoryFeature, Feature } from './feature.js';
import { signalFeatures } from './signal-features.js';

/** Everything a model may look at. The order is that of every table made from them: new ones go to the end of their part. */
export const features: readonly Feature[] = [...contractFeatures, ...signalFeatures];
export { categoryFeatures };

/** A feature by its id. @throws RangeError for one that there is not */
export function featureOf(id: string): Feature | CategoryFeature {
  const found = [...features, ...categoryFeatures].find((one) => one.id === id);
  if (!found) throw new RangeError(`There is no feature ${id}`);
  return found;
}

/** The numbers of a view in the order of `features`, NaN where one is unknown, and its words. */
export function snapshotOf(view: View): { readonly values: Float64Array; readonly words: readonly string[] } {
  const values = Float64Array.from(features, (feature) => {
    const reading = feature.read(view);
    return 'missing' in reading ? NaN : reading.x;
  });
  return { values, words: categoryFeatures.flatMap(({ id, read }) => [...new Set(read(view).map(({ value }) => `${id}=${value}`))]) };
}
