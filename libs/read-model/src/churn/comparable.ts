import { type ChurnModel, figure, type Horizon, percentWords, sentence } from '#insight';
import { chance } from './log-odds-parts.js';
import type { Comparable } from './churn-risk-answer.js';

/** What became of customers of a like chance, when it was foretold by models that had not seen the time in question. Null where nothing was tried. */
export function comparableTo(model: ChurnModel, horizon: Horizon, probability: number): Comparable | null {
  const bins = model.proof?.horizons.find((one) => one.horizon === horizon)?.calibration ?? [];
  const bin = bins.find(({ to }) => probability <= to) ?? bins.at(-1);
  if (!bin) return null;
  const { from, to, rows, events, observed, low, high } = bin;
  const within = horizon === 'renewal' ? 'by the renewal' : `within ${horizon} days`;
  return {
    from: chance(from), to: chance(to), rows, left: events, share: chance(observed), low: chance(low), high: chance(high),
    say: sentence(`${figure(rows)} times a customer was as likely to leave (${percentWords(from)} to ${percentWords(to)}, at month ends that the model had not seen); ${figure(events)} times it left ${within}: `
      + `${percentWords(observed)}, and ${percentWords(low)} to ${percentWords(high)} with 95 % certainty`),
  };
}
