import { firstScorecard } from '#insight';
import type { HistoryAnswer } from '#read-model';
import { type Content, html, type Html } from './html.js';
import { bandWords, dateOf, dateText, pointsText } from './words.js';

type Point = HistoryAnswer['points'][number];

const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM] = [400, 190, 30, 8, 164];
const y = (score: number) => BOTTOM - (score / 100) * (BOTTOM - TOP);
const round = (length: number) => Math.round(length * 10) / 10;

/** The score over time, drawn on its bands, and the same as a table. */
export function scoreChart(points: readonly Point[]): Html {
  const known = points.filter(isKnown);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || known.length === 0) return html`<p>The score is not known on any of these days.</p>`;
  const x = (index: number) => LEFT + (points.length < 2 ? 0 : (index / (points.length - 1)) * (WIDTH - LEFT - 6));
  const { healthy, watch } = firstScorecard.bands;
  const says = `From ${dateText(first.date)} to ${dateText(last.date)}: ${spoken(first)} at first, ${spoken(last)} at last; `
    + `lowest ${pointsText(Math.min(...known.map(({ score }) => score)))}, highest ${pointsText(Math.max(...known.map(({ score }) => score)))}.`;
  return html`<figure><svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="chart-title chart-desc">
<title id="chart-title">Score over time</title><desc id="chart-desc">${says}</desc>
${area('healthy', healthy, 100)}${area('watch', watch, healthy)}${area('at-risk', 0, watch)}
${[0, watch, healthy, 100].map((score) => html`<text x="${LEFT - 4}" y="${round(y(score) + 4)}" text-anchor="end">${score}</text>`)}
<text x="${LEFT}" y="${HEIGHT - 6}">${dateText(first.date)}</text><text x="${WIDTH - 6}" y="${HEIGHT - 6}" text-anchor="end">${dateText(last.date)}</text>
${runsOf(points).map((run) => html`<polyline points="${run.map(({ index, score }) => `${round(x(index))},${round(y(score))}`).join(' ')}"/>`)}
${!isKnown(last) ? null : html`<circle cx="${round(x(points.length - 1))}" cy="${round(y(last.score))}" r="4"/>`}
</svg><figcaption>${says}</figcaption></figure>
${table(points)}`;
}

/** Where too little is known there may be a score, but nobody should rely on it. */
const isKnown = (point: Point): point is Point & { readonly score: number } => point.score !== null && point.band !== 'unknown';
const spoken = (point: Point) => (isKnown(point) ? `${pointsText(point.score)} (${bandWords[point.band]!.toLowerCase()})` : 'not known');

function area(band: string, from: number, to: number): Html {
  return html`<rect class="${band}" x="${LEFT}" y="${round(y(to))}" width="${WIDTH - LEFT}" height="${round(y(from) - y(to))}"/><text class="name" x="${LEFT + 5}" y="${round(y(from) - 5)}">${bandWords[band]}</text>`;
}

/** Stretches of days whose score is known. A single day is drawn as a line to itself. */
function runsOf(points: readonly Point[]): { index: number; score: number }[][] {
  const runs: { index: number; score: number }[][] = [[]];
  points.forEach((point, index) => {
    if (isKnown(point)) runs.at(-1)!.push({ index, score: point.score });
    else runs.push([]);
  });
  return runs.filter((run) => run.length > 0).map((run) => (run.length === 1 ? [run[0]!, run[0]!] : run));
}

function table(points: readonly Point[]): Content {
  const changes = points.filter(({ score, band }, index) => index === 0 || index === points.length - 1 || score !== points[index - 1]!.score || band !== points[index - 1]!.band);
  return html`<details><summary>The same as a table</summary><table><caption>Days on which the score changed</caption>
<thead><tr><th scope="col">Day</th><th scope="col">Score</th><th scope="col">Band</th></tr></thead>
<tbody>${changes.toReversed().map((point) => html`<tr><td>${dateOf(point.date)}</td><td>${isKnown(point) ? pointsText(point.score) : 'not known'}</td><td>${bandWords[point.band]}</td></tr>`)}</tbody></table></details>`;
}
