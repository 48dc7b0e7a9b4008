import { percentWords } from '#insight';
import { ECONOMICS_GROUPS, type EconomicsAnswer, type EconomicsList, type FitAnswer } from '#read-model';
import { type Content, html, type Html } from '../html.js';
import { empty } from '../layout.js';
import { address, dateOf, fact, momentOf, moneyOf, moreIn, option, plural } from '../words.js';
import type { EconomicsForm } from './economics-form.dto.js';
import { fitView } from './fit-view.js';
import { marginChart } from './margin-chart.js';
import { paybackChart } from './payback-chart.js';

type Figures = EconomicsAnswer['currencies'][number];

interface EconomicsParts { readonly figures: EconomicsAnswer; readonly list: EconomicsList; readonly fit: FitAnswer }

const PARTS = 10;

/** What customers earn us and cost us. */
export function economicsView({ figures, list, fit }: EconomicsParts, form: EconomicsForm): Html {
  const { from, to, today, knownAt, rates, coverage, changes, currencies, spend, policy, by, groups, methods } = figures;
  const [main, ...others] = currencies;
  return html`<h1>Economics</h1>
<p class="lead">What customers earn us and cost us, from ${dateOf(from)} to ${dateOf(to)} in ${today.timeZone}${knownAt === null ? null : html`, as it was known ${momentOf(knownAt, today.timeZone)}`}. Worked out by the policy “${policy.name}”${rates?.event ? html`, at the rates of ${dateOf(rates.event.on)}` : null}${form.segment ? html`, of ${form.segment} (<a href="/economics">all</a>)` : null}</p>
<form class="filter" method="get" action="/economics" role="search" aria-label="Which time"><label>From<input type="date" name="from" value="${form.from ?? from}"></label><label>To<input type="date" name="to" value="${form.to ?? to}"></label><label>Segment<input name="segment" maxlength="200" value="${form.segment ?? ''}"></label><label>Told apart by<select name="by">${option('', 'Nothing', form.by)}${ECONOMICS_GROUPS.map((group) => option(group, group, form.by))}</select></label><label>As known on<input type="date" name="knownAt" value="${form.knownAt ?? ''}"></label> <button>Show</button></form>
${changes.length === 0 ? null : html`<p class="notice">Worked out otherwise than decided: ${changes.map(({ say }) => say).join('; ')}.</p>`}
${main === undefined ? empty('Nothing is known of what customers earn or cost.', html`Not measured: ${coverage.missing ?? ''}. <a href="/docs">How to send facts</a>.`) : html`
${overall(main)}
${others.length === 0 ? null : html`<p>Drawn are amounts in ${main.currency}. Those in ${others.map(({ currency }) => currency).join(', ')} have no rate; they stand in <code>GET /v1/economics</code> and are never added up with these: ${coverage.unconverted.map(({ currency, customers }) => `${plural(customers, 'customer')} in ${currency}`).join(', ')}.</p>`}
<h2>Cost to serve and what is left</h2>${marginChart(list)}
${partsView('By product', main.products, main.currency)}${partsView('What serving costs, by driver', main.drivers, main.currency)}
<h2>How long until winning a customer has paid</h2>${paybackChart(main.payback)}
<p>${aggregateText(main)}</p>
${by === null ? null : html`<h2>By ${by}</h2><ul class="rows">${groups.map((group) => html`<li class="line"><span>${by === 'segment' && group.key ? html`<a href="${address('/economics', { segment: group.key, from: form.from, to: form.to })}">${group.key}</a>` : group.key ?? 'Not known'}, ${plural(group.customers, 'customer')}</span> <span>${marginText(group.currencies.find(({ currency }) => currency === main.currency))}</span></li>`)}</ul>`}`}
<h2>What others would take</h2>${alternativesView(figures.alternatives)}
<h2>Winning and keeping</h2>${spendView(spend)}
<h2>Fit at the sale and what came of it</h2>${fitView(fit)}
<details><summary>How these figures are worked out</summary><p>Income: ${policy.income}; costs of revenue: ${policy.costOfRevenue === null ? 'all costs of service' : policy.costOfRevenue.join(', ')}; LTV over at most ${policy.horizonMonths} months in its capped form. Figures look back ${plural(policy.windowDays, 'day')} where no time is chosen. Ask for another policy with <code>GET /v1/economics</code>, decide one with <code>npx touchline economics policy set</code>.</p><dl>${Object.entries(methods).map(([name, words]) => html`<dt>${name}</dt><dd>${words}</dd>`)}</dl></details>`;
}

const measured = (missing: readonly string[]): Content => html`not measured; needs ${missing.map((type) => html`<code>${type}</code> `)}`;
const money = (amount: number, currency: string): string => moneyOf([{ amount, currency }]);

