import { rangeOf } from '../../score/curve.js';
import { wholeWeight } from '../../score/shares-of.js';
import { type Branch, treeOf } from '../../score/tree.js';
import type { Card } from '../card.js';
import { type CardFinding, error, unless } from './finding.js';

/** So many times what the whole card has, a line of a score may come to. With more, what is left of it after bounds is not exact any more. */
const MOST = 1e4;

/** Whether no part of the card can bring, before the sums it stands in are bounded, a multiple of the whole that arithmetic cannot hold. Of a card whose structure and rules are sound. */
export function checkSize(card: Card): CardFinding[] {
  return sizesIn(treeOf(card).root, 1);

  /** `out`: how many times the whole card this branch is. */
  function sizesIn({ combine, members }: Branch, out: number): CardFinding[] {
    return members.flatMap((member) => {
      if (typeof member === 'number') {
        const { worst, best } = rangeOf(card.measures[member]!.curve);
        const size = combine.kind === 'sum' ? (out * Math.max(-worst, best)) / combine.max : out;
        return unless(size <= MOST, error(`/measures/${member}/curve`, `Let its points stay within ${SO_MANY}.`));
      }
      const size = combine.kind === 'sum' ? (out * wholeWeight(member, card)) / combine.max : out;
      return size <= MOST ? sizesIn(member, size) : [error(`/groups/${card.groups.indexOf(member.group!)}/weight`, `Let its weight stay within ${SO_MANY}.`)];
    });
  }
}

const SO_MANY = '10,000 times the end of the sums above it';
