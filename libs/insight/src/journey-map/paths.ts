import { groupsOf } from '../experience/figure.js';
import type { CustomerJourney } from './customer-journey.js';
import type { Journeys } from './stages.js';

/** A sequence of stages and who went that way. */
export interface Path {
  readonly stages: readonly string[];
  readonly customers: readonly string[];
}

/** The ways of customers who left, and of those who renewed last; most common first. */
export interface Paths {
  readonly churned: readonly Path[];
  readonly renewed: readonly Path[];
}

/** Of who left: all stages before that. Of who renewed and is still there: all stages entered before the last decision. */
export function pathsOf(journeys: Journeys): Paths {
  const all = [...journeys];
  return {
    churned: grouped(all.filter(([, { ended }]) => ended?.how === 'churned').map(([customer, { visits }]) => ({ customer, stages: visits.slice(0, -1).map(({ stage }) => stage) }))),
    renewed: grouped(all.filter(([, { ended, decision }]) => ended === null && decision?.renewed).map(([customer, journey]) => ({ customer, stages: beforeDecision(journey) }))),
  };
}

const beforeDecision = ({ visits, decision }: CustomerJourney): string[] => visits.filter(({ entered }) => Date.parse(entered.at) < Date.parse(decision!.decided.at)).map(({ stage }) => stage);

function grouped(ways: readonly { customer: string; stages: readonly string[] }[]): Path[] {
  const paths = [...groupsOf(ways, ({ stages }) => stages.join('>')).values()].map((own) => ({ stages: own[0]!.stages, customers: own.map(({ customer }) => customer) }));
  return paths.sort((a, b) => b.customers.length - a.customers.length || (a.stages.join('>') < b.stages.join('>') ? -1 : 1));
}
