import type { Waterfall } from '#insight';
import type { RevenueFigure } from '#read-model';
import { majorUnits } from '#journey';
import { html, type Html } from '../html.js';
import { amountText, FIGURE_WORDS, figureLink, figurePath } from './revenue-words.js';
import type { RevenueForm } from './revenue-form.dto.js';

interface Bar { readonly figure: RevenueFigure; readonly amount: number; readonly from: number; readonly to: number; readonly look: 'level' | 'up' | 'down' }

const [WIDTH, HEIGHT, TOP, BOTTOM, LEFT] = [640, 264, 44, 206, 6];
const SIGNS: Readonly<Partial<Record<RevenueFigure, 1 | -1>>> = { new: 1, expansion: 1, escalator: 1, reactivation: 1, contraction: -1, churn: -1 };
const LOSS = (id: string) => html`<defs><pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><line x1="0" y1="0" x2="0" y2="6" stroke="#8f1d14" stroke-width="5"/></pattern></defs>`;
const round = (length: number) => Math.round(length * 10) / 10;

/** The way from the ARR at the start to that at the end, each bar leading to its customers; and the same as a table. Rises are filled, losses hatched, so that it can be read in grey. */
export function waterfallChart(waterfall: Waterfall, currency: string, form: RevenueForm, runs = false): Html {
  const bars = barsOf(waterfall);
  const most = Math.max(1, ...bars.flatMap(({ from, to }) => [from, to]));
  const least = floorOf(bars);
  const y = (amount: number) => round(BOTTOM - ((Math.max(least, amount) - least) / (most - least)) * (BOTTOM - TOP));
  const step = (WIDTH - 2 * LEFT) / bars.length;
  const short = (amount: number) => new Intl.NumberFormat('en-GB', { notation: 'compact', maximumSignificantDigits: 3 }).format(majorUnits({ amount, currency }));
  const says = bars.map(({ figure, amount }) => `${FIGURE_WORDS[figure]} ${amountText(amount, currency)}`).join(', ');
  const ground = least > 0 ? `Bars begin at ${amountText(Math.round(least), currency)}, not at 0` : null;
  return html`<figure><svg class="chart waterfall" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="group" aria-labelledby="waterfall-title waterfall-desc">
<title id="waterfall-title">${titleOf(waterfall, currency, runs)}</title><desc id="waterfall-desc">${says}.</desc>
${LOSS('loss')}
<text x="${LEFT}" y="16">${titleOf(waterfall, currency, runs)}</text>
<line class="grid" x1="${LEFT}" x2="${WIDTH - LEFT}" y1="${y(0)}" y2="${y(0)}"/>${ground && html`<text class="name" x="${LEFT}" y="${BOTTOM + 13}">${ground}</text>`}
${bars.map(({ figure, amount, from, to, look }, place) => {
    const [x, width, top, height] = [round(LEFT + place * step + 4), round(step - 8), Math.min(y(from), y(to)), Math.max(1, round(Math.abs(y(from) - y(to))))];
    const next = place < bars.length - 1 ? html`<line class="tick" x1="${x}" x2="${round(x + width + 8)}" y1="${y(to)}" y2="${y(to)}"/>` : null;
    return html`<a href="${figurePath(figure, form)}"><title>${FIGURE_WORDS[figure]}: ${amountText(amount, currency)}</title><rect class="${look}" x="${x}" y="${top}" width="${width}" height="${height}"${look === 'down' ? html` fill="url(#loss)"` : null}/><text x="${round(x + width / 2)}" y="${round(top - 5)}" text-anchor="middle">${look === 'level' ? '' : look === 'up' ? '+' : '−'}${short(Math.abs(amount))}</text><text x="${round(x + width / 2)}" y="${HEIGHT - 24 + (place % 2) * 15}" text-anchor="middle">${FIGURE_WORDS[figure]}</text></a>${next}`;
  })}
</svg>${narrowChart(bars, { most, least, short, form, title: titleOf(waterfall, currency, runs), says })}<figcaption>${says}. ${ground && `${ground}.`}</figcaption></figure>
<details><summary>The same as a table</summary><div class="scrolls"><table><caption>Annual recurring revenue, ${currency}</caption><thead><tr><th scope="col">What</th><th scope="col">Amount</th></tr></thead>
<tbody>${bars.map(({ figure, amount, look }) => html`<tr><th scope="row">${figureLink(figure, form)}</th><td>${look === 'down' ? '−' : ''}${amountText(Math.abs(amount), currency)}</td></tr>`)}</tbody></table></div></details>`;
}

