import type { Simulation } from '#insight';
import { axes, BOX, figure, place, scaleOf } from '../churn/figure.js';
import { count, decimals } from '../churn/figure-words.js';
import { html, type Html } from '../pages/html.js';
import { legend, someOf, wholeSteps } from './simulation-drawing.js';

/** Customers who came to at-risk and gave no notice within 90 days, by the month in which they came. */
export function alarmsDrawing({ alarms: { published, draft } }: Simulation): Html {
  const months = draft.months.map((own, at) => ({ month: own.month, draft: own, published: published.months[at]! }));
  const steps = wholeSteps(Math.max(1, ...months.flatMap((each) => [each.draft.wrong, each.published.wrong])));
  const x = scaleOf(-0.5, months.length - 0.5, BOX.left, BOX.right);
  const y = scaleOf(0, steps.at(-1)!, BOX.bottom, BOX.top + 6);
  const wide = place(((BOX.right - BOX.left) / months.length) * 0.38);
  const bar = (side: 'published' | 'draft', at: number, wrong: number) => (wrong === 0 ? null : html`<rect class="${side}" x="${place(side === 'draft' ? x(at) - wide : x(at))}" y="${y(wrong)}" width="${wide}" height="${place(BOX.bottom - y(wrong))}"/>`);
  return figure({
    id: 'alarms', title: 'False alarms by month',
    says: `In 30 days: by the draft ${decimals(draft.wrongIn30Days, 1)}, as published ${decimals(published.wrongIn30Days, 1)}. Of ${count(draft.open)} and ${count(published.open)} alarms the 90 days are not over.`,
    drawing: html`${legend('bars')}${axes({ x, y, xTicks: someOf(months.map(({ month }, at) => [at, month] as const)), yTicks: steps.map((value) => [value, count(value)]), xName: 'Month in which they came to at risk', yName: 'Customers' })}
${months.map((each, at) => [bar('draft', at, each.draft.wrong), bar('published', at, each.published.wrong)])}`,
    table: {
      head: ['Month', 'Draft: false', 'came true', 'open', 'Published: false', 'came true', 'open'],
      rows: months.map(({ month, draft: by, published: as }) => [month, count(by.wrong), count(by.right), count(by.open), count(as.wrong), count(as.right), count(as.open)]),
    },
  });
}
