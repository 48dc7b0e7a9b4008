import type { HealthAnswer, HistoryAnswer } from '#read-model';
import { type Content, html, type Html } from './html.js';
import type { Mark } from './marks.js';
import { bandWords, dateOf, dateText, plural, pointsText, signed } from './words.js';

type Point = HistoryAnswer['points'][number];

const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM] = [400, 200, 30, 20, 176];
const y = (score: number) => BOTTOM - (score / 100) * (BOTTOM - TOP);
const round = (length: number) => Math.round(length * 10) / 10;

/** The score over time, drawn on the bands of its card with the days that moved it most, and the same as a table. */
export function scoreChart(points: readonly Point[], { healthy, watch }: Pick<HealthAnswer['bands'], 'healthy' | 'watch'>, marks: readonly Mark[] = []): Html {
  const known = points.filter(isKnown);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || known.length === 0) return html`<p>The score is not known on any of these days.</p>`;
  const x = (index: number) => LEFT + (points.length < 2 ? 0 : (index / (points.length - 1)) * (WIDTH - LEFT - 6));
  const middle = points[Math.floor((points.length - 1) / 2)]!;
  const says = `From ${dateText(first.date)} to ${dateText(last.date)}: ${spoken(first)} at first, ${spoken(last)} at last; `
    + `lowest ${pointsText(Math.min(...known.map(({ score }) => score)))}, highest ${pointsText(Math.max(...known.map(({ score }) => score)))}.`
    + (points.some(({ computed }) => computed) ? ' Where a score was set by hand, the computed one is drawn in dashes.' : '');
  return html`<figure><svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="chart-title chart-desc">
<title id="chart-title">Score over time</title><desc id="chart-desc">${says}</desc>
${area('healthy', healthy, 100)}${area('watch', watch, healthy)}${area('at-risk', 0, watch)}
<text x="2" y="12">Score, 100 is healthy</text>
${[0, watch, healthy, 100].map((score) => html`<text x="${LEFT - 4}" y="${round(y(score) + 4)}" text-anchor="end">${score}</text>`)}
<text x="${LEFT}" y="${HEIGHT - 6}">${dateText(first.date)}</text>${points.length > 30 ? html`<text x="${round(x(points.indexOf(middle)))}" y="${HEIGHT - 6}" text-anchor="middle">${dateText(middle.date)}</text>` : null}<text x="${WIDTH - 6}" y="${HEIGHT - 6}" text-anchor="end">${dateText(last.date)}</text>
${points.map(({ date }, index) => (date.endsWith('-01') || index === 0 || index === points.length - 1 ? html`<line class="tick" x1="${round(x(index))}" x2="${round(x(index))}" y1="${BOTTOM}" y2="${BOTTOM + 4}"/>` : null))}
${runsOf(points.map(computedIn)).map((run) => html`<polyline class="computed" points="${run.map(({ index, score }) => `${round(x(index))},${round(y(score))}`).join(' ')}"/>`)}
${runsOf(points).map((run) => html`<polyline points="${run.map(({ index, score }) => `${round(x(index))},${round(y(score))}`).join(' ')}"/>`)}
${!isKnown(last) ? null : html`<circle cx="${round(x(points.length - 1))}" cy="${round(y(last.score))}" r="4"/>`}
${marks.map((mark, index) => markView(mark, index + 1, points, x))}
</svg><figcaption>${says}</figcaption></figure>
${marks.length === 0 ? null : html`<h3>Marked in the drawing</h3><ol class="marks">${marks.map(({ points: moved, say, more }) => (
    html`<li>${say}${more > 0 ? ` With ${plural(more, 'more event')} that day: ${signed(moved)}.` : null}</li>`))}</ol>`}
${table(points)}`;
}

function markView({ date, say }: Mark, number: number, points: readonly Point[], x: (index: number) => number): Content {
  const index = points.findIndex((point) => point.date === date);
  const point = points[index];
  if (!point || !isKnown(point)) return null;
  const [left, top] = [round(x(index)), round(y(point.score))];
  return html`<g class="mark"><title>${say}</title><line x1="${left}" x2="${left}" y1="${TOP + 16}" y2="${top}"/><circle cx="${left}" cy="${TOP + 9}" r="7"/><text x="${left}" y="${round(TOP + 12.5)}" text-anchor="middle">${number}</text></g>`;
}

/** Where too little is known there may be a score, but nobody should rely on it. */
const isKnown = (point: Point): point is Point & { readonly score: number } => point.score !== null && point.band !== 'unknown';
const spoken = (point: Point) => (isKnown(point) ? `${pointsText(point.score)} (${bandWords[point.band]!.toLowerCase()})` : 'not known');

/** The computed score of a day on which another counted; else nothing to draw. */
const computedIn = ({ computed, ...point }: Point): Point => (computed ? { ...point, ...computed } : { ...point, score: null });

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

const computedWords = ({ computed }: Point): string | null => computed ? ` (computed ${computed.score === null ? 'not known' : pointsText(computed.score)})` : null;

function table(points: readonly Point[]): Content {
  const shown = (point: Point) => `${isKnown(point) ? pointsText(point.score) : 'not known'} ${point.band} ${computedWords(point) ?? ''}`;
  const changes = points.filter((point, index) => index === 0 || shown(point) !== shown(points[index - 1]!));
  return html`<details><summary>The same as a table</summary><table><caption>The first day, and those on which the score changed</caption>
<thead><tr><th scope="col">Day</th><th scope="col">Score</th><th scope="col">Band</th></tr></thead>
<tbody>${changes.toReversed().map((point) => html`<tr><td>${dateOf(point.date)}</td><td>${isKnown(point) ? pointsText(point.score) : 'not known'}${computedWords(point)}</td><td>${bandWords[point.band]}</td></tr>`)}</tbody></table></details>`;
}
