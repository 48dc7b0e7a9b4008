import type { Backtest } from '#insight';
import { html, type Html } from '../pages/html.js';
import { axes, BOX, figure, scaleOf } from './figure.js';
import { percent } from './figure-words.js';

type Points = Backtest['horizons'][number]['roc'];

const SHARES = [0, 0.25, 0.5, 0.75, 1];
const ticks = SHARES.map((share) => [share, `${share * 100} %`] as const);

/** The share of leavers that is called at every share of stayers called in vain. */
export function rocDrawing(id: string, points: Points): Html {
  const [x, y] = [scaleOf(0, 1, BOX.left, BOX.right - 8), scaleOf(0, 1, BOX.bottom, BOX.top)];
  const reached = (stayers: number) => leaversAt(points, stayers);
  return figure({
    id, title: 'ROC: leavers found, stayers called in vain',
    says: points.length === 0 ? 'Not known: it takes both leavers and stayers.' : `Who calls a tenth of the stayers in vain finds ${percent(reached(0.1))} of the leavers; a quarter, ${percent(reached(0.25))}. The dashed line is chance.`,
    drawing: html`${axes({ x, y, xTicks: ticks, yTicks: ticks, xName: 'Of the stayers, called in vain', yName: 'Of the leavers, found' })}
<line class="even" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>
<polyline class="model" points="${points.map(({ stayers, leavers }) => `${x(stayers)},${y(leavers)}`).join(' ')}"/>`,
    table: { head: ['Stayers called in vain', 'Leavers found'], rows: points.length === 0 ? [] : [0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75].map((share) => [percent(share), percent(reached(share))]) },
  });
}

/** Straight between two points of the curve. */
function leaversAt(points: Points, share: number): number {
  const next = points.findIndex(({ stayers }) => stayers > share);
  if (next <= 0) return 1;
  const [before, after] = [points[next - 1]!, points[next]!];
  return before.leavers + ((after.leavers - before.leavers) * (share - before.stayers)) / (after.stayers - before.stayers);
}
