import type { Features } from '../history/features.js';
import type { Column } from './columns.js';

/** What a column is, for people. */
export function labelOf(features: Features, column: Column): string {
  const { label } = features.featureOf(column.feature);
  return column.kind === 'word' ? `${label} ${column.word}` : column.kind === 'unknown' ? `${label}: unknown` : label;
}
