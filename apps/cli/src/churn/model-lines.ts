import type { Compared, DriftAnswer, ModelsAnswer, ModelSummary } from '#read-model';
import { counted, figure } from '../text/figures.js';
import { table } from '../text/table.js';
import { horizonWords } from './figures-table.js';

/** The models of a tenant, and what to do where there is none. */
export function modelLines({ inForce, models }: ModelsAnswer): string[] {
  const first = inForce === 'prior' ? 'The prior answers: stated assumptions, nothing learnt.' : `${inForce} answers.`;
  if (models.length === 0) return [first, 'No model was trained yet: touchline churn train'];
  return [first, '', ...table(['model', 'state', 'kind', 'trained', 'window', 'AUC 90', 'log-loss 90', 'drift'], models.map(modelRow), new Set([5, 6]))];
}

function modelRow({ id, state, kind, trainedAt, window, figures, drift }: ModelSummary): string[] {
  const within90 = figures.find(({ horizon }) => horizon === '90');
  return [id, state, kind, trainedAt.slice(0, 10), `${window.from} to ${window.to}`, within90?.auc?.toFixed(3) ?? '-', within90?.logLoss?.toFixed(4) ?? '-', drift === null ? '-' : `${drift.verdict} (${drift.day})`];
}

/** Both models on the same rows. */
export function comparisonLines({ current, horizons, says }: Compared & { readonly says: string }): string[] {
  const shown = (value: number | null, digits: number): string => value?.toFixed(digits) ?? '-';
  const rows = horizons.map(({ horizon, rows: tried, figures }) => {
    const [loss, auc] = [figures.find(({ name }) => name === 'logLoss')!, figures.find(({ name }) => name === 'auc')!];
    const { low, high } = loss.better;
    return [horizonWords(horizon), figure(tried), shown(loss.challenger, 4), shown(loss.incumbent, 4), low === null ? '-' : `${shown(low, 4)} to ${shown(high, 4)}`, shown(auc.challenger, 3), shown(auc.incumbent, 3)];
  });
  return [...(rows.length === 0 ? [] : [...table(['within', 'rows', 'log-loss', `of ${current}`, 'less by, 95 %', 'AUC', `of ${current}`], rows, new Set([1, 2, 3, 5, 6])), '']), says];
}

const SHOWN = 8;

/** The last measurement of the model in force, and the verdicts before. */
export function driftLines({ inForce, measurements }: DriftAnswer): string[] {
  if (inForce === 'prior') return ['The prior answers; it was learnt from nothing and cannot drift.'];
  const [last, ...before] = measurements.filter(({ model }) => model === inForce);
  if (!last) return [`The drift of ${inForce} was not measured yet: that is done when the last day of a month is closed.`];
  const moved = last.stability.filter(({ level }) => level !== 'stable');
  return [
    `${inForce}: ${last.verdict} on ${last.day}.`, '',
    ...table(['of', 'index', 'by chance', ''], last.stability.slice(0, Math.max(SHOWN, moved.length)).map(({ of, index, byChance, level }) => [of, index.toFixed(3), byChance.toFixed(3), level]), new Set([1, 2])), '',
    ...last.calibration.map(({ horizon, foretoldOn, customers, expected, observed, low, high, level }) => (
      `Within ${horizonWords(horizon)} of ${foretoldOn}, of ${counted(customers, 'customer')} ${percent(expected)} were to leave; ${percent(observed)} did (95 %: ${percent(low)} to ${percent(high)}): ${level.replace('-', ' ')}.`)),
    ...(before.length === 0 ? [] : [`Before: ${before.map(({ day, verdict }) => `${day} ${verdict}`).join(', ')}.`]),
    ...(last.verdict === 'drifted' ? ['Train another on newer facts: touchline churn train'] : []),
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
