import type { TableRow } from '#insight';

/** Rows as CSV (RFC 4180), the first line with the names: what is unknown is empty, words that apply stand in one field, parted by "|". */
export function* csvLines(rows: readonly TableRow[], withNames: boolean): Generator<string> {
  const [first] = rows;
  if (first && withNames) {
    const horizons = Object.keys(first.labels);
    yield lineOf(['customer', 'cluster', 'on', ...horizons.flatMap((horizon) => [`left_${horizon}`, `foretold_${horizon}`, `origin_${horizon}`]), ...Object.keys(first.values), 'words']);
  }
  for (const { customer, cluster, on, labels, foretold, values, words } of rows) {
    const outcomes = Object.entries(labels).flatMap(([horizon, left]) => [left, foretold[horizon]?.chance ?? null, foretold[horizon]?.origin ?? null]);
    yield lineOf([customer, cluster, on, ...outcomes, ...Object.values(values), words.join('|')]);
  }
}

const lineOf = (fields: readonly (string | number | null)[]): string => fields.map(fieldOf).join(',');

function fieldOf(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
