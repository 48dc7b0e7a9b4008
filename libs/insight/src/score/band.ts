import type { Bands, Card } from '../cards/card.js';

export type Band = 'healthy' | 'watch' | 'at-risk' | 'unknown';

/** What a band is made of: score in hundredths (null: nothing is known) and coverage in percent. */
export interface Banded {
  readonly score: number | null;
  readonly coverage: number;
}

/** Whether enough is known to have a score that means something. */
export const isEnough = ({ score, coverage }: Banded, { bands }: Card): boolean => score !== null && coverage >= bands.leastCoverage;

/**
 * The band of a score, given the band at the close of the day before (null: there was none). A score on an edge belongs to the upper band, unless the card says otherwise.
 * A band is kept until the score is `margin` points beyond its edge: above by the margin or more, below by more than the margin.
 * @throws RangeError for a score that is no finite number
 */
export function bandOf(banded: Banded, previous: Band | null, card: Card): Band {
  if (banded.score !== null && !Number.isFinite(banded.score)) throw new RangeError(`The score is not a number: ${banded.score} has no band.`);
  if (!isEnough(banded, card)) return 'unknown';
  const { bands } = card;
  const score = banded.score!;
  if (previous && previous !== 'unknown') {
    const [from, to] = { healthy: [bands.healthy, Infinity], watch: [bands.watch, bands.healthy], 'at-risk': [-Infinity, bands.watch] }[previous] as [number, number];
    if (isFrom(score, from - bands.margin, bands) && !isFrom(score, to + bands.margin, bands)) return previous;
  }
  return isFrom(score, bands.healthy, bands) ? 'healthy' : isFrom(score, bands.watch, bands) ? 'watch' : 'at-risk';
}

/** Whether a score, in hundredths, is in the band above an edge, in points. */
function isFrom(score: number, edge: number, { boundary }: Bands): boolean {
  const at = Math.round(1e8 * edge) / 1e6;
  return boundary === 'belongs to the lower band' ? score > at : score >= at;
}

/** "healthy from 70, watch from 45", or "healthy above 75, watch above 50" where an edge belongs to the lower band. */
export function edgeWords({ healthy, watch, boundary }: Pick<Bands, 'healthy' | 'watch' | 'boundary'>): string {
  const from = boundary === 'belongs to the lower band' ? 'above' : 'from';
  return `healthy ${from} ${healthy}, watch ${from} ${watch}`;
}

const before: readonly (Band | null)[] = [null, 'healthy', 'watch', 'at-risk'];

/** The band where it is the same whatever came before; null where yesterday decides. */
export function bandByItself(banded: Banded, card: Card): Band | null {
  const [first, ...others] = before.map((previous) => bandOf(banded, previous, card));
  return others.every((band) => band === first) ? first! : null;
}
