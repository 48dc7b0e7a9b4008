import type { Backtest } from '#insight';

/** What the leak check says against a proof: null where nothing is, else why, with the columns that look as if they knew what comes. */
export interface Suspicion {
  readonly says: string;
  readonly columns: readonly string[];
}

export function suspicionIn(proof: Backtest | null): Suspicion | null {
  const suspicious = (proof?.horizons ?? []).filter(({ leak }) => leak.verdict === 'suspicious');
  if (suspicious.length === 0) return null;
  return { says: [...new Set(suspicious.map(({ leak }) => leak.says))].join(' '), columns: [...new Set(suspicious.flatMap(({ leak }) => leak.suspects.map(({ column }) => column)))] };
}
