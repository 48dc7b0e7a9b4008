import type { RevenueEvent } from '#insight';
import type { RevenueCustomersPage } from '#read-model';
import { html, type Html } from '../html.js';
import { empty } from '../layout.js';
import { customerPath, dateOf, plural } from '../words.js';
import { amountText, FIGURE_WORDS, figurePath, shareText } from './revenue-words.js';
import type { RevenueCustomersForm } from './revenue-form.dto.js';

type Line = RevenueCustomersPage['lines'][number];

/** Who makes a figure, with the facts. */
export function revenueCustomersView({ figure, from, to, currency, policy, customers, amount, missing, lines, next }: RevenueCustomersPage, form: RevenueCustomersForm): Html {
  const { movement: _, cursor: __, ...asked } = form;
  return html`<h1>${FIGURE_WORDS[figure]}</h1>
<p class="lead">From ${dateOf(from)} to ${dateOf(to)}, by the policy “${policy.name}”: ${missing === null ? `${plural(customers, 'customer')}, together ${amountText(amount, currency)}` : `not measured: ${missing}`}. <a href="/revenue?${new URLSearchParams(Object.entries(asked).filter((pair): pair is [string, string] => typeof pair[1] === 'string')).toString()}">Back to all of it</a></p>
${lines.length === 0 ? empty('Nobody is in this figure.', 'Take another period.') : html`<div class="scrolls"><table><caption>By customer</caption><thead><tr><th scope="col">Customer</th><th scope="col">Amount</th><th scope="col">ARR</th><th scope="col">What happened</th></tr></thead>
<tbody>${lines.map((line) => html`<tr><th scope="row"><a href="${customerPath(line.customer.id)}">${line.customer.name ?? line.customer.id}</a></th><td>${line.amount === null ? 'no rate' : amountText(line.amount, currency)}</td><td>${amountText(line.start, currency)} to ${amountText(line.end, currency)}</td><td>${storyOf(line, currency)}</td></tr>`)}</tbody></table></div>`}
${next === null ? null : html`<p><a href="${figurePath(figure, asked, next)}" rel="next">Next page</a></p>`}`;
}

function storyOf({ movements, renewals, terminable, cuts, parts }: Line, currency: string | null): Html {
  const said = [
    ...cuts.map(({ product, share, effectiveOn, event }) => html`<li>Budget${product === null ? null : html` for ${product}`} cut${share === null ? null : ` by ${shareText(share)}`}${effectiveOn === null ? null : html` from ${dateOf(effectiveOn)} on`} ${facts([event])}</li>`),
    ...movements.map(({ kind, amount, at, events }) => html`<li>${FIGURE_WORDS[kind]} of ${amountText(amount, currency)} on ${dateOf(at.slice(0, 10))} ${facts(events)}</li>`),
    ...renewals.map(({ subscription, dueOn, outcome, events }) => html`<li>${subscription} was due ${dateOf(dueOn)}: ${outcome} ${facts(events)}</li>`),
    ...terminable.map(({ subscription, endsOn, events }) => html`<li>${subscription} can end ${endsOn === null ? 'nobody knows when' : html`on ${dateOf(endsOn)}`} ${facts(events)}</li>`),
  ];
  return said.length > 0 ? html`<ul class="plain">${said}</ul>` : html`<ul class="plain">${parts.end.map(({ subscription, events }) => html`<li>${subscription} runs ${facts(events)}</li>`)}</ul>`;
}

const facts = (events: readonly RevenueEvent[]) => html`<span class="muted">${events.map(({ source, id, type }) => `${type} ${source}/${id}`).join(', ')}</span>`;
