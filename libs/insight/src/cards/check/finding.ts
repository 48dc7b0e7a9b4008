/** Something about a card that should be put right: an error must be, before it is published. */
export interface CardFinding {
  readonly level: 'error' | 'warning';
  /** JSON pointer into the card. */
  readonly pointer: string;
  /** One sentence of at most 25 words that says what to do. */
  readonly say: string;
}

export const error = (pointer: string, say: string): CardFinding => ({ level: 'error', pointer, say });
export const warning = (pointer: string, say: string): CardFinding => ({ level: 'warning', pointer, say });
export const unless = (isRight: boolean, finding: CardFinding): CardFinding[] => (isRight ? [] : [finding]);
