import { type Card, type Cards, type CardSet, type Condition, firstScorecard } from '#insight';
import type { JourneyEvent } from '#journey';

/** A fact about a scorecard, or about who is scored by which (`card` is then `ASSIGNMENT`). */
export type CardFact = Pick<JourneyEvent, 'type' | 'position' | 'observedAt' | 'actor' | 'data' | 'revision'> & { readonly card: string };

/** The stream of the facts that say who is scored by which card; no card has this id. */
export const ASSIGNMENT = 'assignment';

export const PERSPECTIVES = ['whole', 'payer', 'user'] as const;
export type Perspective = (typeof PERSPECTIVES)[number];

/** Who is scored by which card, from one point of view. */
export interface Assignment {
  readonly rules: readonly (Condition & { readonly card: string })[];
  /** Null: nobody else is, or for the score that counts the first scorecard. */
  readonly otherwise: string | null;
}

/** One card with its versions. */
export interface CardState {
  readonly id: string;
  readonly versions: readonly { readonly version: number; readonly card: Card; readonly fact: CardFact }[];
  /** The fact that published what is in force; null while nothing is, and after it was retired. */
  readonly published: CardFact | null;
  readonly retired: CardFact | null;
  /** Everything that was ever published, in order. */
  readonly history: readonly CardFact[];
}

export interface CardStates {
  readonly cards: ReadonlyMap<string, CardState>;
  readonly assigned: Readonly<Partial<Record<Perspective, Assignment>>>;
}

/** Where every card stands after these facts, which are in log order. */
export function statesOf(facts: readonly CardFact[]): CardStates {
  const cards = new Map<string, CardState>();
  const assigned: Partial<Record<Perspective, Assignment>> = {};
  for (const fact of facts) {
    if (fact.type === 'scorecard.assigned') assigned[fact.data['perspective'] as Perspective] = { rules: fact.data['rules'] as Assignment['rules'], otherwise: (fact.data['otherwise'] as string | null) ?? null };
    else cards.set(fact.card, after(cards.get(fact.card) ?? { id: fact.card, versions: [], published: null, retired: null, history: [] }, fact));
  }
  return { cards, assigned };
}

function after(state: CardState, fact: CardFact): CardState {
  if (fact.type === 'scorecard.drafted') {
    const card = fact.data['card'] as Card;
    return { ...state, versions: [...state.versions, { version: card.version, card, fact }] };
  }
  if (fact.type === 'scorecard.published') return { ...state, published: fact, retired: null, history: [...state.history, fact] };
  return fact.type === 'scorecard.retired' ? { ...state, published: null, retired: fact } : state;
}

/** A version of a card; null where there is none. The built-in card has the first version of its id. */
export function versionOfCard({ cards }: CardStates, id: string, version: number): Card | null {
  if (id === firstScorecard.id && version === firstScorecard.version) return firstScorecard;
  return cards.get(id)?.versions.find((each) => each.version === version)?.card ?? null;
}

/** The newest version of a card; null where there is none. */
export function newestCard({ cards }: CardStates, id: string): Card | null {
  return cards.get(id)?.versions.at(-1)?.card ?? (id === firstScorecard.id ? firstScorecard : null);
}

/** The card in force under an id; null where none is. */
export function publishedCard(states: CardStates, id: string): Card | null {
  const published = states.cards.get(id)?.published;
  return published ? versionOfCard(states, id, Number(published.data['version'])) : id === firstScorecard.id ? firstScorecard : null;
}

/** The cards that count. A rule whose card is not in force is passed over; without any the built-in card scores everybody. */
export function cardSetOf(states: CardStates): Omit<CardSet, 'id'> {
  const from = (perspective: Perspective): Cards<Card | null> => {
    const { rules = [], otherwise = perspective === 'whole' ? firstScorecard.id : null } = states.assigned[perspective] ?? {};
    return {
      rules: rules.flatMap(({ card: id, ...when }) => {
        const card = publishedCard(states, id);
        return card ? [{ when, card }] : [];
      }),
      otherwise: otherwise === null ? null : publishedCard(states, otherwise),
    };
  };
  const whole = from('whole');
  return { whole: { ...whole, otherwise: whole.otherwise ?? publishedCard(states, firstScorecard.id)! }, payer: from('payer'), user: from('user') };
}
