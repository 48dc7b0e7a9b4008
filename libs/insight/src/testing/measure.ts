import type { JourneyEvent } from '#journey';
import { firstScorecard } from '../cards/first-scorecard.js';
import { foldEvents } from '../fold-events.js';
import { scoreHealth, type MeasureScore } from '../score/score-health.js';
import { qualityOf } from '../score/curve.js';
import { TODAY, utc } from './facts.js';

/** How the first scorecard sees one measure of a history: its answer, and its quality to four decimals. */
export function measured(id: string, events: readonly JourneyEvent[], day = TODAY): MeasureScore & { quality: number | null } {
  const measure = scoreHealth(foldEvents(events, utc), firstScorecard, day).measures.find((one) => one.id === id)!;
  const { curve } = firstScorecard.measures.find((one) => one.id === id)!;
  return { ...measure, quality: measure.value === null ? null : Math.round(qualityOf(measure.value, curve) * 10_000) / 10_000 };
}
