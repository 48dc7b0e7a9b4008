import type { Card } from '../cards/card.js';
import { cardFor, type CardSet } from '../cards/cards.js';
import type { FactSheet } from '../fact-sheet.js';
import { bandOf, type Band } from '../score/band.js';
import type { Hundredths } from '../score/score-health.js';
import { weigh } from '../score/weigh.js';
import { figure } from '../words.js';

/** How it looks to some of them, by a card of their own. The band has no memory. */
export interface PointOfView {
  readonly card: Card;
  readonly score: Hundredths | null;
  readonly coverage: number;
  readonly band: Band;
}

/** How it looks to those who pay and to those who use; null where no card says so for this customer. */
export interface PointsOfView {
  readonly payer: PointOfView | null;
  readonly user: PointOfView | null;
  /** What the payer sees less what the user sees; null unless enough is known of both. */
  readonly apart: Hundredths | null;
  /** In a sentence, where they are far apart; else null. */
  readonly say: string | null;
}

/** From so many hundredths on, payer and user are far apart. */
const FAR = 1_500;

/** @returns null where no card says how it looks to either */
export function pointsOfView({ payer: payers, user: users }: Pick<CardSet, 'payer' | 'user'>, sheet: FactSheet, day: number): PointsOfView | null {
  const [payer, user] = [seenBy(cardFor(payers, sheet), sheet, day), seenBy(cardFor(users, sheet), sheet, day)];
  if (!payer && !user) return null;
  const apart = payer && user && payer.band !== 'unknown' && user.band !== 'unknown' ? payer.score! - user.score! : null;
  return { payer, user, apart, say: apart === null || Math.abs(apart) < FAR ? null : `The payer sees ${figure(payer!.score! / 100)}, the user ${figure(user!.score! / 100)}: they are ${figure(Math.abs(apart) / 100)} points apart.` };
}

function seenBy(card: Card | null, sheet: FactSheet, day: number): PointOfView | null {
  if (!card) return null;
  const { score, coverage } = weigh(sheet, card, day);
  return { card, score, coverage, band: bandOf({ score, coverage }, null, card) };
}
