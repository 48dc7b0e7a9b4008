import { INCIDENTS, percentWords } from '#insight';
import type { IncidentsAnswer } from '#read-model';
import { html, type Html } from '../html.js';
import { customerPath, momentOf, moreIn, option, plural } from '../words.js';
import { amountText } from './revenue-words.js';

/** What the model says of a class of incidents, customer by customer. */
export function incidentsView({ incident, days, touched, withoutRisk, unconverted, currency, figures, missing, customers, more, model, says, asOf, today }: IncidentsAnswer): Html {
  const money = (amount: number) => amountText(amount, currency);
  return html`<h1>What the model says of incidents</h1>
<p class="lead">Class “${incident}”, within ${plural(days, 'day')} before ${momentOf(asOf, today.timeZone)}: ${plural(touched, 'customer')} touched; of ${withoutRisk} no chance to leave is known, of ${unconverted} no ARR that can be converted. <a href="/revenue">Back to revenue</a></p>
<form class="filter" method="get" action="/revenue/incidents" role="search" aria-label="Which class"><label>Class<select name="incident">${INCIDENTS.map((each) => option(each, each, incident))}</select></label> <button>Show</button></form>
${figures === null ? html`<p>Not measured: ${missing ?? ''}.</p>` : html`<p>ARR at risk within 90 days is ${money(figures.atRisk)} of ${money(figures.arr)}, of ${plural(figures.n, 'customer')}${figures.tooFew ? ', which are too few to go by' : ''}; without these facts it would be ${money(figures.without)}. What the model says of it: ${money(figures.difference.value!)}${figures.difference.low === null ? '' : `, between ${money(figures.difference.low)} and ${money(figures.difference.high!)}`}.</p>
<div class="scrolls"><table><caption>Those of whom it says most</caption><thead><tr><th scope="col">Customer</th><th scope="col">ARR</th><th scope="col">Chance to leave</th><th scope="col">Without</th><th scope="col">Comes to</th><th scope="col">Facts</th></tr></thead>
<tbody>${customers.map((each) => html`<tr><th scope="row"><a href="${customerPath(each.customer)}">${each.name ?? each.customer}</a></th><td>${money(each.arr)}</td><td>${percentWords(each.probability)}</td><td>${percentWords(each.withoutProbability)}</td><td>${money(each.amount)}</td><td class="muted">${each.events.map(({ source, id, type }) => `${type} ${source}/${id}`).join(', ')}</td></tr>`)}</tbody></table></div>
${moreIn(more, 'customer', '/v1/revenue/incidents')}`}
<p class="muted">${says} ${model.say}</p>`;
}
