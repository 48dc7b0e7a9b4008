import type { View } from '../../view.js';
import { categoryFeatures } from './category-features.js';
import { contractFeatures, renewalFeatures } from './contract-features.js';
import type { CategoryFeature, Feature } from './feature.js';
import type { Horizon } from './horizon.js';
import { signalFeatures } from './signal-features.js';

const known = new Map<string, Features>();

/** Everything that models of these horizons may look at, the same object every time. */
export function featuresFor(horizons: readonly Horizon[]): Features {
  const key = horizons.join();
  const found = known.get(key) ?? new Features(horizons);
  known.set(key, found);
  return found;
}

/** The names under which features can be asked for: those of a horizon without its days. */
export const featureNames = (): string[] => [...new Set([...new Features([1]).numbers, ...categoryFeatures].map(({ id }) => id.replace(/-1$/, '')))];

export class Features {
  /** The order is that of every table made from them. */
  readonly numbers: readonly Feature[];
  readonly categories = categoryFeatures;
  private readonly places: ReadonlyMap<string, number>;

  constructor(horizons: readonly Horizon[]) {
    this.numbers = [...horizons.flatMap((horizon) => (horizon === 'renewal' ? [] : renewalFeatures(horizon))), ...contractFeatures, ...signalFeatures];
    this.places = new Map(this.numbers.map(({ id }, place) => [id, place]));
  }

  /** The place of a number. @throws RangeError for one that there is not */
  placeOf(id: string): number {
    const place = this.places.get(id);
    if (place === undefined) throw new RangeError(`There is no feature ${id}`);
    return place;
  }

  /** The feature with which this one is told: itself, mostly. */
  leadingOf(id: string): string {
    const feature = this.featureOf(id);
    return 'with' in feature && feature.with !== undefined ? feature.with : id;
  }

  /** @throws RangeError for one that there is not */
  featureOf(id: string): Feature | CategoryFeature {
    return this.categories.find((one) => one.id === id) ?? this.numbers[this.placeOf(id)]!;
  }

  /** The numbers of a view, NaN where one is unknown, and its words. `only`: the features that are looked at; all others stay unknown. */
  of(view: View, only?: ReadonlySet<string>): { readonly values: Float64Array; readonly words: readonly string[] } {
    const isAsked = ({ id }: { readonly id: string }) => only === undefined || only.has(id);
    const values = Float64Array.from(this.numbers, (feature) => {
      if (!isAsked(feature)) return NaN;
      const reading = feature.read(view);
      return 'missing' in reading ? NaN : reading.x;
    });
    return { values, words: this.categories.filter(isAsked).flatMap(({ id, read }) => [...new Set(read(view).map(({ value }) => `${id}=${value}`))]) };
  }
}
