import type { JourneyEvent } from '#journey';

/** What was decided of models, as stored. */
export type ModelFact = Pick<JourneyEvent, 'type' | 'position' | 'observedAt' | 'actor' | 'data' | 'revision'> & { readonly model: string };

/** Where a model stands after what was decided of it. */
export interface ModelState {
  readonly model: string;
  /** `superseded`: it was promoted, and another one later; it answers again when that one is retired. */
  readonly state: 'trained' | 'in-force' | 'superseded' | 'retired';
  /** Its last promotion that still counts. */
  readonly promotedAt: string | null;
  readonly retiredAt: string | null;
}

/** The model that answers: the last that was promoted and is not retired; null when there is none. Facts in log order. */
export function inForceAmong(facts: readonly ModelFact[]): ModelFact | null {
  const promoted: ModelFact[] = [];
  for (const fact of facts) {
    if (fact.type !== 'churnmodel.promoted' && fact.type !== 'churnmodel.retired') continue;
    const before = promoted.findIndex(({ model }) => model === fact.model);
    if (before >= 0) promoted.splice(before, 1);
    if (fact.type === 'churnmodel.promoted') promoted.push(fact);
  }
  return promoted.at(-1) ?? null;
}

/** The state of every model that was trained. */
export function statesOf(facts: readonly ModelFact[]): ModelState[] {
  const inForce = inForceAmong(facts)?.model;
  return facts.filter(({ type }) => type === 'churnmodel.trained').map(({ model }) => {
    const decided = facts.findLast((fact) => fact.model === model && (fact.type === 'churnmodel.promoted' || fact.type === 'churnmodel.retired'));
    const retired = decided?.type === 'churnmodel.retired';
    const state = model === inForce ? 'in-force' : retired ? 'retired' : decided ? 'superseded' : 'trained';
    return { model, state, promotedAt: decided && !retired ? decided.observedAt : null, retiredAt: retired ? decided.observedAt : null };
  });
}

