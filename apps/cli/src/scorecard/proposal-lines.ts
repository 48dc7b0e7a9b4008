import type { WeightProposal } from '#insight';
import type { Proposed } from '#read-model';
import { counted, figure } from '../text/figures.js';
import { table } from '../text/table.js';

/** A proposal as it is answered, and what became of it. */
export interface ProposalAnswer {
  readonly proposal: Omit<WeightProposal, 'card'> & { readonly of: { readonly id: string; readonly version: number } };
  readonly madeFrom: Proposed['madeFrom'];
  readonly drafted: { readonly id: string; readonly version: number; readonly status: 'drafted' | 'unchanged' } | null;
}

const NAMES = { auc: 'AUC', lift10: 'lift at 10 %' } as const;

/** What outcomes propose, what speaks for it, and what to do next. */
export function proposalLines({ proposal, madeFrom: { from, to, customers, knownAt, upTo, held }, drafted }: ProposalAnswer): string[] {
  const { of, say, weights, ranking, horizonDays, leavers } = proposal;
  return [
    say, `${of.id} version ${of.version}, ${counted(customers, 'customer')} at month ends from ${from} to ${to}; ${counted(leavers, 'row')} before a notice within ${horizonDays} days.`,
    `Known at ${knownAt}, up to position ${upTo}; both given again say the same.`,
    ...(held > 0 ? [`${counted(held, 'customer')} left out, of whom a fact cannot be read: npx touchline projections parked`] : []),
    '', ...table(['measure', 'was', 'proposed', '95 % interval', 'why'], weights.map(({ measure, was, proposed, low, high, say: why }) => [measure, figure(was), figure(proposed), low === high ? '' : `${figure(low)} to ${figure(high)}`, why]), new Set([1, 2, 3])),
    ...(ranking ? ['', ...rankingLines(ranking)] : []), '', nextStep(proposal, drafted),
  ];
}

function rankingLines({ figures, rows, leavers }: NonNullable<WeightProposal['ranking']>): string[] {
  const three = (value: number | null) => value?.toFixed(3) ?? '-';
  const range = ({ value, low, high }: (typeof figures)[number]['ahead']) => (low === null ? three(value) : `${three(value)} (${three(low)} to ${three(high)})`);
  return [`On time that the weights had not seen, ${counted(rows, 'row')} of whom ${figure(leavers)} left:`, ...table(['', 'present weights', 'such weights', 'ahead by'], figures.map(({ name, published, draft, ahead }) => [NAMES[name], range(published), range(draft), range(ahead)]))];
}

function nextStep({ of, verdict, weights }: ProposalAnswer['proposal'], drafted: ProposalAnswer['drafted']): string {
  const unproven = verdict === 'better' ? '' : ' Nothing shows that it would be better.';
  if (drafted?.status === 'drafted') return `${drafted.id} version ${drafted.version} is drafted.${unproven} Try it: touchline scorecard simulate ${drafted.id}. To approve it: touchline scorecard publish ${drafted.id} --version ${drafted.version} --reason "..."`;
  if (drafted || weights.every(({ was, proposed }) => was === proposed)) return `Nothing is to be changed: ${drafted ? `version ${drafted.version} has these weights` : 'these are the present weights'}.`;
  return `Nothing was stored.${unproven} To draft it: touchline scorecard propose ${of.id} --version-of ${of.version} --draft --reason "..."`;
}
