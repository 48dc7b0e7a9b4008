import type { CompetitionAnswer } from '#read-model';
import { html, type Html } from '../html.js';
import { moneyOf, plural } from '../words.js';
import { lines, linkTo, unmeasured, yearly } from './parts.js';

const PATH = '/v1/demand/competition';

export function competitionView({ notMeasured, days, lostDays, pressed, withGap, arr, longYears, longAndWell, accounts, products, losses, lostTo, winBack, policy }: CompetitionAnswer): Html {
  return html`${notMeasured.map(unmeasured)}<p>${plural(pressed, 'customer')} spoke of a competitor or looked at one within ${days} days, paying ${yearly(arr)}; of these with a request that they were not told of: ${withGap}${withGap === 0 ? '' : `, of whom ${longAndWell.accounts} have been customers for ${longYears} years or more and pay at least the median of their segment (${yearly(longAndWell.arr)}${longAndWell.withRisk === 0 ? '' : `, at risk ${yearly(longAndWell.arrAtRisk)}`}); of ${longAndWell.unknown} that is not known`}.</p>
${lines(accounts.items, pressed, ({ customer, competitors, gaps, longAndWell: loyal }) => html`<span>${linkTo(customer)}${loyal ? ', long a customer and well paying' : ''}: ${competitors.map(({ competitor, stage }) => `${competitor} (${stage})`).join(', ')}</span> <span>${gaps.length > 0 ? `asks for ${[...new Set(gaps.flatMap(({ themes }) => themes))].join(', ') || plural(gaps.length, 'thing')}` : 'no gap known'}; ${yearly(customer.arr)}</span>`, PATH)}
${products.some(({ name }) => name !== null) ? html`<h3>By product</h3>${lines(products, products.length, ({ name, accounts: count, competitors }) => html`<span>${name ?? 'Not said'}</span> <span>${plural(count, 'customer')}: ${competitors.join(', ')}</span>`, PATH)}` : null}
<h3>Lost within ${lostDays} days: ${losses}</h3>${lines(lostTo.items, lostTo.items.length + lostTo.more, ({ competitor, losses: count, amount }) => html`<span>${competitor ?? 'Nobody says to whom'}</span> <span>${plural(count, 'opportunity', 'opportunities')}${amount.length > 0 ? `, ${moneyOf(amount)} a year` : ''}</span>`, PATH)}
<h3>To win back</h3>${lines(winBack.items, winBack.items.length + winBack.more, ({ customer, last, delivered }) => html`<span>${linkTo(customer)}: went to ${last.competitor}${last.reason ? ` (${last.reason})` : ''}</span> <span>${delivered.length > 0 ? `what it asked for is there: ${delivered.join(', ')}` : 'nothing new for it'}</span>`, PATH)}<p class="muted">${policy}</p>`;
}
