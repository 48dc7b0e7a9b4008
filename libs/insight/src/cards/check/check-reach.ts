import { bandOf } from '../../score/band.js';
import { rangeOf } from '../../score/curve.js';
import { bounded } from '../../score/sum-up.js';
import { wholeWeight } from '../../score/shares-of.js';
import { type Branch, treeOf } from '../../score/tree.js';
import { figure } from '../../words.js';
import type { Card } from '../card.js';
import { type CardFinding, error, unless, warning } from './finding.js';

/** The lowest and the highest score, 0 to 1, of a customer of whom every measure is known. */
interface Reach {
  readonly low: number;
  readonly high: number;
}

/** Whether every band can be come into. Of a card that is sound otherwise. */
export function checkReach(card: Card): CardFinding[] {
  const { adds, root } = treeOf(card);
  const uncut = reachOf(root, card);
  const ceilings = card.measures.flatMap(({ curve, ceilings: own = [], weight }, at) => {
    const { worst, best } = adds[at] ? { worst: 0, best: 1 } : rangeOf(curve);
    return weight > 0 ? own.map((ceiling, place) => ({ ...ceiling, worst, best, pointer: `/measures/${at}/ceilings/${place}` })) : [];
  });
  const cut = (score: number, applies: (ceiling: (typeof ceilings)[number]) => boolean) => Math.min(score, ...ceilings.filter(applies).map(({ score: at }) => at / 100));
  const [low, high] = [cut(uncut.low, ({ worst, upTo }) => worst <= upTo), cut(uncut.high, ({ best, upTo }) => best <= upTo)];
  const at = (score: number, before: 'watch' | null = null) => bandOf({ score: Math.round(10_000 * score), coverage: 100 }, before, card);
  const [lowest, highest] = [figure(100 * low), figure(100 * high)];
  return [
    ...unless(at(high) === 'healthy', error('/bands/healthy', `Let healthy begin lower, or the score rise higher: with every measure at its best it is ${highest}.`)),
    ...unless(at(low) === 'at-risk', warning('/bands/watch', `Let watch begin higher, or the score fall lower: with every measure at its worst it is ${lowest}.`)),
    ...unless(at(high) !== 'healthy' || at(high, 'watch') === 'healthy', warning('/bands/margin', `Choose a smaller margin: from watch nobody becomes healthy, as the score is ${highest} at best.`)),
    ...unless(at(low) !== 'at-risk' || at(low, 'watch') === 'at-risk', warning('/bands/margin', `Choose a smaller margin: from watch nobody comes to be at risk, as the score is ${lowest} at worst.`)),
    ...ceilings.flatMap(({ score, pointer }) => unless(score < 100 * uncut.high, warning(`${pointer}/score`, `Hold lower, or leave the ceiling out: no score is above ${figure(100 * uncut.high)} without it.`))),
  ];
}

function reachOf({ combine, members, cap, whole }: Branch, card: Card): Reach {
  const parts = members.map((member) => {
    if (typeof member !== 'number') return { ...reachOf(member, card), weight: wholeWeight(member, card) };
    const { curve, weight } = card.measures[member]!;
    const { worst, best } = rangeOf(curve);
    return { low: worst, high: best, weight: combine.kind === 'sum' ? 1 : weight };
  });
  const reach = (side: keyof Reach) => {
    if (combine.kind === 'worst') return bounded(Math.min(...parts.map((part) => part[side])), { combine, cap, whole });
    const total = parts.reduce((sum, part) => sum + part.weight * part[side], 0);
    return bounded(combine.kind === 'sum' ? (combine.start + total) / combine.max : total / parts.reduce((sum, { weight }) => sum + weight, 0), { combine, cap, whole });
  };
  return { low: reach('low'), high: reach('high') };
}
