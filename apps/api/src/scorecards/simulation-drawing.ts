import { BOX } from '../churn/figure.js';
import { html, type Html } from '../pages/html.js';

/** Which drawing is of which cards, above the drawing at its right. `solid`: lines; else bars. */
export function legend(kind: 'lines' | 'bars'): Html {
  const mark = (side: 'draft' | 'published', x: number) => (kind === 'lines' ? html`<line class="${side}" x1="${x}" x2="${x + 20}" y1="8" y2="8"/>` : html`<rect class="${side}" x="${x + 8}" y="3" width="10" height="10"/>`);
  return html`${mark('draft', BOX.right - 148)}<text x="${BOX.right - 124}" y="12">draft</text>${mark('published', BOX.right - 88)}<text x="${BOX.right - 64}" y="12">published</text>`;
}

/** Whole steps of a scale from 0 to at least `most`, at most six of them. */
export function wholeSteps(most: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000].find((each) => most / each <= 5) ?? Math.ceil(most / 5);
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, place) => place * step);
}

/** Every so many of a list, so that at most four are named. */
export const someOf = <T>(list: readonly T[]): T[] => list.filter((_, place) => place % Math.ceil(list.length / 4) === 0);
