import { dateWords, lower, pointsWords, sentence } from '../words.js';
import { eventWords } from './event-words.js';

const MOST_WORDS = 25;

/** "A ticket was reopened on 2 Nov and cost 4 points: 1 ticket reopened in 30 days (usual: 0)." `points`: null where there are not two scores to compare. `whys`: the first that leaves the sentence short enough is said. */
export function sayEvent(type: string, points: number | null, { day, today, whys }: { day: number; today: number; whys: readonly string[] }): string {
  const what = `${eventWords(type)} on ${dateWords(day, today)}${points === null ? '' : ` and ${effect(points)}`}`;
  return sentence(whys.map((why) => `${what}: ${why}`).find((text) => text.split(/\s+/).length <= MOST_WORDS) ?? what);
}

/** What became of a measure: whether it now counts or no longer does, and what the rest counts because of that; null where there is no rest, or it counts as before. */
export interface Turned {
  readonly counts: boolean;
  readonly rest: 'less' | 'more' | null;
}

/** "As time passed, two-way contact cost 3 points." `turned`: what the measure did meanwhile. */
export function sayTime(label: string, points: number, turned: Turned | null): string {
  const why = turned === null ? '' : turned.counts ? ': it now counts' : `: it no longer counts${turned.rest === 'more' ? ', so the rest counts more' : ''}`;
  return sentence(`as time passed, ${lower(label)} ${effect(points)}${why}`);
}

/** Why an event moved points that it does not seem to deserve: measures that became known, or unknown, share the score anew. The longest first. */
export function sayTurned(counts: readonly string[], uncounted: readonly string[], rest: Turned['rest']): string[] {
  const parts = [...(counts.length ? [`now counting: ${labels(counts)}`] : []), ...(uncounted.length ? [`no longer counting: ${labels(uncounted)}`] : [])].join('; ');
  return [...(rest ? [`${parts}, so the rest counts ${rest}`] : []), parts, counts.length ? 'now counting what was unknown' : 'what was known no longer counts'];
}

const labels = ([first, ...others]: readonly string[]): string => lower(first!) + (others.length ? ` and ${others.length} more` : '');

function effect(points: number): string {
  return points === 0 ? 'moved points between measures only' : `${points < 0 ? 'cost' : 'brought'} ${pointsWords(points)}`;
}
