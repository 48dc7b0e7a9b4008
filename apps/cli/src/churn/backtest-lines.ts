import type { Backtest } from '#insight';
import type { MadeFrom } from '#read-model';
import { counted, figure } from '../text/figures.js';
import { table } from '../text/table.js';
import { horizonWords } from './figures-table.js';

type OfHorizon = Backtest['horizons'][number];

const NAMES: Readonly<Record<OfHorizon['figures'][number]['name'], string>> = {
  auc: 'AUC', prAuc: 'PR AUC', logLoss: 'log-loss', brier: 'Brier', slope: 'calibration slope', ece: 'ECE', lift10: 'lift at 10 %', arrCaptured10: 'amount captured at 10 %',
};

/** Figures with intervals, horizon by horizon, beside what a simple rule does. */
export function backtestLines({ model, gapDays, horizons }: Backtest, { from, to, customers, rows, held }: MadeFrom): string[] {
  return [
    `${model.kind}, seed ${model.seed}: ${counted(rows, 'row')} of ${counted(customers, 'customer')}, ${from} to ${to}${gapDays > 0 ? `, ${counted(gapDays, 'day')} between a row and what it foretells` : ''}.`,
    ...(held > 0 ? [`${counted(held, 'customer')} left out, of whom a fact cannot be read: npx touchline projections parked`] : []),
    ...horizons.flatMap((horizon) => ['', ...horizonLines(horizon)]),
  ];
}

function horizonLines({ horizon, rows, leavers, accounts, figures, baselines, leak }: OfHorizon): string[] {
  const head = `Within ${horizonWords(horizon)}: ${figure(rows)} rows of ${counted(accounts, 'account')}, ${figure(leavers)} of customers who left.`;
  if (rows === 0) return [head, 'Nothing could be foretold: too few left before the later half of the time.'];
  const four = (value: number | null): string => value?.toFixed(4) ?? '-';
  return [
    head,
    ...table(['', 'model', '95 %'], figures.map(({ name, value, low, high }) => [NAMES[name], four(value), low === null ? '-' : `${four(low)} to ${four(high)}`]), new Set([1])),
    '',
    ...table(['rule', 'AUC', '95 %', 'lift at 10 %'], baselines.map(({ name, auc, low, high, lift10 }) => [name, auc?.toFixed(3) ?? '-', low === null ? '-' : `${low.toFixed(3)} to ${high!.toFixed(3)}`, lift10?.toFixed(1) ?? '-']), new Set([1, 3])),
    `${leak.verdict === 'suspicious' ? 'Too good to be true? ' : ''}${leak.says}`,
    ...leak.suspects.map(({ column, why }) => `  ${column}: ${why}`),
  ];
}
