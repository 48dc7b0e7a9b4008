import type { Card } from '#insight';
import { validateData } from '#intake';
import { ApiProblem } from '../problems/api-problem.js';

const FLAWS = 100;
const ANY_REASON = 'It is only looked at';

/** A card as somebody sends it: its version says from which one it was made. */
export type SentCard = Omit<Card, 'version'> & { readonly version?: number };

/** @throws ApiProblem that points at everything that the schema of a card refuses */
export function validCard(sent: Record<string, unknown>): SentCard {
  const problem = validateData('scorecard.drafted', 1, { card: { version: 1, ...sent }, reason: ANY_REASON }, '', FLAWS);
  if (problem) throw ApiProblem.ofRefusal({ ...problem, code: 'invalid-body' });
  return sent as unknown as SentCard;
}
