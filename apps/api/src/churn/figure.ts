import { type Content, html, type Html } from '../pages/html.js';

/** Where a drawing lies in its box: 360 wide, so that its letters are as large as those around it on a phone. */
export const BOX = { width: 360, height: 300, left: 44, right: 342, top: 28, bottom: 258 } as const;

export interface Drawn {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** What the drawing shows, for who does not see it. */
  readonly says: string;
  readonly drawing: Content;
  readonly height?: number;
  /** Takes more room and shows its table at once. */
  readonly isBroad?: boolean;
  readonly table: TableOf;
}

export interface TableOf {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Content[])[];
}

/** A drawing with its title, what it says in words, and the same as a table. */
export function figure({ id, title, says, drawing, height = BOX.height, isBroad = false, table }: Drawn): Html {
  return html`<figure${isBroad ? html` class="broad"` : null}><h4>${title}</h4>
<svg viewBox="0 0 ${BOX.width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${title}</title><desc id="${id}-desc">${says}</desc>
${drawing}
</svg><figcaption>${says}</figcaption>
<details${isBroad ? html` open` : null}><summary>The same as a table</summary>${tableOf(table, title)}</details></figure>`;
}

/** The first cell of a row names it. */
export function tableOf({ head, rows }: TableOf, caption: string): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${head.map((words) => html`<th scope="col">${words}</th>`)}</tr></thead>
<tbody>${rows.map(([first, ...others]) => html`<tr><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}

export const place = (length: number): number => Math.round(length * 10) / 10;

export interface Scale {
  (value: number): number;
}

/** Straight from one stretch of numbers to a stretch of the box. */
export const scaleOf = (from: number, to: number, start: number, end: number): Scale => (value) => place(start + ((value - from) / (to - from || 1)) * (end - start));

interface Axes { readonly x: Scale; readonly y: Scale; readonly xTicks: readonly (readonly [number, string])[]; readonly yTicks: readonly (readonly [number, string])[]; readonly xName: string; readonly yName: string }

/** Lines and names of both axes. */
export function axes({ x, y, xTicks, yTicks, xName, yName }: Axes): Html {
  return html`<g class="axes">${yTicks.map(([value, words]) => html`<line x1="${BOX.left}" x2="${BOX.right}" y1="${y(value)}" y2="${y(value)}"/><text x="${BOX.left - 6}" y="${y(value) + 4}" text-anchor="end">${words}</text>`)}
${xTicks.map(([value, words]) => html`<text x="${x(value)}" y="${BOX.bottom + 16}" text-anchor="middle">${words}</text>`)}
<text x="${(BOX.left + BOX.right) / 2}" y="${BOX.bottom + 34}" text-anchor="middle">${xName}</text>
<text x="2" y="12">${yName}</text></g>`;
}
