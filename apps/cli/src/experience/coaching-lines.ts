import { percentWords } from '#insight';
import type { CoachingAnswer, CoachingLine } from '#read-model';
import { counted } from '../text/figures.js';

const points = (value: number) => `${value < 0 ? '' : '+'}${Math.round(100 * value)}`;

function changeWords({ before, after, difference: { value, low, high }, missing }: CoachingLine['figures']['topBox']): string {
  if (value === null || before.value === null || after.value === null) return missing ?? '';
  return `${percentWords(before.value)} of ${before.n} before, ${percentWords(after.value)} of ${after.n} after: ${points(value)} points (${points(low!)} to ${points(high!)})`;
}

/** Excellent answers before and after each coaching, beside those of all others. */
export function coachingLines({ from, to, days, coachings, missing }: CoachingAnswer): string[] {
  return [
    `Excellent answers ${counted(days, 'day')} before and after a coaching given ${from} to ${to}: what changed, not what the coaching did. In brackets: 95 % intervals.`,
    ...(missing === null ? [] : [`  ${missing}`]),
    ...coachings.flatMap(({ coaching, givenOn, of, who, topic, figures, others }) => [`${givenOn}  ${coaching}: ${of} ${who}, ${topic}`, `  ${changeWords(figures.topBox)}`, `  all others: ${changeWords(others.topBox)}`]),
  ];
}
