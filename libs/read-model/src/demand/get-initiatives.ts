import { Query } from '@nestjs/cqrs';
import { isLeftOut, type OutcomeFigures, outcomeFiguresOf, outcomesOf, type InitiativeReach, reachOf, requestsOf } from '#insight';
import type { ReadModelOptions } from '../reading.js';
import { type DemandHead, type DemandOptions, loadDemand } from './load.js';
import { type Cut, cut, LIMIT, notMeasured, type ShownInitiative, shownInitiative, type ShownReach, shownReach } from './shown.js';
import { GOALS, INITIATIVE, REQUESTS } from './types.js';

export interface InitiativesAnswer extends DemandHead {
  /** The newest first. */
  readonly initiatives: Cut<ShownInitiative & Omit<InitiativeReach, 'initiative' | 'customers'> & { readonly customers: Cut<ShownReach>; readonly leftOut: readonly string[]; readonly outcomes: OutcomeFigures }>;
  /** Customers who asked for something that is there, and whom nobody told, once for each initiative. */
  readonly neverHeard: number;
  readonly notMeasured: string | null;
  readonly policy: string;
}

export class GetInitiatives extends Query<InitiativesAnswer> {
  constructor(readonly options: DemandOptions) {
    super();
  }
}

const POLICY = 'Asked: a request of theirs is named by the initiative, or has one of its themes and was raised before it was delivered. Has it: it was delivered to all, or a fact says so of this customer. '
  + 'Told: a fact about the initiative says so, or about such a request once they had it. Left out: asked, has it, not told. Outcomes: claims that name the initiative.';

/** What we do of what customers ask for, and who has heard of it. */
export async function getInitiatives(model: ReadModelOptions, options: DemandOptions): Promise<InitiativesAnswer> {
  const { limit = LIMIT } = options;
  const demand = await loadDemand(model, options, [...REQUESTS, ...INITIATIVE, ...GOALS]);
  const reach = reachOf(demand.initiatives, demand.customers, demand.customers.flatMap(requestsOf));
  const claims = demand.customers.flatMap(outcomesOf);
  return {
    ...demand.head, policy: POLICY, notMeasured: notMeasured(demand, 'initiatives', ['initiative.started']), neverHeard: reach.reduce((sum, each) => sum + each.neverHeard, 0),
    initiatives: cut(reach, limit, ({ initiative, customers, ...counts }) => ({
      ...shownInitiative(initiative), ...counts, customers: cut(customers, limit, shownReach), leftOut: customers.filter(isLeftOut).map(({ account }) => account.id),
      outcomes: outcomeFiguresOf(claims.filter((claim) => claim.initiative === initiative.initiative)),
    })),
  };
}
