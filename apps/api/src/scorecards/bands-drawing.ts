import type { Simulation } from '#insight';
import { axes, BOX, figure, scaleOf } from '../churn/figure.js';
import { count } from '../churn/figure-words.js';
import { html, type Html } from '../pages/html.js';
import { bandWords, dateText } from '../pages/words.js';
import { legend, someOf, wholeSteps } from './simulation-drawing.js';

const BANDS = ['at-risk', 'watch', 'healthy', 'unknown'] as const;

/** How many customers were in each band at the ends of months, a drawing for each band that anybody is in. */
export function bandsDrawings({ months }: Simulation): Html[] {
  const most = Math.max(1, ...months.flatMap(({ published, draft }) => BANDS.flatMap((band) => [published[band], draft[band]])));
  return BANDS.filter((band) => months.some(({ published, draft }) => published[band] + draft[band] > 0)).map((band) => bandDrawing(months, band, most));
}

/** One scale for all bands, so that what is more looks so. */
function bandDrawing(months: Simulation['months'], band: (typeof BANDS)[number], most: number): Html {
  const steps = wholeSteps(most);
  const x = scaleOf(0, Math.max(1, months.length - 1), BOX.left + 12, BOX.right - 12);
  const y = scaleOf(0, steps.at(-1)!, BOX.bottom, BOX.top + 6);
  const line = (side: 'published' | 'draft') => months.map((month, at) => `${x(at)},${y(month[side][band])}`).join(' ');
  const last = months.at(-1)!;
  return figure({
    id: `bands-${band}`, title: `${bandWords[band]}: customers at the ends of months`, says: `On ${dateText(last.on)} ${count(last.draft[band])} by the draft, ${count(last.published[band])} as published.`,
    drawing: html`${legend('lines')}${axes({ x, y, xTicks: someOf(months.map(({ on }, at) => [at, on.slice(0, 7)] as const)), yTicks: steps.map((value) => [value, count(value)]), xName: 'End of month', yName: 'Customers' })}
<polyline class="published" points="${line('published')}"/><polyline class="model" points="${line('draft')}"/>`,
    table: { head: ['On', 'Draft', 'Published'], rows: months.map(({ on, draft, published }) => [on, count(draft[band]), count(published[band])]) },
  });
}
