import type { Card } from '../cards/card.js';
import { bandOf, type Band } from '../score/band.js';
import type { Hundredths } from '../score/score-health.js';
import type { Money } from '../sheet/fact.js';

/** One customer of a hierarchy. */
export interface Member {
  readonly id: string;
  readonly parent: string | null;
  /** What counts of its own; null while too little is known. */
  readonly score: Hundredths | null;
  readonly arr: readonly Money[];
  readonly card: Card;
}

export interface RolledChild {
  readonly id: string;
  /** Its own, rolled up where it has children and its card says so; null while too little is known. */
  readonly score: Hundredths | null;
  /** Its share of what is rolled up, 0 to 1; those of all children sum to 1 where one is known. */
  readonly weight: number;
}

export interface RolledUp {
  /** Null where nothing that it is made of is known. */
  readonly score: Hundredths | null;
  /** By the card, without memory. */
  readonly band: Band;
  /** Percent of what it is made of that is known: how many of the children, and of a blend its own share, too. Below what the card asks for the band is unknown. */
  readonly coverage: number;
  /** By id. */
  readonly children: readonly RolledChild[];
  /** The child with the lowest score, the first of equals by id. */
  readonly worst: string | null;
}

/**
 * The health of a customer with what belongs to it, as its card rolls it up. Children of whom too little is known count in the coverage only. Weights are yearly amounts:
 * where those of the known children are all of one currency, who has none weighs nothing; where there are several currencies, or no amounts, all weigh the same, for nothing is converted.
 * Of a blend the rest speaks alone where one side is unknown. Without children it is its own score.
 */
export function rollUp({ rollUp: rule = { kind: 'own' }, ...card }: Card, own: Hundredths | null, children: readonly Pick<Member, 'id' | 'score' | 'arr'>[]): RolledUp {
  const sorted = [...children].sort((a, b) => (a.id < b.id ? -1 : 1));
  const known = sorted.filter((child): child is typeof child & { score: number } => child.score !== null);
  const lowest = known.reduce<(typeof known)[number] | null>((worst, child) => (worst === null || child.score < worst.score ? child : worst), null);
  const weights = rule.kind === 'worst-child' ? new Map(lowest ? [[lowest.id, 1]] : []) : weightsOf(known);
  const mean = known.length === 0 ? null : known.reduce((sum, { id, score }) => sum + (weights.get(id) ?? 0) * score, 0);
  const rolled = rule.kind === 'own' || children.length === 0 ? own : rule.kind !== 'blend' ? mean : own === null || mean === null ? own ?? mean : rule.own * own + (1 - rule.own) * mean;
  const score = rolled === null ? null : Math.round(rolled);
  const ownShare = rule.kind === 'own' || children.length === 0 ? 1 : rule.kind === 'blend' ? rule.own : 0;
  const coverage = Math.round(10_000 * (ownShare * (own === null ? 0 : 1) + (1 - ownShare) * (known.length / Math.max(1, children.length)))) / 100;
  return {
    score, band: bandOf({ score, coverage }, null, card), coverage,
    children: sorted.map(({ id, score: each }) => ({ id, score: each, weight: weights.get(id) ?? 0 })), worst: lowest?.id ?? null,
  };
}

function weightsOf(children: readonly Pick<Member, 'id' | 'arr'>[]): Map<string, number> {
  const amounts = children.flatMap(({ arr }) => arr.filter(({ amount }) => amount > 0));
  const sum = amounts.reduce((total, { amount }) => total + amount, 0);
  if (new Set(amounts.map(({ currency }) => currency)).size !== 1) return new Map(children.map(({ id }) => [id, 1 / children.length]));
  return new Map(children.map(({ id, arr }) => [id, arr.reduce((total, { amount }) => total + Math.max(0, amount), 0) / sum]));
}

/** The same of a whole hierarchy: what belongs to its parts is rolled up into these first. Who would be a part of itself is left out there. */
export function rollUpTree(members: readonly Member[], root: string): RolledUp {
  const [byId, byParent] = [new Map(members.map((member) => [member.id, member])), new Map<string, Member[]>()];
  for (const member of members) if (member.parent !== null) byParent.set(member.parent, [...byParent.get(member.parent) ?? [], member]);
  const rolled = ({ id, card, score }: Member, above: ReadonlySet<string>): RolledUp => {
    const path = new Set([...above, id]);
    const parts = card.rollUp === undefined || card.rollUp.kind === 'own' ? [] : (byParent.get(id) ?? []).filter((part) => !path.has(part.id));
    return rollUp(card, score, parts.map((part) => {
      const { score: its, band } = rolled(part, path);
      return { id: part.id, arr: part.arr, score: band === 'unknown' ? null : its };
    }));
  };
  return rolled(byId.get(root)!, new Set());
}
