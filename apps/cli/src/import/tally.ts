import type { Outcome, RowOutcome } from './settle.js';
import type { RowFault } from './sent-row.js';

export interface Reason {
  readonly say: string;
  readonly example: { readonly row: number; readonly line: number };
  count: number;
}

/** Counts of rows, and why some were left out or refused. Bounded: reasons that differ only in quoted values are one. */
export interface Tally {
  readonly rows: Record<Outcome, number>;
  readonly leftOut: Map<string, number>;
  readonly reasons: Map<string, Reason>;
}

const MOST_REASONS = 100;

export const newTally = (): Tally => ({
  rows: { 'appended': 0, 'valid': 0, 'duplicate': 0, 'conflict': 0, 'rejected': 0, 'no event': 0, 'left out': 0 }, leftOut: new Map(), reasons: new Map(),
});

export function count(tally: Tally, { row, line, outcome, because, problem }: RowOutcome): void {
  tally.rows[outcome] += 1;
  if (because !== undefined) tally.leftOut.set(because, (tally.leftOut.get(because) ?? 0) + 1);
  if (!problem) return;
  const key = [problem.code, problem.pointer, problem.column, problem.detail.replace(/"[^"]*"|`[^`]*`/g, '…')].join(' ');
  const known = tally.reasons.get(key) ?? tally.reasons.get(OTHER);
  if (known && tally.reasons.has(key)) known.count += 1;
  else if (tally.reasons.size < MOST_REASONS) tally.reasons.set(key, { say: say(problem), example: { row, line }, count: 1 });
  else if (known) known.count += 1;
  else tally.reasons.set(OTHER, { say: 'other reasons; --outcome FILE names them all', example: { row, line }, count: 1 });
}

const OTHER = 'other';

function say({ title, detail, remedy, pointer, column }: RowFault): string {
  const where = [column === undefined ? undefined : `column "${column}"`, pointer].filter((part) => part !== undefined);
  return `${title === undefined ? '' : `${title}: `}${detail}${where.length === 0 ? '' : ` (${where.join(', ')})`}${remedy === undefined || detail.includes(remedy) ? '' : `; ${remedy}`}`;
}
