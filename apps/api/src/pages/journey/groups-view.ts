import type { JourneyAnswer } from '#read-model';
import { shareText } from '../experience/figures.js';
import { html, type Html } from '../html.js';
import { moneyOf, moreIn, plural } from '../words.js';
import { daysText } from './stages-chart.js';
import { verdictText } from './verdict.js';

export const BY_WORDS = { segment: 'segment', product: 'product', owner: 'owner', cohort: 'quarter of the start' } as const;

type Value = JourneyAnswer['trend']['items'][number] | NonNullable<JourneyAnswer['groups']>['items'][number]['timeToValue'];
const medianText = ({ median, few, n }: Value): string => (n === 0 ? 'nobody has started' : `${daysText(median)}${few ? ' (of few)' : ''}`);

/** Time to value by the quarter in which it started. */
export function trendSection({ trend, methods }: JourneyAnswer): Html | null {
  if (trend.missing !== null) return null;
  return html`<h3>By the quarter of the start</h3><div class="scrolls"><table><caption>Time to value by quarter of the start</caption><thead><tr><th scope="col">Quarter</th><th scope="col">Customers</th><th scope="col">Had value</th><th scope="col">Wait</th><th scope="col">Left without</th><th scope="col">Median</th></tr></thead>
<tbody>${trend.items.map((item) => html`<tr><td>${item.quarter}</td><td>${item.n}</td><td>${item.reached}</td><td>${item.waiting}</td><td>${item.leftWithout}</td><td>${medianText(item)}</td></tr>`)}</tbody></table></div><p class="muted">${methods['trend']}</p>`;
}

/** Customers told apart. */
export function groupsSection({ groups, methods }: JourneyAnswer): Html | null {
  if (groups === null) return null;
  const title = html`<h2>By ${BY_WORDS[groups.by]}</h2>`;
  if (groups.missing !== null) return html`${title}<p>${groups.missing}</p>`;
  return html`${title}<ul class="rows">${groups.items.map(({ group, customers, arr, going, gone, met, timeToValue, renewed, others, difference, verdict }) => html`<li><h3>${group ?? (groups.by === 'cohort' ? 'Not started' : 'Not said')}</h3>
<p>${plural(customers, 'customer')}${arr.length > 0 ? `, ${moneyOf(arr)} a year` : ''}; ${going} on their way, ${gone} gone. Of what was expected met: ${shareText(met, 'occasions')}.</p>
<p>Time to value: ${timeToValue.reached} of ${timeToValue.n}; median ${medianText(timeToValue)}. Renewed: ${shareText(renewed, 'customers')}; the others: ${shareText(others, 'customers')}. ${verdictText(verdict, difference, 'Those in it')}</p></li>`)}</ul>
${moreIn(groups.n - groups.items.length, 'group', `/v1/journey?by=${groups.by}&limit=1000`)}<p class="muted">${methods['groups']}</p>`;
}
