import type { JourneyEvent } from '#journey';
import type { EntityTable } from '../entities/entity-table.js';
import { planOf } from './plan-of.js';

/** Not the words, which are sealed: only how it stands. */
const unworded = (event: JourneyEvent): JourneyEvent => ({ ...event, data: { ...event.data, what: undefined, reason: undefined } });

/** The success plan of a customer, a row each: what there is to count. */
export const planTable = {
  name: 'success_plan', version: 1,
  columns: { theirs: 'integer', plan: 'jsonb' },
  entityOf: ({ type }) => (type.startsWith('goal.') ? 'plan' : null),
  rowOf: (facts) => {
    const plan = planOf(facts.map(unworded));
    if (plan.objectives.length === 0 && plan.outcomes.length === 0) return null;
    return { theirs: plan.objectives.filter(({ whose }) => whose === 'customer').length, plan };
  },
} satisfies EntityTable;
