import { type Card, figure, type Member, type RollUp, rollUpTree } from '#insight';
import { type ScoreAnswer, scoreAnswer } from './counting-parts.js';

/** The health of a customer with that of what belongs to it. */
export interface RollUpAnswer extends ScoreAnswer {
  readonly kind: RollUp['kind'];
  /** Its own score, as everywhere else. */
  readonly own: number | null;
  /** Percent of what it is made of that is known. */
  readonly coverage: number;
  /** Those that belong to it directly, each with what belongs to it in turn; who has left is not among them. */
  readonly children: readonly (ScoreAnswer & { readonly id: string; readonly name: string | null; readonly arr: Member['arr']; readonly weight: number })[];
  /** Children of whom too little is known. */
  readonly unknown: number;
  readonly say: string;
}

/** A member of the hierarchy with its name. */
export interface NamedMember extends Member {
  readonly name: string | null;
}

export const rollsUp = (card: Card): boolean => card.rollUp !== undefined && card.rollUp.kind !== 'own';

/** Where a hierarchy is looked at from. */
export type Top = Omit<NamedMember, 'parent'> & { readonly card: Card };

/** @returns null where the card of `root` rolls nothing up, or nobody belongs to it */
export function rollUpAnswer(members: readonly NamedMember[], top: Top): RollUpAnswer | null {
  const byId = new Map(members.map((member) => [member.id, member]));
  const { kind } = top.card.rollUp ?? { kind: 'own' };
  const rolled = rollUpTree(members, { ...top, parent: null });
  if (kind === 'own' || rolled.children.length === 0) return null;
  const children = rolled.children.map(({ id, weight, ...child }) => {
    const { name, arr } = byId.get(id)!;
    return { id, name, ...scoreAnswer(child), arr, weight };
  });
  const unknown = children.filter((child) => child.score === null).length;
  const worst = children.find(({ id }) => id === rolled.worst);
  return {
    kind, ...scoreAnswer(rolled), own: scoreAnswer(top).score, coverage: rolled.coverage, children, unknown,
    say: [whole(rolled.band === 'unknown' ? null : rolled.score, top.card, children.length), ...(worst ? [`${worst.name ?? worst.id} is the lowest with ${figure(worst.score!)}.`] : []), ...(unknown > 0 ? [`Of ${unknown} of them too little is known.`] : [])].join(' '),
  };
}

const made = { own: 'its own', 'mean-of-children': 'the mean of what belongs to it', 'worst-child': 'the lowest of what belongs to it' };

function whole(score: number | null, { rollUp = { kind: 'own' } }: Card, count: number): string {
  const of = rollUp.kind === 'blend' ? `${figure(100 * rollUp.own)} % its own, the rest the mean of what belongs to it` : made[rollUp.kind];
  return `Together ${score === null ? 'too little is known' : figure(score / 100)}: ${of} (${count}).`;
}
