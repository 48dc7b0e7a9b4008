import type { Simulation } from '#insight';
import { axes, BOX, figure, scaleOf } from '../churn/figure.js';
import { percent } from '../churn/figure-words.js';
import { html, type Html } from '../pages/html.js';
import { plural } from '../pages/words.js';
import { legend } from './simulation-drawing.js';

const DAYS = [1, 7, 14, 30, 60, 90, 120, 180] as const;
const MOST = 180;

/** Of all departures, the share that was said to be at risk, without a break, at least so many days before. */
export function leadsDrawing({ churns, leads }: Simulation): Html {
  const x = scaleOf(0, MOST, BOX.left, BOX.right);
  const y = scaleOf(0, 1, BOX.bottom, BOX.top + 6);
  const shareOf = (side: 'published' | 'draft', days: number) => churns.filter((churn) => (churn[side].atRisk.days ?? 0) >= days).length / (churns.length || 1);
  const line = (side: 'published' | 'draft') => Array.from({ length: MOST }, (_, day) => `${x(day + 1)},${y(shareOf(side, day + 1))}`).join(' ');
  const words = (side: 'published' | 'draft') => `${leads[side].atRisk.warned} of ${churns.length}${leads[side].atRisk.median === null ? '' : `, half of these at least ${plural(leads[side].atRisk.median!, 'day')} before`}`;
  return figure({
    id: 'leads', title: 'How early a departure was warned of', says: churns.length === 0 ? 'Nobody left in this time.' : `At risk up to the day before: by the draft ${words('draft')}; as published ${words('published')}.`,
    drawing: html`${legend('lines')}${axes({ x, y, xTicks: [0, 30, 60, 90, 120, 150, 180].map((day) => [day, `${day}`]), yTicks: [0, 0.25, 0.5, 0.75, 1].map((share) => [share, percent(share)]), xName: 'Days before the notice, at least', yName: 'Departures' })}
<polyline class="published" points="${line('published')}"/><polyline class="model" points="${line('draft')}"/>`,
    table: { head: ['Days before', 'Draft', 'Published'], rows: DAYS.map((days) => [`${days}`, percent(shareOf('draft', days)), percent(shareOf('published', days))]) },
  });
}
