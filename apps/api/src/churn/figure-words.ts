import type { Backtest } from '#insight';

type Figure = Backtest['horizons'][number]['figures'][number];
type Value = number | null;

export const NOT_KNOWN = 'not known';

/** 0.8123 as 81.2 %; small shares with one digit more. */
export const percent = (share: Value): string => (share === null ? NOT_KNOWN : `${(share * 100).toFixed(Math.abs(share) < 0.1 && share !== 0 ? 1 : 0)}\u00a0%`);
export const decimals = (value: Value, digits = 3): string => (value === null ? NOT_KNOWN : value.toFixed(digits).replace('-', '−'));
/** A number of unknown size, three digits of it. */
export const short = (value: number): string => new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 }).format(value).replace('-', '−');
/** What log-odds do to the odds: ×1.5, or ÷1.5 where they make them lower. */
export const times = (logOdds: number): string => `${logOdds < 0 ? '÷' : '×'}${new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 }).format(Math.exp(Math.abs(logOdds)))}`;
export const count = (rows: number): string => new Intl.NumberFormat('en-GB').format(rows);

/** "0.79 to 0.85", or that it is not known. */
export const between = (low: Value, high: Value, say: (value: Value) => string): string => (low === null || high === null ? NOT_KNOWN : `${say(low)} to ${say(high)}`);

interface Words { readonly name: string; readonly better: string; readonly say: (value: Value) => string }

const WORDS: Readonly<Record<Figure['name'], Words>> = {
  auc: { name: 'ROC AUC', better: 'of a leaver and a stayer, how often the leaver is ranked higher; 0.5 is chance, 1 is best', say: decimals },
  prAuc: { name: 'PR AUC', better: 'average precision; chance is the share that left, 1 is best', say: decimals },
  logLoss: { name: 'Log-loss', better: 'lower is better', say: (value) => decimals(value, 4) },
  brier: { name: 'Brier', better: 'squared distance from what came; lower is better', say: (value) => decimals(value, 4) },
  slope: { name: 'Calibration slope', better: '1 is right; below it, risks are too extreme', say: (value) => decimals(value, 2) },
  ece: { name: 'Calibration error', better: 'how far risks are from what came, on average over ten bins; 0 is best', say: percent },
  lift10: { name: 'Lift at 10 %', better: 'how many times as many leavers as by chance among the riskiest tenth', say: (value) => decimals(value, 2) },
  arrCaptured10: { name: 'Revenue captured at 10 %', better: 'of the yearly amounts of those who left, the share in the riskiest tenth', say: percent },
};

export const wordsOf = ({ name }: Pick<Figure, 'name'>): Words => WORDS[name];

export const horizonWords = (horizon: number | 'renewal'): string => (horizon === 'renewal' ? 'By the next renewal' : `Within ${horizon} days`);
