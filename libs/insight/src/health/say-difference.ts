import { dateWords, pointsWords, sentence } from '../words.js';
import { eventWords } from './event-words.js';

/** "A ticket was reopened on 2 Nov and cost 4 points: 1 ticket reopened in 30 days (usual: 0)." */
export function sayEvent(type: string, points: number, { day, today, why }: { day: number; today: number; why: string | null }): string {
  return sentence(`${eventWords(type)} on ${dateWords(day, today)} and ${effect(points)}${why === null ? '' : `: ${why}`}`);
}

/** "As time passed, two-way contact cost 3 points." `turned`: what the measure did meanwhile. */
export function sayTime(label: string, points: number, turned: 'counts' | 'uncounted' | null): string {
  const why = turned === null ? '' : turned === 'counts' ? ': it now counts in the score' : ': it no longer counts in the score, so the rest counts for more';
  return sentence(`as time passed, ${lower(label)} ${effect(points)}${why}`);
}

const MOST = 3;

/** Why an event moved points that it does not seem to deserve: measures that became known, or unknown, share the score anew. */
export function sayTurned(counts: readonly string[], uncounted: readonly string[]): string {
  const begun = counts.length ? [`what is known of ${labels(counts)} now counts in the score`] : [];
  const ended = uncounted.length ? [`what was known of ${labels(uncounted)} no longer counts`] : [];
  return `${[...begun, ...ended].join('; ')}, so the rest counts for ${counts.length && uncounted.length ? 'more or less' : counts.length ? 'less' : 'more'}`;
}

function labels(all: readonly string[]): string {
  const shown = all.slice(0, all.length > MOST ? MOST - 1 : MOST).map(lower);
  const list = all.length > shown.length ? [...shown, `${all.length - shown.length} more measures`] : shown;
  return list.length > 1 ? `${list.slice(0, -1).join(', ')} and ${list.at(-1)!}` : list[0]!;
}

const lower = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);

function effect(points: number): string {
  return points === 0 ? 'moved points between measures only' : `${points < 0 ? 'cost' : 'brought'} ${pointsWords(points)}`;
}
