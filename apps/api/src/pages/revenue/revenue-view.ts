import type { RevenueRatio } from '#insight';
import { REVENUE_GROUPS, type RevenueAnswer } from '#read-model';
import { html, type Html } from '../html.js';
import { empty } from '../layout.js';
import { dateOf, momentOf, option, plural } from '../words.js';
import { amountText, figureLink, ratioText, shareText } from './revenue-words.js';
import type { RevenueForm } from './revenue-form.dto.js';
import { waterfallChart } from './waterfall-chart.js';

/** Recurring revenue of a period, drawn and in figures. */
export function revenueView(answer: RevenueAnswer, form: RevenueForm): Html {
  const { from, to, today, asOf, knownAt, currency, policy, changes, coverage, figures } = answer;
  const runs = asOf.slice(0, 10) < to;
  return html`<h1>Revenue</h1>
<p class="lead">What customers bring in a year (ARR), from ${dateOf(from)} to ${dateOf(to)} in ${today.timeZone}; ${runs ? 'so far: ' : null}as of ${momentOf(asOf, today.timeZone)}${knownAt === null ? null : html`, as it was known ${momentOf(knownAt, today.timeZone)}`}. Counted by the policy “${policy.name}”.</p>
${filterForm(answer, form)}
${currency === null || figures.waterfall === null ? empty('Nobody has paid anything recurring yet.', `Not measured: ${figures.missing.arr ?? ''}.`) : html`
${waterfallChart(figures.waterfall, currency, form, runs)}
${changes.length === 0 ? null : html`<p class="notice">Counted otherwise than decided: ${changes.map(({ say }) => say).join('; ')}. By your own policy ARR ends at ${amountText(answer.byOwnPolicy!.waterfall?.end ?? null, currency)}, NRR ${ratioText(answer.byOwnPolicy!.nrr)}, GRR ${ratioText(answer.byOwnPolicy!.grr)}.</p>`}
${coverage.missing === null ? null : html`<p class="notice">Not in these figures: ${coverage.unconverted.map((each) => html`${amountText(each.end, each.currency)} of ${plural(each.customers, 'customer')}`)}; ${coverage.missing}. ${figureLink('unconverted', form, 'Who')}</p>`}
<h2>How much is kept</h2>${ratiosView(answer, form)}
${groupsView(answer)}
<h2>What can be ended soon</h2>${exposureView(answer, form)}
<p><a href="/revenue/incidents">What the model says of outages, broken promises and other incidents</a></p>`}
<details><summary>By what it is counted</summary><div class="scrolls"><table><caption>The policy “${policy.name}”</caption><tbody>${Object.entries(policy).map(([setting, value]) => html`<tr><th scope="row">${setting}</th><td>${Array.isArray(value) ? value.join(', ') : value === null ? 'none' : String(value)}</td></tr>`)}</tbody></table></div></details>`;
}

function filterForm({ by, policy }: RevenueAnswer, form: RevenueForm): Html {
  const select = (label: string, name: keyof RevenueForm, values: readonly string[], usual: string) => html`<label>${label}<select name="${name}">${option('', usual, form[name])}${values.map((value) => option(value, value, form[name]))}</select></label>`;
  return html`<form class="filter" method="get" action="/revenue" role="search" aria-label="Which time"><label>Period<input name="period" value="${form.period ?? ''}" placeholder="2026-Q3" pattern="[0-9]{4}(-(Q[1-4]|[0-9]{2}))?"></label><label>Segment<input name="segment" value="${form.segment ?? ''}"></label>
${select('Told apart by', 'by', REVENUE_GROUPS, by === null ? 'Nothing' : 'nothing')}<label>As known on<input type="date" name="knownAt" value="${form.knownAt ?? ''}"></label>
${select('Who comes back', 'reactivation', ['separate', 'expansion', 'net'], `as decided (${policy.reactivation})`)}${select('Churn counts at', 'churnAt', ['end', 'notice'], `as decided (${policy.churnAt})`)} <button>Show</button></form>`;
}

