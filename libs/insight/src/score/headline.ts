import type { Card } from '../cards/card.js';
import type { FactSheet } from '../fact-sheet.js';
import { isEnough } from './band.js';
import { sayMeasure } from './say.js';
import { dataAgeOf, type Score, withSince } from './score-health.js';
import { weigh } from './weigh.js';

/** What a line of a list tells of a score. `say`: what costs most, worst first, a sentence each. */
export interface Headline extends Pick<Score, 'score' | 'coverage' | 'dataAge'> {
  readonly say: readonly string[];
}

/** The same figures as `scoreHealth`, and the sentences of its `worstMeasures`, without working out what else explains the score. */
export function headline(sheet: FactSheet, card: Card, day: number, most: number): Headline {
  const weighing = weigh(sheet, card, day);
  const { score, coverage, measures, held } = weighing;
  const told = isEnough(weighing, card) ? held : null;
  const costs = measures.map(({ points, maxPoints }, index) => maxPoints - points + (held?.index === index ? held.cut : 0));
  const worst = [...costs.keys()].filter((index) => costs[index]! > 0).sort((a, b) => costs[b]! - costs[a]!).slice(0, most);
  return { score, coverage, dataAge: dataAgeOf(sheet, day), say: worst.map((index) => sayMeasure(withSince(measures[index]!), day, told?.index === index ? told : null)) };
}
