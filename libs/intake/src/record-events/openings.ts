import type { AppendVerdict } from '#event-store';
import { comparePositions } from '#journey';
import type { AliasFact } from '../identity/alias-plan.js';
import type { Candidate } from './candidate.js';
import { OWN_SOURCE } from './envelope.js';

/** Alias facts by the item that carries them: the first that needs them, in the same stream, so that both are stored or neither is. */
export function carriedFacts(facts: readonly AliasFact[], candidates: readonly Candidate[]): Map<number, AliasFact[]> {
  const carried = new Map<number, AliasFact[]>();
  if (facts.length === 0) return carried;
  const customers = new Map(candidates.map(({ index, customer }) => [index, customer]));
  for (const fact of facts) {
    const [first] = fact.keys;
    if (customers.get(first!) === fact.customer) carried.set(first!, [...carried.get(first!) ?? [], fact]);
  }
  return carried;
}

/** What became of the item itself, where alias facts were stored before it in one append: a new item stands behind them all. */
export function ofItem(outcome: AppendVerdict): AppendVerdict {
  if (!('positions' in outcome)) return outcome;
  const position = outcome.positions.at(-1)!;
  const isNew = outcome.status === 'appended' && outcome.positions.every((each) => comparePositions(each, position) <= 0);
  return { status: isNew ? 'appended' : 'duplicate', positions: [position] };
}

/** The append failed by an alias fact of ours, not by the item: another fact has that id, so the item goes without. */
export const failedByOpening = (outcome: AppendVerdict) => outcome.status === 'conflict' && outcome.event.source === OWN_SOURCE;