function ratiosView({ figures, currency }: RevenueAnswer, form: RevenueForm): Html {
  const { nrr, grr, grossRenewalRate, netRenewalRate, renewals, grossMrrChurn, netMrrChurn, logoChurn, logos, earnedGrowth, missing } = figures;
  const line = (label: Html | string, ratio: RevenueRatio, of: string) => html`<tr><th scope="row">${label}</th><td>${ratioText(ratio)}</td><td>${ratio.value === null ? null : html`${amountText(ratio.of, currency)} of ${amountText(ratio.over, currency)}, ${plural(ratio.n, of)}`}</td></tr>`;
  return html`<div class="scrolls"><table><caption>Ratios, each with what it is made of</caption><thead><tr><th scope="col">Figure</th><th scope="col">Value</th><th scope="col">Of</th></tr></thead><tbody>
${line(figureLink('nrr', form), nrr, 'customer')}${line(figureLink('grr', form), grr, 'customer')}${line(figureLink('renewals', form, 'Gross renewal rate'), grossRenewalRate, 'term')}${line('Net renewal rate', netRenewalRate, 'term')}${line('Gross MRR churn', grossMrrChurn, 'customer')}${line('Net MRR churn', netMrrChurn, 'customer')}
<tr><th scope="row">${figureLink('logo-churn', form, 'Logo churn')}</th><td>${ratioText(logoChurn)}</td><td>${logoChurn.value === null ? null : `${logoChurn.of} of ${plural(logoChurn.over, 'customer')}`}</td></tr>
<tr><th scope="row">Earned growth</th><td>${ratioText(earnedGrowth)}</td><td>${earnedGrowth.low === null || earnedGrowth.low === earnedGrowth.high ? null : `${shareText(earnedGrowth.low)} to ${shareText(earnedGrowth.high!)}, by how those came of whom nobody said it`}</td></tr>
</tbody></table></div>
<p>Customers: ${logos === null ? `not measured: ${missing.arr ?? ''}` : html`${logos.start} at first, ${logos.won} won, ${logos.back} came back, ${logos.lost} lost, ${logos.end} at last; ${figureLink('won-and-lost', form, `${logos.wonAndLost} won and lost within the period`)}`}. Renewals: ${renewals === null ? `not measured: ${missing.renewals ?? ''}` : `${renewals.renewed} renewed, ${renewals.lost} lost, ${renewals.late} of which nothing was said in time, ${renewals.open} open`}.</p>`;
}

function groupsView({ by, groups, currency }: RevenueAnswer): Html | null {
  if (by === null) return null;
  return html`<h2>By ${by}</h2><div class="scrolls"><table><caption>${by === 'product' ? 'Each product as if nothing else were sold: who takes another is new to it' : 'The greatest first'}</caption><thead><tr><th scope="col">${by}</th><th scope="col">Start</th><th scope="col">End</th><th scope="col">NRR</th><th scope="col">GRR</th></tr></thead>
<tbody>${groups.map(({ key, figures: { waterfall, nrr, grr } }) => html`<tr><th scope="row">${key ?? 'Not known'}</th><td>${amountText(waterfall?.start ?? null, currency)}</td><td>${amountText(waterfall?.end ?? null, currency)}</td><td>${nrr.value === null ? 'not measured' : ratioText(nrr)}</td><td>${grr.value === null ? 'not measured' : ratioText(grr)}</td></tr>`)}</tbody></table></div>`;
}

function exposureView({ exposure: { within, arr, terminable, share, customers, unknown, missing, budgetCuts: cuts }, currency }: RevenueAnswer, form: RevenueForm): Html {
  const budgets = html`<p>${cuts.missing !== null ? `Budget cuts are not measured: ${cuts.missing}.` : html`${figureLink('budget-cut', form, plural(cuts.customers!, 'customer'))} said within a year that the budget is cut: of ${amountText(cuts.arr, currency)} that it is about, ${amountText(cuts.terminable, currency)} could be ended within ${within} days.`}</p>`;
  if (missing !== null) return html`<p>Not measured: ${missing}.</p>${budgets}`;
  return html`<p>${figureLink('terminable', form, amountText(terminable, currency))} of ${amountText(arr, currency)} (${share === null ? '' : shareText(share)}) could be ended within ${within} days by ${plural(customers ?? 0, 'customer')}, were they to say so now. ${unknown !== null && unknown > 0 ? `Of ${amountText(unknown, currency)} nobody told the terms: needs renewsOn or termMonths, and noticeDays.` : null}</p>${budgets}`;
}
