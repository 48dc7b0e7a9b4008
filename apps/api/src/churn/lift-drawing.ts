import type { Backtest } from '#insight';
import { html, type Html } from '../pages/html.js';
import { axes, BOX, figure, place, scaleOf } from './figure.js';
import { decimals, percent } from './figure-words.js';

type Tenths = Backtest['horizons'][number]['lift'];

const GAP = 3;

/** How many times as many left in each tenth as on average, the riskiest first. */
export function liftDrawing(id: string, tenths: Tenths): Html {
  const most = Math.ceil(Math.max(2, ...tenths.map(({ lift }) => lift)));
  const x = scaleOf(0.5, 10.5, BOX.left, BOX.right);
  const y = scaleOf(0, most, BOX.bottom, BOX.top + 12);
  const step = most > 5 ? 2 : 1;
  return figure({
    id, title: 'Lift by tenth of the rows',
    says: tenths.length === 0 ? 'Nobody left.' : `Among the riskiest tenth ${decimals(tenths[0]!.lift, 1)} times as many left as on average; the riskiest three tenths hold ${percent(tenths[2]!.captured)} of all who left.`,
    drawing: html`${axes({ x, y, xTicks: tenths.map(({ tenth }) => [tenth, `${tenth}`]), yTicks: Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => [index * step, `${index * step}`]), xName: 'Tenth, the riskiest first', yName: 'Times the average' })}
${tenths.map(({ tenth, lift }) => html`<rect class="model" x="${place(x(tenth - 0.5) + GAP)}" width="${place(x(tenth + 0.5) - x(tenth - 0.5) - 2 * GAP)}" y="${y(lift)}" height="${place(BOX.bottom - y(lift))}"/><text class="value" x="${x(tenth)}" y="${place(y(lift) - 4)}" text-anchor="middle">${decimals(lift, 1)}</text>`)}
<line class="even" x1="${BOX.left}" x2="${BOX.right}" y1="${y(1)}" y2="${y(1)}"/>`,
    table: { head: ['Tenth', 'Lift', 'Of all who left, in this and riskier tenths'], rows: tenths.map(({ tenth, lift, captured }) => [tenth, decimals(lift, 2), percent(captured)]) },
  });
}
