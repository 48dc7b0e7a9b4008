import { apportion } from './apportion.js';
import type { Extra, Shares } from './share-out.js';

export interface WholeShares {
  readonly points: readonly number[];
  readonly most: readonly number[];
  readonly extras: readonly Extra[];
}

/**
 * Shares as whole hundredths that sum to the score. What rounding leaves over goes to the measures within what they have at best (and not below 0, but for those of a
 * group that adds up), or to bounds; to a start only where nothing else has room.
 */
export function inHundredths({ points, most: exactMost, extras }: Shares, score: number, adds: readonly boolean[]): WholeShares {
  const most = apportion(exactMost, Math.round(total(exactMost)));
  const fixed = extras.map(({ kind, points: exact }) => (kind === 'start' ? Math.round(exact) : null));
  const parts = [...points, ...extras.map((extra) => extra.points)];
  const limits = [...most, ...fixed.map((start) => start ?? Infinity)];
  const least = [...adds.map((add) => (add ? -Infinity : 0)), ...fixed.map((start) => start ?? -Infinity)];
  const whole = apportion(parts, score, limits, least);
  const rest = score - total(whole);
  return { most, points: whole.slice(0, points.length), extras: extras.map((extra, at) => ({ ...extra, points: whole[points.length + at]! + (at === 0 ? rest : 0) })) };
}

export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
