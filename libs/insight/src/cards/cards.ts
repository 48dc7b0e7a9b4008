import type { FactSheet } from '../fact-sheet.js';
import type { Card } from './card.js';

/** Whom a rule is for: every trait that is named must be one of those listed. */
export interface Condition {
  readonly segments?: readonly string[];
  readonly industries?: readonly string[];
  readonly regions?: readonly string[];
}

/** Which card scores whom: that of the first rule that fits, else the last one; that may be null where a point of view is not everybody's. */
export interface Cards<Last extends Card | null = Card> {
  readonly rules: readonly { readonly when: Condition; readonly card: Card }[];
  readonly otherwise: Last;
}

/** The cards of a tenant. Equal ids, equal figures. */
export interface CardSet {
  readonly id: string;
  /** The score that counts. */
  readonly whole: Cards;
  /** How it looks to those who pay and to those who use, each by cards of their own. */
  readonly payer: Cards<Card | null>;
  readonly user: Cards<Card | null>;
}

/** The same card for everybody. */
export const only = (card: Card): Cards => ({ rules: [], otherwise: card });

/** All cards among some, each once. */
export const cardsIn = ({ rules, otherwise }: Cards): Card[] => [...new Set([...rules.map(({ card }) => card), otherwise])];

/** The card that scores a customer, by what its sheet says of it. */
export function cardFor<Last extends Card | null>({ rules, otherwise }: Cards<Last>, sheet: FactSheet): Card | Last {
  return rules.find(({ when }) => fits(when, sheet))?.card ?? otherwise;
}

function fits({ segments, industries, regions }: Condition, sheet: FactSheet): boolean {
  return isOne(segments, sheet, 'segment') && isOne(industries, sheet, 'industry') && isOne(regions, sheet, 'region');
}

function isOne(wanted: readonly string[] | undefined, { customer, absorbed }: FactSheet, trait: string): boolean {
  const said = customer[trait] ?? absorbed?.[trait];
  return wanted === undefined || (said !== undefined && wanted.includes(String(said[3])));
}
