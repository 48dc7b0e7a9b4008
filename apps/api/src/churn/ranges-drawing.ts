import { type Content, html } from '../pages/html.js';
import { BOX, place, type Scale } from './figure.js';

export interface Range {
  readonly name: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** What the page is about; the others are for comparison. */
  readonly isOurs: boolean;
}

interface Ranges { readonly ranges: readonly Range[]; readonly scale: Scale; readonly ticks: readonly (readonly [number, string])[]; readonly even: number; readonly axis: string }

const ROW = 40;
const TOP = 8;

export const heightOf = (rows: number): number => TOP + rows * ROW + 40;

/** Names one below the other, each with its value and its interval on a common scale. */
export function rangesDrawing({ ranges, scale, ticks, even, axis }: Ranges): Content {
  const bottom = TOP + ranges.length * ROW;
  return html`<g class="axes">${ticks.map(([value, words]) => html`<line x1="${scale(value)}" x2="${scale(value)}" y1="${TOP}" y2="${bottom}"/><text x="${scale(value)}" y="${bottom + 15}" text-anchor="middle">${words}</text>`)}
<text x="${BOX.width / 2}" y="${bottom + 32}" text-anchor="middle">${axis}</text></g>
<line class="even" x1="${scale(even)}" x2="${scale(even)}" y1="${TOP}" y2="${bottom}"/>
${ranges.map(({ name, value, low, high, isOurs }, row) => {
    const middle = place(TOP + row * ROW + 28);
    return html`<g class="${isOurs ? 'ours' : 'other'}"><text class="name" x="8" y="${middle - 12}">${name}${value === null ? ': not known' : null}</text>
${low === null || high === null ? null : html`<line class="interval" x1="${scale(low)}" x2="${scale(high)}" y1="${middle}" y2="${middle}"/>`}${value === null ? null : html`<circle cx="${scale(value)}" cy="${middle}" r="5"/>`}</g>`;
  })}`;
}
