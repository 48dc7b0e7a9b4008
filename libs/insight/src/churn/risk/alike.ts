import type { FactSheet } from '../../fact-sheet.js';
import { viewOf } from '../../view.js';
import { featuresFor } from '../history/features.js';
import type { ChurnModel } from '../model/churn-model.js';
import { valuesOf } from '../model/columns.js';
import { type Example, partsByGroup } from '../model/examples.js';

const HOW_MANY = 3;

/** The customers of the history that a model sees most alike this one, the nearest first; nobody where the model kept none. `customer`: who is not compared with itself. */
export function alikeOf({ horizons, reference }: ChurnModel, sheet: FactSheet, { day, customer }: { readonly day: number; readonly customer: string }): readonly Omit<Example, 'parts'>[] {
  const examples = reference?.examples;
  const horizon = examples && horizons.find((one) => one.horizon === examples.horizon);
  if (!horizon) return [];
  const features = featuresFor(horizons.map((one) => one.horizon));
  const own = partsByGroup(features, horizon, valuesOf(features, horizon.columns, features.of(viewOf(sheet, day))), examples.groups);
  const distance = ({ parts }: Example) => parts.reduce((sum, part, place) => sum + (part - own[place]!) ** 2, 0);
  return examples.customers.filter((example) => example.customer !== customer).map((example) => ({ example, far: distance(example) }))
    .sort((a, b) => a.far - b.far || (a.example.customer < b.example.customer ? -1 : 1)).slice(0, HOW_MANY).map(({ example: { parts: _, ...rest } }) => rest);
}
