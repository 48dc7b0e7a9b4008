import { Query } from '@nestjs/cqrs';
import { isLeftOut, type OutcomeFigures, outcomeFiguresOf, outcomesOf, type InitiativeReach, reachOf, requestsOf } from '#insight';
import type { ReadModelOptions } from '../reading.js';
import { answered, type DemandAnswered } from './answered.js';
import type { DemandOptions } from './load.js';
import { type Cut, cut, type ShownInitiative, shownInitiative, type ShownReach, shownReach } from './shown.js';
import { GOALS, INITIATIVE, REQUESTS } from './types.js';

export interface InitiativesAnswer extends DemandAnswered {
  /** The newest first. */
  readonly initiatives: Cut<ShownInitiative & Omit<InitiativeReach, 'initiative' | 'customers'> & { readonly customers: Cut<ShownReach>; readonly leftOut: readonly string[]; readonly outcomes: OutcomeFigures }>;
  /** Customers who asked for something that is there, and whom nobody told, once for each initiative. */
  readonly neverHeard: number;
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
  return answered(model, options, { types: [...REQUESTS, ...INITIATIVE, ...GOALS], what: 'initiatives', needs: ['initiative.started'], policy: POLICY }, ({ initiatives, customers }, limit) => {
    const reach = reachOf(initiatives, customers, customers.flatMap(requestsOf));
    const claims = customers.flatMap(outcomesOf);
    return {
      neverHeard: reach.reduce((sum, each) => sum + each.neverHeard, 0),
      initiatives: cut(reach, limit, ({ initiative, customers: reached, ...counts }) => ({
        ...shownInitiative(initiative), ...counts, customers: cut(reached, limit, shownReach), leftOut: reached.filter(isLeftOut).map(({ account }) => account.id),
        outcomes: outcomeFiguresOf(claims.filter((claim) => claim.initiative === initiative.initiative)),
      })),
    };
  });
}
