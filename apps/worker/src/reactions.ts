import type { Answer, Reaction } from '#event-store';
import { linkOutages, recoveryReaction, validateData } from '#intake';
import { findType } from '#journey';

/** Every process that answers facts with facts. */
export const reactions = (): Reaction[] => [recoveryReaction, linkOutages];

/** @throws Error where what a reaction says does not fit the schema of its type */
export function checkAnswer({ type, data }: Answer): void {
  const known = findType(type);
  if (!known) throw new Error(`No type of fact is called ${type}`);
  const problem = validateData(type, known.version, data, '/data', 5);
  if (problem) throw new Error(`${type} ${(problem.errors ?? [problem]).map(({ pointer, detail }) => `${pointer}: ${detail}`).join(' ')}`);
}
