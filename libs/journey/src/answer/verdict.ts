/** A question's scale, and where its author drew the lines. */
export interface Scale {
  readonly kind: string;
  readonly min: number;
  readonly max: number;
  /** An answer below is a miss. */
  readonly bar?: number;
  /** An answer of so much or more is excellent. */
  readonly excellentFrom?: number;
}

export type Verdict = 'miss' | 'neutral' | 'excellent';

/** Of CSAT scales of so many whole answers, the upper ones that are positive: 4 and 5 of five, 3 and 4 of four, only the best of three and of two. */
const POSITIVE: Readonly<Record<number, number>> = { 2: 1, 3: 1, 4: 2, 5: 2 };

/** The lowest positive answer of a CSAT scale as it is usually counted; null on a scale of which that is not said. */
export function csatPositiveFrom({ min, max }: Pick<Scale, 'min' | 'max'>): number | null {
  const upper = POSITIVE[max - min + 1];
  return upper === undefined ? null : max - upper + 1;
}

/** Where the lines lie when nobody drew them, as shares of the scale: below 7 of 0 to 10 for NPS and XLA, below three quarters of a CSAT scale that nobody counts in a usual way, below the middle for the rest. */
const BARS: Readonly<Record<string, number>> = { nps: 0.7, xla: 0.7, csat: 0.75 };
const BAR = 0.5;
const EXCELLENT = 0.9;

/** Where an answer lies on its own scale, 0 to 1. */
export const shareOfScale = ({ min, max }: Scale, score: number): number => Math.min(1, Math.max(0, (score - min) / (max - min)));

/** The lowest answer that is no miss; of CSAT the lowest that is positive. */
export const barOf = ({ kind, min, max, bar }: Scale): number => bar ?? (kind === 'csat' ? csatPositiveFrom({ min, max }) : null) ?? min + (BARS[kind] ?? BAR) * (max - min);

/** What an answer says of us: a miss below the bar, excellent near the top (9 and 10 of 0 to 10, 5 of 1 to 5), neutral between. */
export function verdictOf(scale: Scale, score: number): Verdict {
  if (score < barOf(scale)) return 'miss';
  const { min, max, excellentFrom = min + EXCELLENT * (max - min) } = scale;
  return score >= excellentFrom ? 'excellent' : 'neutral';
}
