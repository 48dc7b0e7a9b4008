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

/** Where the lines lie when nobody drew them, as shares of the scale: below 7 of 0 to 10 for NPS and XLA, below 4 of 1 to 5, below the middle for the rest. */
const BARS: Readonly<Record<string, number>> = { nps: 0.7, xla: 0.7, csat: 0.75 };
const BAR = 0.5;
const EXCELLENT = 0.9;

/** Where an answer lies on its own scale, 0 to 1. */
export const shareOfScale = ({ min, max }: Scale, score: number): number => Math.min(1, Math.max(0, (score - min) / (max - min)));

/** The lowest answer that is no miss. */
export const barOf = ({ kind, min, max, bar }: Scale): number => bar ?? min + (BARS[kind] ?? BAR) * (max - min);

/** What an answer says of us: a miss below the bar, excellent near the top (9 and 10 of 0 to 10, 5 of 1 to 5), neutral between. */
export function verdictOf(scale: Scale, score: number): Verdict {
  if (score < barOf(scale)) return 'miss';
  const { min, max, excellentFrom = min + EXCELLENT * (max - min) } = scale;
  return score >= excellentFrom ? 'excellent' : 'neutral';
}
