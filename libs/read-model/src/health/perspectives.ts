import { type CardSet, type FactSheet, type PointOfView, pointsOfView, scoreHealth } from '#insight';
import { points } from '../reading.js';
import { type ScoreAnswer, scoreAnswer } from './counting-parts.js';
import { type GroupAnswer, groupsOf } from './health-answer.js';

/** How it looks to those who pay, or to those who use, by a card of their own. */
export interface PerspectiveAnswer extends ScoreAnswer {
  readonly coverage: number;
  readonly card: { readonly id: string; readonly version: number; readonly label: string | null };
  readonly groups: readonly GroupAnswer[];
}

export interface PerspectivesAnswer {
  /** Null where no card scores this customer so. */
  readonly payer: PerspectiveAnswer | null;
  readonly user: PerspectiveAnswer | null;
  /** Points that the payer sees less those that the user sees; null unless enough is known of both. */
  readonly apart: number | null;
  /** In a sentence, from 15 points apart on; else null. */
  readonly say: string | null;
}

const NOBODY = { payer: null, user: null, apart: null, say: null };

export function perspectivesOf(cards: CardSet, sheet: FactSheet, day: number): PerspectivesAnswer {
  const { payer, user, apart, say } = pointsOfView(cards, sheet, day) ?? NOBODY;
  const answer = (view: PointOfView | null): PerspectiveAnswer | null => view && {
    ...scoreAnswer(view), coverage: view.coverage, card: { id: view.card.id, version: view.card.version, label: view.card.label ?? null }, groups: groupsOf(scoreHealth(sheet, view.card, day)),
  };
  return { payer: answer(payer), user: answer(user), apart: apart === null ? null : points(apart), say };
}
