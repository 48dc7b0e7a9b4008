import type { Backtest } from '#insight';
import { html, type Html } from '../pages/html.js';
import { axes, BOX, figure, place } from './figure.js';
import { between, count, percent } from './figure-words.js';

type Bins = Backtest['horizons'][number]['calibration'];

const TICKS = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1];
/** Marks nearer to one another than this could not be read. */
const APART = 24;

/** What was said beside what came, both on a square-root scale, since most risks are small. */
export function calibrationDrawing(id: string, bins: Bins): Html {
  const most = Math.min(1, Math.max(0.05, ...bins.flatMap(({ predicted, high }) => [predicted, high])));
  const along = (value: number, start: number, end: number) => place(start + Math.sqrt(value / most) * (end - start));
  const x = (value: number) => along(value, BOX.left, BOX.right);
  const y = (value: number) => along(value, BOX.bottom, BOX.top);
  const shown = TICKS.filter((tick) => tick <= most);
  const readable = (at: (value: number) => number) => shown.filter((tick, index) => index === 0 || Math.abs(at(tick) - at(shown[index - 1]!)) >= APART).map((tick) => [tick, `${tick * 100} %`] as const);
  const inside = bins.filter(({ predicted, low, high }) => low <= predicted && predicted <= high).length;
  return figure({
    id, title: 'Calibration: risk said, share that left',
    says: bins.length === 0 ? 'Nothing was judged.' : `In ${inside} of ${bins.length} groups the risk that was said lies within the 95 % interval of the share that left. On the dashed line both are the same; both scales are stretched near 0.`,
    drawing: html`${axes({ x, y, xTicks: readable(x), yTicks: readable(y), xName: 'Risk said (mean of a group)', yName: 'Share that left' })}
<line class="even" x1="${BOX.left}" y1="${BOX.bottom}" x2="${x(most)}" y2="${y(most)}"/>
${bins.map(({ predicted, low, high }) => html`<line class="interval" x1="${x(predicted)}" x2="${x(predicted)}" y1="${y(low)}" y2="${y(high)}"/>`)}
<polyline class="model" points="${bins.map(({ predicted, observed }) => `${x(predicted)},${y(observed)}`).join(' ')}"/>
${bins.map(({ predicted, observed }) => html`<circle class="model" cx="${x(predicted)}" cy="${y(observed)}" r="4"/>`)}`,
    table: {
      head: ['Risk said', 'From – to', 'Share that left', '95 % interval', 'Left', 'Rows'],
      rows: bins.map(({ predicted, from, to, observed, low, high, events, rows }) => [percent(predicted), `${percent(from)} – ${percent(to)}`, percent(observed), between(low, high, percent), count(events), count(rows)]),
    },
  });
}
