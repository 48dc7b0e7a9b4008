import { figure, plural, sentence } from '../words.js';
import type { Simulation } from './simulation.js';

type Found = Pick<Simulation, 'turns' | 'churns' | 'leads' | 'alarms' | 'ranking'>;

/** What a simulation found, in a sentence: whose band changes, how much earlier it warns, at how many false alarms, and whether it ranks better for sure. */
export function findingOf({ turns, churns, leads, alarms, ranking }: Found): string {
  const changed = turns.filter(({ from, to }) => from !== to).reduce((sum, { customers }) => sum + customers, 0);
  const all = turns.reduce((sum, { customers }) => sum + customers, 0);
  const bands = `the draft puts ${changed === 0 ? 'nobody' : `${figure(changed)} of ${plural(all, 'customer')}`} into another band`;
  if (churns.length === 0) return sentence(`${bands}; nobody left in this time, so nothing shows which warns better`);
  return sentence([bands, leadWords(leads, churns.length), alarmWords(alarms), rankWords(ranking)].filter((words) => words !== '').join('; '));
}

function leadWords({ published, draft }: Found['leads'], departures: number): string {
  const more = draft.atRisk.medianOfAll! - published.atRisk.medianOfAll!;
  const how = more === 0 ? '' : `, ${plural(Math.abs(more), 'day')} ${more > 0 ? 'earlier' : 'later'} in the median`;
  return `before ${figure(draft.atRisk.warned)} of ${plural(departures, 'departure')} it said at risk, in place of ${figure(published.atRisk.warned)}${how}`;
}

function alarmWords({ published, draft }: Found['alarms']): string {
  if (published.wrongIn30Days === null || draft.wrongIn30Days === null) return '';
  return `false alarms in 30 days: ${figure(draft.wrongIn30Days)} in place of ${figure(published.wrongIn30Days)}`;
}

function rankWords({ figures }: Found['ranking']): string {
  const { low, high } = figures.find(({ name }) => name === 'auc')!.ahead;
  if (low === null || high === null) return '';
  return `who leaves is ranked ${low > 0 ? 'better' : high < 0 ? 'worse' : 'no better or worse'} for sure`;
}
