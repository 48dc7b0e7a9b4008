import { percentWords } from '#insight';
import type { ChurnRiskAnswer } from '#read-model';
import { html, type Html } from './html.js';
import { dateOf, dateText } from './words.js';

type Point = ChurnRiskAnswer['survival'][number];

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [400, 180, 46, 12, 24, 150];
const GRID = [0, 0.25, 0.5, 0.75, 1];
const y = (stays: number) => BOTTOM - stays * (BOTTOM - TOP);
const round = (length: number) => Math.round(length * 10) / 10;
const dayOf = ({ date }: Point) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** The chance of still being a customer, from today to the end of the last horizon; and the same as a table. */
export function survivalChart(points: readonly Point[]): Html | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last) return null;
  const x = (point: Point) => round(LEFT + ((dayOf(point) - dayOf(first)) / (dayOf(last) - dayOf(first))) * (WIDTH - LEFT - RIGHT));
  const says = `From ${dateText(first.date)} to ${dateText(last.date)} the chance of staying falls from ${percentWords(first.stays)} to ${percentWords(last.stays)}.`;
  return html`<figure><svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="stays-title stays-desc">
<title id="stays-title">Chance of staying</title><desc id="stays-desc">${says}</desc>
<text x="2" y="13">Chance of staying</text>
${GRID.map((stays) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(stays))}" y2="${round(y(stays))}"/><text x="${LEFT - 4}" y="${round(y(stays) + 4)}" text-anchor="end">${percentWords(stays)}</text>`)}
<polyline points="${points.map((point) => `${x(point)},${round(y(point.stays))}`).join(' ')}"/>
${points.slice(1).map((point) => html`<circle cx="${x(point)}" cy="${round(y(point.stays))}" r="3"><title>${dateText(point.date)}: ${percentWords(point.stays)}</title></circle>`)}
<text x="${LEFT}" y="${HEIGHT - 8}">${dateText(first.date)}</text><text x="${WIDTH - RIGHT}" y="${HEIGHT - 8}" text-anchor="end">${dateText(last.date)}</text>
</svg><figcaption>${says}</figcaption></figure>
<details><summary>The same as a table</summary><table><caption>Chance of still being a customer at the end of the day</caption>
<thead><tr><th scope="col">Day</th><th scope="col">Chance of staying</th></tr></thead>
<tbody>${points.map(({ date, stays }) => html`<tr><td>${dateOf(date)}</td><td>${percentWords(stays)}</td></tr>`)}</tbody></table></details>`;
}
