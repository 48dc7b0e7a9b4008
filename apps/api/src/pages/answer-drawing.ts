import { barOf, shareOfScale } from '#journey';
import type { AnswerLine } from '#read-model';
import { html, type Html } from './html.js';

export const verdictWords = { miss: 'a miss', neutral: 'neither good nor bad', excellent: 'excellent' } as const;
const TONES = { miss: 'at-risk', neutral: 'watch', excellent: 'healthy' } as const;
const [WIDTH, LEFT, RIGHT, MIDDLE] = [200, 14, 186, 14];
const round = (length: number) => Math.round(length * 10) / 10;
const at = (share: number) => round(LEFT + share * (RIGHT - LEFT));

/** The scale from worst to best with what counts as a miss, and where this answer lies on it. */
export function scaleDrawing({ instrument, score, verdict }: Pick<AnswerLine, 'instrument' | 'score' | 'verdict'>): Html {
  const { min, max, bar, kind } = instrument;
  const edge = barOf({ kind, min, max, ...(bar === null ? {} : { bar }) });
  const says = `${score} on a scale from ${min} to ${max}: ${verdictWords[verdict]}; below ${round(edge)} is a miss`;
  return html`<svg class="scale" viewBox="0 0 ${WIDTH} 34" role="img" aria-label="${says}"><title>${says}</title>
<rect class="track" x="${LEFT}" y="${MIDDLE - 3}" width="${RIGHT - LEFT}" height="6" rx="3"/><rect class="missed" x="${LEFT}" y="${MIDDLE - 3}" width="${round(at(shareOfScale({ kind, min, max }, edge)) - LEFT)}" height="6" rx="3"/>
<circle class="${TONES[verdict]}" cx="${at(shareOfScale({ kind, min, max }, score))}" cy="${MIDDLE}" r="8"/>
<text x="${LEFT}" y="32" text-anchor="middle">${min}</text><text x="${RIGHT}" y="32" text-anchor="middle">${max}</text></svg>`;
}

/** Working hours of a day: an answer that waited for less is fresh, for three days is old. */
const DAY = 8 * 60;
const LONG = 5 * DAY;

/** How long something has waited in working time, up to a week; the figure stands beside it as text. */
export function ageBar(workingMinutes: number): Html {
  const tone = workingMinutes <= DAY ? 'good' : workingMinutes <= 3 * DAY ? 'fair' : 'poor';
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="${tone}" width="${round(Math.min(100, (100 * workingMinutes) / LONG))}" height="6"/></svg>`;
}

/** "3.5 working hours", and below an hour "20 working minutes". */
export function workingWords(minutes: number): string {
  if (minutes < 60) return `${Math.round(minutes)} working ${Math.round(minutes) === 1 ? 'minute' : 'minutes'}`;
  const hours = Math.round(minutes / 6) / 10;
  return `${hours.toLocaleString('en-GB')} working ${hours === 1 ? 'hour' : 'hours'}`;
}