interface Drawn { readonly most: number; readonly least: number; readonly short: (amount: number) => string; readonly form: RevenueForm; readonly title: string; readonly says: string }

const [ROW, NARROW, HEAD] = [34, 320, 24];

/** The same lying, a bar below its words, for screens on which the upright one cannot be read; styles show one of them. */
function narrowChart(bars: readonly Bar[], { most, least, short, form, title, says }: Drawn): Html {
  const x = (amount: number) => round(((Math.max(least, amount) - least) / (most - least)) * (NARROW - 12) + 6);
  return html`<svg class="chart waterfall narrow" viewBox="0 0 ${NARROW} ${HEAD + bars.length * ROW + 6}" role="group" aria-label="${title}"><desc>${says}.</desc><text x="6" y="16">${title}</text>
${bars.map(({ figure, amount, from, to, look }, place) => html`<a href="${figurePath(figure, form)}"><text x="6" y="${HEAD + place * ROW + 16}">${FIGURE_WORDS[figure]}</text><text x="${NARROW - 6}" y="${HEAD + place * ROW + 16}" text-anchor="end">${look === 'level' ? '' : look === 'up' ? '+' : '−'}${short(Math.abs(amount))}</text><rect class="${look}" x="${Math.min(x(from), x(to))}" y="${HEAD + place * ROW + 21}" width="${Math.max(1, round(Math.abs(x(from) - x(to))))}" height="12"${look === 'down' ? html` fill="url(#loss-narrow)"` : null}/></a>`)}
${LOSS('loss-narrow')}</svg>`;
}

/** Where what moves is small beside what stands, bars do not begin at 0, so that it can be seen; and the chart says so. */
function floorOf(bars: readonly Bar[]): number {
  const all = bars.flatMap(({ from, to }) => [from, to]);
  const levels = bars.flatMap(({ from, to, look }) => (look === 'level' ? [to] : [from, to]));
  const [least, most] = [Math.min(...levels), Math.max(...levels)];
  return most > least && most - least < 0.3 * most ? Math.max(0, least - 0.6 * (most - least)) : Math.min(0, ...all);
}

function barsOf(waterfall: Waterfall): Bar[] {
  let level = waterfall.start;
  const moved = (['new', 'expansion', 'escalator', 'contraction', 'churn', 'reactivation'] as const).filter((kind) => kind !== 'escalator' || waterfall.escalator !== 0).map((figure): Bar => {
    const from = level;
    level += waterfall[figure] * SIGNS[figure]!;
    return { figure, amount: waterfall[figure], from, to: level, look: level >= from && (level > from || SIGNS[figure] === 1) ? 'up' : 'down' };
  });
  return [{ figure: 'start', amount: waterfall.start, from: 0, to: waterfall.start, look: 'level' }, ...moved, { figure: 'end', amount: waterfall.end, from: 0, to: waterfall.end, look: 'level' }];
}

/** Its finding. @param runs the period is not over */
function titleOf({ start, end }: Waterfall, currency: string, runs: boolean): string {
  const soFar = runs ? 'so far ' : '';
  if (start === 0) return runs ? `ARR is ${amountText(end, currency)} so far` : `ARR ended at ${amountText(end, currency)}`;
  const share = Math.round(Math.abs((end - start) / start) * 1_000) / 10;
  return end === start ? `ARR ${soFar}stayed at ${amountText(end, currency)}` : `ARR ${end > start ? 'grew' : 'fell'} ${soFar}by ${share} % to ${amountText(end, currency)}`;
}