function overall({ currency, margin, lifetime, cac, cacAtRisk, negative, perTicket }: Figures): Html {
  const told = (amount: number | null, missing: readonly string[]): Content => (amount === null ? measured(missing) : money(amount, currency));
  const between = (low: number | null, high: number | null) => (low === null || high === null ? '' : ` (${money(low, currency)} to ${money(high, currency)})`);
  return html`<dl class="facts">${fact('Income', told(margin.income, margin.missing))}${fact('Cost to serve', told(margin.costToServe, margin.missing))}
${fact('Contribution', margin.contribution === null ? measured(margin.missing) : html`${money(margin.contribution, currency)}${margin.share === null ? '' : `, ${percentWords(margin.share)} of income`}`)}
${fact('Mean CAC', cac.value === null ? html`not measured of ${plural(cac.sold, 'customer')} sold to` : `${money(cac.value, currency)}${between(cac.low, cac.high)}, of ${cac.n}`)}
${fact('LTV', lifetime.value === null ? (lifetime.capped === null ? measured(lifetime.missing) : `undefined: nobody left; ${money(lifetime.capped, currency)} over ${lifetime.horizonMonths} months`) : `${money(lifetime.value, currency)}${between(lifetime.low, lifetime.high)}; ${money(lifetime.capped!, currency)} over ${lifetime.horizonMonths} months`)}
${fact('CAC at risk', cacAtRisk.amount === null ? 'not measured' : `${money(cacAtRisk.amount, currency)} of ${money(cacAtRisk.unrecovered, currency)} not paid back`)}
${fact('Lost CAC of who left', money(cacAtRisk.lost, currency))}${fact('Cost of a ticket', perTicket.value === null ? measured(['cost.service-cost-recorded']) : `${money(perTicket.value, currency)}${between(perTicket.low, perTicket.high)}, of ${perTicket.n}`)}</dl>
<p>Of ${plural(margin.n, 'customer')}, ${margin.withIncome} have income and ${margin.withCosts} costs of service${negative.customers > 0 ? `; ${plural(negative.customers, 'customer')} cost ${money(0 - negative.contribution, currency)} more than they bring in` : ''}. LTV is worked out from the margin and the loss of customers of these days; the <a href="/reports">strategic report</a> takes those of its quarter, and only the months named, so it reads otherwise there.</p>`;
}

function partsView(title: string, parts: Figures['products'], currency: string): Html | null {
  if (parts.length === 0) return null;
  const most = Math.max(1, ...parts.map(({ income, costToServe }) => Math.max(income, costToServe)));
  return html`<h3>${title}</h3><ul class="measures">${parts.slice(0, PARTS).map(({ key, income, costToServe, share }) => html`<li><div class="measure"><span>${key ?? 'Nobody said'}</span> <span>${income > 0 ? `${money(income, currency)} in, ` : ''}${money(costToServe, currency)} to serve${share === null ? '' : `, margin ${percentWords(share)}`}</span></div>
<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="${Math.round((100 * Math.max(0, income)) / most)}" height="6"/><rect class="fair" y="2" width="${Math.round((100 * Math.max(0, costToServe)) / most)}" height="3"/></svg></li>`)}</ul>
${moreIn(parts.length - PARTS, 'part', '/v1/economics')}`;
}

const marginText = (figures: Figures | undefined): string => (!figures || figures.margin.contribution === null ? 'margin not measured' : `${money(figures.margin.contribution, figures.currency)} left${figures.margin.share === null ? '' : `, margin ${percentWords(figures.margin.share)}`}`);

function aggregateText({ aggregate: { months, acquire, newMrr, newCustomers, missing }, currency }: Figures): Content {
  if (months === null) return html`CAC payback in aggregate: ${missing.length > 0 ? measured(missing) : 'never, at this margin'}.`;
  return `CAC payback in aggregate: ${Math.round(months * 10) / 10} months: ${money(acquire!, currency)} spent, ${money(newMrr, currency)} of new MRR from ${plural(newCustomers, 'customer')}.`;
}

function alternativesView(alternatives: EconomicsAnswer['alternatives']): Html | null {
  if (alternatives.length === 0) return html`<p>Not measured; needs facts of type <code>company.alternative-priced</code>: <code>npx touchline economics alternative</code> records them.</p>`;
  return html`<div class="scrolls"><table><caption>What others would take, beside what the same cost us</caption><thead><tr><th scope="col">Alternative</th><th scope="col">For</th><th scope="col">They would take</th><th scope="col">Ours</th><th scope="col">Ours less theirs</th><th scope="col">Source</th></tr></thead>
<tbody>${alternatives.map(({ alternative, what, per, price, currency, ours, difference: { value, low, high }, missing, source }) => html`<tr><td>${what ?? alternative}</td><td>${per === 'ticket' ? 'a ticket' : 'a year of a customer'}</td><td>${moneyOf([price])}</td><td>${ours.value === null ? measured(missing) : `${money(ours.value, currency)}, of ${ours.n}`}</td><td>${value === null ? '' : `${money(value, currency)}${low === null || high === null ? '' : ` (${money(low, currency)} to ${money(high, currency)})`}`}</td><td>${source}</td></tr>`)}</tbody></table></div>`;
}

function spendView(spend: EconomicsAnswer['spend']): Html {
  if (spend === null) return html`<p>What we spend is not told of segments.</p>`;
  if (spend.length === 0) return html`<p>Not measured; needs facts of type <code>company.period-spend-recorded</code>: <code>npx touchline economics spend</code> records them.</p>`;
  return html`<ul class="rows">${spend.map(({ currency, acquire, retain, ratio, nrr }) => html`<li class="line"><span>${money(acquire, currency)} on winning, ${money(retain, currency)} on keeping customers${ratio === null ? '' : `: ${Math.round(ratio * 10) / 10} to 1`}</span> <span>NRR ${nrr.value === null ? 'not measured' : percentWords(nrr.value)}</span></li>`)}</ul>`;
}
