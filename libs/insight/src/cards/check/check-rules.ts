import { type Branch, treeOf } from '../../score/tree.js';
import type { Bands, Card, Rules } from '../card.js';
import { type CardFinding, error, unless, warning } from './finding.js';

const isWithin = (value: number, least: number, most: number): boolean => value >= least && value <= most;
/** What is smaller is lost beside other weights, and what is larger loses them. */
const isWeight = (weight: number): boolean => weight === 0 || isWithin(weight, 1e-6, 1e6);
const WEIGHT = 'Give it a weight of 0, or one between 0.000001 and 1,000,000.';

/** Whether weights, sums, caps, bands, scale and roll-up make sense by themselves. */
export function checkRules(card: Card): CardFinding[] {
  const { scale, rollUp, measureBands: { good, fair } } = card;
  return [
    ...checkBands(card.bands), ...checkCombine(card, ''),
    ...card.groups.flatMap((group, at) => [...checkCombine(group, `/groups/${at}`), ...unless(group.weight === undefined || isWeight(group.weight), error(`/groups/${at}/weight`, WEIGHT))]),
    ...card.measures.flatMap(({ weight }, at) => unless(isWeight(weight), error(`/measures/${at}/weight`, WEIGHT))),
    ...unless(isWithin(fair, 0, good) && good <= 1, error('/measureBands', 'Let fair be at least 0, good at least fair, and both at most 1.')),
    ...unless(!scale || (isWithin(scale.max, 0.01, 1e6) && Number.isInteger(scale.decimals) && isWithin(scale.decimals, 0, 6)), error('/scale', 'Let the scale end between 0.01 and 1,000,000, with 0 to 6 decimals.')),
    ...unless(rollUp?.kind !== 'blend' || isWithin(rollUp.own, 0, 1), error('/rollUp/own', 'Let its own part be between 0 and 1.')),
  ];
}

function checkBands({ healthy, watch, margin, leastCoverage }: Bands): CardFinding[] {
  return [
    ...unless(watch >= 0 && watch <= healthy && healthy <= 100, error('/bands', 'Let watch begin at 0 or more, healthy not below watch, and both at most at 100.')),
    ...unless(watch !== healthy, warning('/bands/watch', 'Let watch begin below healthy: as it is, nobody is ever in watch.')),
    ...unless(margin >= 0 && (margin === 0 || margin < healthy - watch), error('/bands/margin', 'Choose a margin from 0 to less than the width of watch, or a band is left past the next.')),
    ...unless(isWithin(leastCoverage, 0, 100), error('/bands/leastCoverage', 'Choose a coverage between 0 and 100 %.')),
  ];
}

function checkCombine({ combine, cap }: Rules, pointer: string): CardFinding[] {
  return [
    ...unless(cap === undefined || isWithin(cap, 0, 100), error(`${pointer}/cap`, 'Choose a cap between 0 and 100 points.')),
    ...(combine?.kind !== 'sum' ? [] : [
      ...unless(isWithin(combine.max, 0.01, 1e6), error(`${pointer}/combine/max`, 'Let the sum end between 0.01 and 1,000,000.')),
      ...unless(isWithin(combine.start, 0, combine.max), error(`${pointer}/combine/start`, 'Let the sum start between 0 and its end.')),
    ]),
  ];
}

/** Whether every measure and every group counts for something. Of a card whose structure is sound. */
export function checkWeights(card: Card): CardFinding[] {
  return checkBranch(treeOf(card).root);

  function checkBranch({ group, combine, members }: Branch): CardFinding[] {
    const pointer = group ? `/groups/${card.groups.indexOf(group)}` : '';
    const weights = members.map((member) => (typeof member === 'number' ? card.measures[member]!.weight : member.weight ?? 1));
    const below = members.flatMap((member) => (typeof member === 'number' ? [] : checkBranch(member)));
    if (weights.every((weight) => weight === 0)) return [error(pointer, `Give a member of ${group ? `the group "${group.id}"` : 'the card'} a weight above 0: without one nothing of it counts as known.`), ...below];
    const idle = combine.kind !== 'mean' ? [] : members.flatMap((member, at) => (weights[at] !== 0 ? []
      : [warning(typeof member === 'number' ? `/measures/${member}/weight` : `/groups/${card.groups.indexOf(member.group!)}/weight`, 'Give it a weight above 0, or leave it out: at 0 it changes nothing.')]));
    return [...idle, ...below];
  }
}
