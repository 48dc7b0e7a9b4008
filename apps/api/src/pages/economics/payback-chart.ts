import { percentWords } from '#insight';
import type { EconomicsAnswer } from '#read-model';
import { html, type Html } from '../html.js';
import { plural } from '../words.js';

type Payback = EconomicsAnswer['currencies'][number]['payback'];

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [420, 190, 46, 16, 28, 150];
const round = (length: number) => Math.round(length * 10) / 10;

/** How many customers have paid back what winning them cost, by month. */
export function paybackChart({ n, paidBack, waiting, lost, medianMonths, curve }: Payback): Html {
  if (n === 0) return html`<p>Not measured: it takes facts of type <code>cost.acquisition-cost-recorded</code>.</p>`;
  const says = `What winning ${plural(n, 'customer')} cost: paid back by ${paidBack}, not yet by ${waiting}, never by ${lost} who left before.`;
  const half = medianMonths === null ? 'Fewer than half will be seen to.' : `Half of them take ${plural(medianMonths, 'month')} or less.`;
  const last = curve.at(-1);
  if (!last) return html`<p>${says} ${half}</p>`;
  const x = (months: number) => round(LEFT + (months / last.months) * (WIDTH - LEFT - RIGHT));
  const y = (share: number) => round(BOTTOM - share * (BOTTOM - TOP));
  const points = [{ months: 0, share: 0 }, ...curve];
  return html`<figure><svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="payback-title payback-desc">
<title id="payback-title">Share of customers that has paid back its CAC, by month</title><desc id="payback-desc">${curve.map(({ months, share }) => `${percentWords(share)} within ${months} months`).join(', ')}.</desc>
<text x="2" y="14">Paid back within so many months</text>
${[0, 0.5, 1].map((share) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share)}" y2="${y(share)}"/><text x="${LEFT - 4}" y="${round(y(share) + 4)}" text-anchor="end">${percentWords(share)}</text>`)}
<polyline points="${points.map(({ months, share }) => `${x(months)},${y(share)}`).join(' ')}"/>
${curve.map(({ months, share }) => html`<circle cx="${x(months)}" cy="${y(share)}" r="3"><title>${percentWords(share)} within ${months} months</title></circle><text x="${x(months)}" y="${BOTTOM + 16}" text-anchor="middle">${months}</text>`)}
</svg><figcaption>${says} ${half}</figcaption></figure>`;
}
