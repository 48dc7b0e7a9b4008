import { isEnough, stretchesOf } from '../churn/model/out-of-time.js';
import type { Steps } from '../churn/models/steps.js';
import { figuresOf } from '../score/weigh.js';
import { type Ranking, rankingOf } from '../simulate/ranking.js';
import type { RankedRow } from '../simulate/tally.js';
import { leavesOf } from './badness.js';
import type { CardRows } from './card-rows.js';
import { effectsOf, fitWeights } from './fit-weights.js';
import { type Pool, weightsFrom, withWeights } from './pools.js';

const ROWS_AT_ONCE = 1_000;

/**
 * How well the score ranks who leaves with the present weights and with such as would have been proposed at the time: the later half of the days in four stretches, each
 * with weights learnt from outcomes that were known on its first day. Both scores are the card's own, with ceilings, caps and what it does of unknown measures.
 * Null where nobody left in the later half, or too few before.
 */
export function* tryWeights(rows: CardRows, pools: readonly Pool[]): Steps<Ranking | null> {
  const { card } = rows;
  const all = rows.known({ before: Infinity, day: rows.options.knownUntil });
  const ranked: RankedRow[] = [];
  for (const stretch of stretchesOf(Array.from(all.rows, (row) => rows.days.at(row)))) {
    const [first, last] = [stretch[0]!, stretch[stretch.length - 1]!];
    const known = rows.known({ before: first, day: first });
    if (!isEnough(known)) continue;
    const fit = yield* fitWeights(rows, known, pools);
    const proposed = withWeights(card, weightsFrom(card, pools, effectsOf(fit, fit.point)));
    for (const [at, row] of all.rows.entries()) {
      if (at % ROWS_AT_ONCE === 0) yield { of: 'rows that are scored both ways', done: at, all: all.rows.length };
      const day = rows.days.at(row);
      if (day < first || day > last) continue;
      const leaves = leavesOf(rows, card, row);
      const [before, after] = [figuresOf(card, leaves).score, figuresOf(proposed, leaves).score];
      if (before !== null && after !== null) ranked.push({ day, customer: rows.customers[row]!, cluster: rows.clusters[row]!, published: before, draft: after, left: all.labels[at] === 1 ? 1 : 0 });
    }
  }
  const inOrder = ranked.sort((a, b) => a.day - b.day || (a.customer < b.customer ? -1 : 1));
  return inOrder.some(({ left }) => left === 1) && inOrder.some(({ left }) => left === 0) ? yield* rankingOf(inOrder) : null;
}
