import type { Card } from '../cards/card.js';
import type { FactSheet } from '../fact-sheet.js';
import { type Override, overrideOn } from '../profile.js';
import { bandOf, type Band } from '../score/band.js';
import type { Hundredths } from '../score/score-health.js';
import { dateWords, figure } from '../words.js';

/** A score, null where nothing is known, and its band. */
export interface ScoreAndBand {
  readonly score: Hundredths | null;
  readonly band: Band;
}

/** An override while it holds, in hundredths and with its band. */
export interface Overridden extends Omit<Override, 'score'> {
  readonly score: Hundredths;
  readonly band: Band;
}

/** The override that holds on a day. Its band is that of its score by the card, without memory: what was before it does not matter, nor does how much is known. */
export function overrideIn(sheet: FactSheet, card: Card, day: number): Overridden | null {
  const set = overrideOn(sheet, day);
  if (!set) return null;
  const score = Math.round(100 * set.score);
  return { ...set, score, band: bandOf({ score, coverage: 100 }, null, card) };
}

/** What counts: the override while one holds, else what was computed. What is computed never looks at overrides. */
export function withOverride(computed: ScoreAndBand, override: ScoreAndBand | null): ScoreAndBand {
  const { score, band } = override ?? computed;
  return { score, band };
}

/** "Overridden to 30 until 3 Dec; computed is 72." */
export function sayOverride({ score, until }: Pick<Overridden, 'score' | 'until'>, computed: ScoreAndBand, today: number): string {
  return `Overridden to ${figure(score / 100)} until ${dateWords(until, today)}; ${computed.score === null || computed.band === 'unknown' ? 'too little is known to compute one' : `computed is ${figure(computed.score / 100)}`}.`;
}
