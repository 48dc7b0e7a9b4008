import { percentWords } from '#insight';
import type { ExperienceAnswers } from '#read-model';
import { html, type Html } from '../html.js';
import { dateOf, dateText } from '../words.js';
import { shareText, type Told } from './figures.js';

type Point = ExperienceAnswers['trend'][number];

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [400, 190, 46, 12, 26, 152];
const GRID = [0, 0.5, 1];
const y = (share: number) => round(BOTTOM - share * (BOTTOM - TOP));
const round = (length: number) => Math.round(length * 10) / 10;

/** Excellent answers over time with their intervals, beside the share of tickets that kept their targets: how they part is the story. And the same as a table. */
export function trendChart(points: readonly Point[]): Html | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.every(({ topBox, slaKept }) => topBox.value === null && slaKept.value === null)) return null;
  const x = (index: number) => round(LEFT + ((index + 0.5) / points.length) * (WIDTH - LEFT - RIGHT));
  const says = `From ${dateText(first.from)} to ${dateText(last.to)}: excellent answers ${spoken(points.map(({ topBox }) => topBox))}; targets met ${spoken(points.map(({ slaKept }) => slaKept))}.`;
  const line = (figureOf: (point: Point) => Told, name: string) => runsOf(points.map(figureOf)).map((run) => html`<polyline class="${name}" points="${run.map(({ index, value }) => `${x(index)},${y(value)}`).join(' ')}"/>`);
  return html`<figure><svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="trend-title trend-desc">
<title id="trend-title">Answers and targets over time</title><desc id="trend-desc">${says}</desc>
<text x="2" y="13">Excellent answers (line) and targets met (dashes)</text>
${GRID.map((share) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share)}" y2="${y(share)}"/><text x="${LEFT - 4}" y="${round(y(share) + 4)}" text-anchor="end">${percentWords(share)}</text>`)}
${points.map(({ topBox: { value, low, high } }, index) => (value === null ? null : html`<line class="spread" x1="${x(index)}" x2="${x(index)}" y1="${y(low!)}" y2="${y(high!)}"/>`))}
${line(({ slaKept }) => slaKept, 'computed')}${line(({ topBox }) => topBox, '')}
${points.map(({ topBox: { value } }, index) => (value === null ? null : html`<circle cx="${x(index)}" cy="${y(value)}" r="3"/>`))}
<text x="${LEFT}" y="${HEIGHT - 8}">${dateText(first.from)}</text><text x="${WIDTH - RIGHT}" y="${HEIGHT - 8}" text-anchor="end">${dateText(last.to)}</text>
</svg><figcaption>${says}</figcaption></figure>
<details><summary>The same as a table</summary><table><caption>Shares with the 95 % interval</caption>
<thead><tr><th scope="col">From</th><th scope="col">Excellent answers</th><th scope="col">Targets met</th></tr></thead>
<tbody>${points.map(({ from, topBox, slaKept }) => html`<tr><td>${dateOf(from)}</td><td>${shareText(topBox)}</td><td>${shareText(slaKept, 'tickets')}</td></tr>`)}</tbody></table></details>`;
}

function spoken(figures: readonly Told[]): string {
  const known = figures.filter(({ value }) => value !== null).map(({ value, n }) => `${percentWords(value!)} of ${n}`);
  return known.length === 0 ? 'are not known' : `${known[0]} at first, ${known.at(-1)} at last`;
}

/** Stretches in which the figure is known. */
function runsOf(figures: readonly Told[]): { index: number; value: number }[][] {
  const runs: { index: number; value: number }[][] = [[]];
  figures.forEach(({ value }, index) => {
    if (value === null) runs.push([]);
    else runs.at(-1)!.push({ index, value });
  });
  return runs.filter((run) => run.length > 1);
}
