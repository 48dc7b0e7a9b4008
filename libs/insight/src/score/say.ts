import { dateWords, figure, lower, pointsWords, sentence } from '../words.js';
import type { Held, Weighed, WeighedExtra } from './weigh.js';

/** One sentence about a measure: what it is, what it cost and since when, or why nobody can tell. `held`: it holds the whole score down. */
export function sayMeasure({ measure, reading, points, maxPoints }: Weighed, today: number, held: Held | null = null): string {
  if ('missing' in reading) return sentence(`${measure.label}: unknown, because ${reading.missing}${STANDS_IN[measure.whenUnknown ?? 'redistribute']}`);
  if (maxPoints <= points) return sentence(`${reading.what()}: no points lost`);
  return sentence(`${reading.what()} cost ${pointsWords(maxPoints - points)}${sinceWords(reading.since, today)}${held ? `, holding the score at ${figure(held.at / 100)}` : ''}`);
}

const STANDS_IN = { redistribute: '', neutral: '; counts as neutral', worst: '; counts as the worst' };

/** "Support starts with 50 points." or "The bounds of support took 3 points." */
export function sayExtra({ kind, group, points }: WeighedExtra): string {
  if (kind === 'start') return sentence(`${group?.label ?? 'The score'} starts with ${pointsWords(points)}`);
  return sentence(`the bounds of ${group ? lower(group.label) : 'the score'} ${points < 0 ? 'took' : 'gave'} ${pointsWords(points)}`);
}

/** "Silence: so bad that the score is held at 65, which cost 12 points since 2 Nov." */
export function sayCeiling({ measure, reading }: Weighed, { at, cut }: Held, today: number): string {
  const since = 'missing' in reading ? undefined : reading.since;
  return sentence(`${measure.label}: so bad that the score is held at ${figure(at / 100)}, which cost ${pointsWords(cut)}${sinceWords(since, today)}`);
}

function sinceWords(since: number | undefined, today: number): string {
  return since === undefined ? '' : ` since ${dateWords(since, today)}`;
}
