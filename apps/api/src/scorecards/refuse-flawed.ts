import { type Card, checkCard } from '#insight';
import { ApiProblem } from '../problems/api-problem.js';

/** @throws ApiProblem for a card with errors */
export function refuseFlawed(card: Card): void {
  const errors = checkCard(card).filter(({ level }) => level === 'error').map(({ pointer, say }) => ({ pointer: `/card${pointer}`, detail: say }));
  if (errors.length > 0) throw new ApiProblem('scorecard-flawed', errors[0]!.detail, { errors });
}
