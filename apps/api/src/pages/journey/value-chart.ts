import { percentWords } from '#insight';
import type { JourneyAnswer } from '#read-model';
import { html, type Html } from '../html.js';
import { plural } from '../words.js';
import { daysText } from './stages-chart.js';

type Value = JourneyAnswer['timeToValue'];

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [400, 190, 46, 12, 26, 156];
const GRID = [0, 0.25, 0.5, 0.75, 1];
const round = (length: number) => Math.round(length * 10) / 10;
const y = (share: number) => round(BOTTOM - share * (BOTTOM - TOP));

/** The share without value by days since the start, as steps, with its interval as a band; and the same as a table. */
export function valueChart({ curve, median, label, n, reached }: Value): Html {
  const last = curve.at(-1)!.days;
  const x = (days: number) => round(LEFT + (days / Math.max(1, last)) * (WIDTH - LEFT - RIGHT));
  const says = `${plural(reached, 'customer')} of ${n} had value; the median time from “${label}” is ${daysText(median)}.`;
  const steps = (of: (point: Value['curve'][number]) => number) => curve.flatMap((point, place) => [[x(point.days), y(place === 0 ? 1 : of(curve[place - 1]!))], [x(point.days), y(of(point))]]);
  const line = (points: readonly (readonly number[])[]) => points.map((point) => point.join(',')).join(' ');
  const band = [...steps(({ high, without }) => high ?? without), ...steps(({ low, without }) => low ?? without).reverse()];
  return html`<figure><svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="value-title value-desc">
<title id="value-title">Customers without value by days since the start</title><desc id="value-desc">${says}</desc>
<text x="2" y="13">Still without value</text>
<polygon class="band" points="${line(band)}"/>
${GRID.map((share) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share)}" y2="${y(share)}"/><text x="${LEFT - 4}" y="${round(y(share) + 4)}" text-anchor="end">${percentWords(share)}</text>`)}
<polyline points="${line([[x(0), y(1)], ...steps(({ without }) => without)])}"/>
${median.value === null ? null : html`<g class="mark"><line x1="${x(median.value)}" x2="${x(median.value)}" y1="${y(0.5)}" y2="${BOTTOM}"/></g>`}
<text x="${LEFT}" y="${HEIGHT - 10}">0 days</text><text x="${WIDTH - RIGHT}" y="${HEIGHT - 10}" text-anchor="end">${plural(last, 'day')}</text>
</svg><figcaption>${says} The band is the interval of 95 %.</figcaption></figure>
<details><summary>The same as a table</summary><table><caption>Share without value</caption><thead><tr><th scope="col">Days</th><th scope="col">Still waiting before</th><th scope="col">Got there</th><th scope="col">Without</th><th scope="col">Interval</th></tr></thead>
<tbody>${curve.map(({ days, atRisk, reached: got, without, low, high }) => html`<tr><td>${days}</td><td>${atRisk}</td><td>${got}</td><td>${percentWords(without)}</td><td>${low === null || high === null ? '–' : `${percentWords(low)} to ${percentWords(high)}`}</td></tr>`)}</tbody></table></details>`;
}
