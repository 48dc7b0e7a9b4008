import { percentWords } from '#insight';
import type { FitAnswer } from '#read-model';
import { shareLine } from '../experience/figures.js';
import { html, type Html } from '../html.js';
import { moneyOf, moreIn, plural } from '../words.js';

const BANDS: Readonly<Record<string, string>> = { poor: 'Poor fit', middle: 'Middling fit', good: 'Good fit' };
const SELLERS = 8;

/** What became of customers, by how well they fitted when they were sold to. */
export function fitView({ bands, sellers, coverage, missing, policy, currency, method }: FitAnswer): Html {
  if (bands.length === 0) return html`<p>Not measured: it takes facts of type ${missing.map((type) => html`<code>${type}</code> `)}.</p>`;
  const line = (words: string, { churn, customers, waiting, contribution, margin }: FitAnswer['bands'][number]) => html`<ul class="measures">${shareLine(`${words}: left within ${plural(policy.fitMonths, 'month')}`, churn, 'customers')}</ul>
<p class="muted">${plural(customers, 'customer')}${waiting > 0 ? `, ${waiting} sold to too lately to tell` : ''}; margin ${margin === null || currency === null ? 'not measured' : `${percentWords(margin)}, ${moneyOf([{ amount: contribution, currency }])} so far`}${churn.tooFew ? '; too few to go by' : ''}</p>`;
  return html`${bands.map((band) => line(BANDS[band.key ?? ''] ?? 'Not known', band))}
<h3>By seller</h3>${sellers.slice(0, SELLERS).map((seller) => line(seller.key ?? 'Not known', seller))}
${moreIn(sellers.length - SELLERS, 'seller', '/v1/economics/fit')}
<p>Judged by the sale: ${coverage.judged} of ${plural(coverage.sold, 'customer')} sold to${coverage.late > 0 ? `; ${coverage.late} judged later only, which counts for nothing` : ''}.</p>
<p class="muted">${method}</p>`;
}
