import type { Simulation } from '#insight';
import type { Simulated } from '#read-model';
import { counted, figure } from '../text/figures.js';
import { table } from '../text/table.js';

const SHOWN = 10;
const NAMES: Readonly<Record<Simulation['ranking']['figures'][number]['name'], string>> = { auc: 'AUC', lift10: 'lift at 10 %' };

/** What a draft would have said, beside what is published. `file`: where it is from, if from one. */
export function simulationLines({ simulation, madeFrom: { knownAt, upTo, held } }: Simulated, file: string | null): string[] {
  const { say, cards, from, to, customers, turns, movers } = simulation;
  const changed = turns.filter((turn) => turn.from !== turn.to);
  return [
    say, `${file === null ? '' : `${file}: `}${cards.draft.join(', ')} beside ${cards.published.join(', ')}: ${counted(customers, 'customer')} on every day from ${from} to ${to}.`,
    `Known at ${knownAt}, up to position ${upTo}; both given again say the same.`,
    ...(held > 0 ? [`${counted(held, 'customer')} left out, of whom a fact cannot be read: npx touchline projections parked`] : []),
    ...(changed.length === 0 ? [] : ['', ...table(['published', 'draft', 'customers'], changed.map((turn) => [turn.from, turn.to, figure(turn.customers)]), new Set([2]))]),
    '', ...warningLines(simulation), '', ...rankingLines(simulation.ranking),
    ...(movers.length === 0 ? [] : ['', 'Who moves most:', ...movers.slice(0, SHOWN).map(({ customer, name, say: why }) => `${name ?? customer}: ${why}`)]),
  ];
}

function warningLines({ churns, leads, alarms }: Simulation): string[] {
  const days = (value: number | null) => (value === null ? '-' : figure(value));
  const row = (side: 'draft' | 'published') => {
    const [{ atRisk, watch }, { wrong, right, open, wrongIn30Days }] = [leads[side], alarms[side]];
    return [side, `${atRisk.warned} of ${churns.length}`, days(atRisk.median), `${watch.warned} of ${churns.length}`, days(watch.median), figure(wrong), figure(right), figure(open), wrongIn30Days?.toFixed(1) ?? '-'];
  };
  return table(['', 'at risk before leaving', 'days (median)', 'watch or worse', 'days (median)', 'false alarms', 'came true', 'open', 'false in 30 days'], [row('draft'), row('published')], new Set([1, 2, 3, 4, 5, 6, 7, 8]));
}

function rankingLines({ figures, rows, leavers }: Simulation['ranking']): string[] {
  const three = (value: number | null) => value?.toFixed(3) ?? '-';
  const range = ({ value, low, high }: (typeof figures)[number]['ahead']) => (low === null ? three(value) : `${three(value)} (${three(low)} to ${three(high)})`);
  return [`Who leaves within 90 days, of ${counted(rows, 'look')} at customers at month ends, ${figure(leavers)} of them before a departure:`, ...table(['', 'draft', 'published', 'draft ahead by'], figures.map(({ name, draft, published, ahead }) => [NAMES[name], range(draft), range(published), range(ahead)]))];
}
