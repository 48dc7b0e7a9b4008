import type { Card } from '../cards/card.js';
import { type Cards, cardsIn, only } from '../cards/cards.js';

/** The cards with one of them in another version; a card whose id is none of theirs scores everybody. */
export function withCard(cards: Cards, card: Card): Cards {
  const instead = (one: Card): Card => (one.id === card.id ? card : one);
  if (!cardsIn(cards).some(({ id }) => id === card.id)) return only(card);
  return { rules: cards.rules.map(({ when, card: own }) => ({ when, card: instead(own) })), otherwise: instead(cards.otherwise) };
}
