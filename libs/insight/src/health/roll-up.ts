import type { Card } from '../cards/card.js';
import { bandOf } from '../score/band.js';
import type { Money } from '../sheet/fact.js';
import type { ScoreAndBand } from './override.js';

/** One customer of a hierarchy, with what counts of its own. */
export interface Member extends ScoreAndBand {
  readonly id: string;
  readonly parent: string | null;
  readonly arr: readonly Money[];
  /** Null where it does not matter, because nobody belongs to it. */
  readonly card: Card | null;
}

/** A child with what counts of it, rolled up where it has children and its card says so. */
export interface RolledChild extends ScoreAndBand {
  readonly id: string;
  /** Its share of what is rolled up, 0 to 1; those of all children sum to 1 where one is known. */
  readonly weight: number;
}

/** The score is null where nothing that it is made of is known; the band goes by the card, without memory. */
export interface RolledUp extends ScoreAndBand {
  /** Percent of what it is made of that is known: how many of the children, and of a blend its own share, too. Below what the card asks for the band is unknown. */
  readonly coverage: number;
  /** By id. */
  readonly children: readonly RolledChild[];
  /** The child with the lowest score, the first of equals by id. */
  readonly worst: string | null;
}

type Child = Pick<Member, 'id' | 'score' | 'band' | 'arr'>;

/**
 * The health of a customer with what belongs to it, as its card rolls it up. Children of whom too little is known count in the coverage only. Weights are yearly amounts:
 * where those of the known children are all of one currency, who has none weighs nothing; where there are several currencies, or no amounts, all weigh the same, for nothing is converted.
 * Of a blend the rest speaks alone where one side is unknown. Without children it is its own, with its own band.
 */
export function rollUp(card: Card, own: ScoreAndBand, children: readonly Child[]): RolledUp {
  const { rollUp: rule = { kind: 'own' } } = card;
  const sorted = [...children].sort((a, b) => (a.id < b.id ? -1 : 1));
  const known = sorted.filter(isKnown);
  const lowest = known.reduce<(typeof known)[number] | null>((worst, child) => (worst === null || child.score < worst.score ? child : worst), null);
  const weights = rule.kind === 'worst-child' ? new Map(lowest ? [[lowest.id, 1]] : []) : weightsOf(known);
  const parts = { children: sorted.map(({ id, score, band }) => ({ id, score, band, weight: weights.get(id) ?? 0 })), worst: lowest?.id ?? null };
  if (rule.kind === 'own' || children.length === 0) return { score: own.score, band: own.band, coverage: isKnown(own) ? 100 : 0, ...parts };
  const share = rule.kind === 'blend' ? rule.own : 0;
  const self = rule.kind === 'blend' && isKnown(own) ? own.score : null;
  const mean = known.length === 0 ? null : known.reduce((sum, { id, score }) => sum + (weights.get(id) ?? 0) * score, 0);
  const rolled = self === null || mean === null ? self ?? mean : share * self + (1 - share) * mean;
  const score = rolled === null ? null : Math.round(rolled);
  const coverage = Math.round(10_000 * (share * (self === null ? 0 : 1) + ((1 - share) * known.length) / children.length)) / 100;
  return { score, band: bandOf({ score, coverage }, null, card), coverage, ...parts };
}

const isKnown = <T extends ScoreAndBand>(one: T): one is T & { readonly score: number } => one.score !== null && one.band !== 'unknown';

function weightsOf(children: readonly Child[]): Map<string, number> {
  const amounts = children.flatMap(({ arr }) => arr.filter(({ amount }) => amount > 0));
  const sum = amounts.reduce((total, { amount }) => total + amount, 0);
  if (new Set(amounts.map(({ currency }) => currency)).size !== 1) return new Map(children.map(({ id }) => [id, 1 / children.length]));
  return new Map(children.map(({ id, arr }) => [id, arr.reduce((total, { amount }) => total + Math.max(0, amount), 0) / sum]));
}

/** The same of a whole hierarchy: what belongs to its parts is rolled up into these first, however deep it goes. Who would be a part of itself is left out there. */
export function rollUpTree(members: readonly Member[], root: Member & { readonly card: Card }): RolledUp {
  const byParent = new Map<string, Member[]>();
  for (const member of members) {
    if (member.parent === null || member.id === root.id) continue;
    const siblings = byParent.get(member.parent);
    if (siblings) siblings.push(member);
    else byParent.set(member.parent, [member]);
  }
  const partsOf = ({ id, card }: Member) => (card?.rollUp && card.rollUp.kind !== 'own' ? byParent.get(id) ?? [] : []);
  // Everybody has one parent, so that nobody but the root, which is no part here, could come a second time.
  const fromTop: Member[] = [root];
  for (const member of fromTop) for (const part of partsOf(member)) fromTop.push(part);
  const rolled = new Map<Member, ScoreAndBand | RolledUp>();
  for (const member of fromTop.reverse()) {
    const { card } = member;
    rolled.set(member, card ? rollUp(card, figuresOf(member), partsOf(member).map((part) => ({ id: part.id, arr: part.arr, ...figuresOf(rolled.get(part)!) }))) : member);
  }
  return rolled.get(root) as RolledUp;
}

const figuresOf = ({ score, band }: ScoreAndBand): ScoreAndBand => ({ score, band });
