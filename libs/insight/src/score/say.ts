import { dateWords, pointsWords, sentence } from '../words.js';
import type { Weighed } from './weigh.js';

/** One sentence about a measure: what it is, what it cost and since when, or why nobody can tell. */
export function sayMeasure({ measure, reading, points, maxPoints }: Weighed, today: number): string {
  if ('missing' in reading) return sentence(`${measure.label}: unknown, because ${reading.missing}`);
  if (maxPoints <= points) return sentence(`${reading.what()}: no points lost`);
  const since = reading.since === undefined ? '' : ` since ${dateWords(reading.since, today)}`;
  return sentence(`${reading.what()} cost ${pointsWords(maxPoints - points)}${since}`);
}
