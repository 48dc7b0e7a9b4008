import type { PortfolioAnswer } from '#read-model';
import { html, type Html } from './html.js';
import { empty } from './layout.js';
import { ownerFilter } from './owner-filter.js';
import { address, bandBadge, bandOrder, bandWords, dateOf, moneyOf, plural } from './words.js';

interface BandCount { readonly band: string; readonly customers: number }

interface Whose {
  /** As it was asked for; undefined: nobody asked. */
  readonly owner: string | undefined;
  /** Whose portfolio it is; undefined: everybody's. */
  readonly listOf: string | undefined;
  readonly owners: readonly string[];
  readonly me: string;
}

export function portfolioView({ today, customers, ended, unclaimed, held, overridden, arrAtRisk, bands, segments }: PortfolioAnswer, { owner, listOf, owners, me }: Whose): Html {
  const names = [...new Set(segments.map(({ segment }) => segment))];
  return html`<h1>Portfolio</h1>
<p class="lead">${dateOf(today.date)} in ${today.timeZone} · ${listOf ? `customers of ${listOf}` : 'customers of everybody'}</p>
${ownerFilter('/portfolio', owners, listOf, me)}
${customers === 0 ? empty('There are no customers here yet.', html`<a href="/portfolio?owner=all">See everybody's</a>, or send the first events: <a href="/docs">how to</a>.`) : html`
<p>${plural(customers - ended, 'customer')}${ended > 0 ? html`, and <a href="${address('/customers', { status: 'ended', owner })}">${ended} who ended</a>` : null}${unclaimed > 0 ? html`; <a href="${address('/customers', { claimed: 'false', owner })}">${unclaimed} not registered yet</a>` : null}${held > 0 ? `; ${held} held by a fact that could not be read` : null}${overridden ? `; ${overridden} whose score was set by hand` : null}.</p>
${arrAtRisk === null || arrAtRisk.length === 0 ? null : html`<p><a href="${address('/customers', { sort: '-arrAtRisk', owner })}">${moneyOf(arrAtRisk)} a year at risk</a>: each customer's amount times its chance to leave within 90 days.</p>`}
<h2>By band</h2>
${stackedBar(bands)}
<ul class="rows">${bandOrder.flatMap((band) => bands.filter((row) => row.band === band)).map(({ band, customers: count, arr }) => html`<li class="line"><span>${bandBadge(band, null)} <a href="${address('/customers', { band, owner })}">${plural(count, 'customer')}<span class="hidden">: ${bandWords[band]}</span></a></span>
<span>${arr.length === 0 ? 'no recurring amount' : `${moneyOf(arr)} a year`}</span></li>`)}</ul>
<h2>By segment</h2>
<ul class="rows">${names.map((segment) => html`<li>${segmentView(segment, segments.filter((row) => row.segment === segment), owner)}</li>`)}</ul>`}`;
}

function segmentView(segment: string | null, counts: readonly BandCount[], owner: string | undefined): Html {
  const words = bandOrder.flatMap((band) => counts.filter((row) => row.band === band)).map(({ band, customers }) => `${customers} ${bandWords[band]!.toLowerCase()}`);
  return html`<h3>${segment === null ? 'Without a segment' : html`<a href="${address('/customers', { segment, owner })}">${segment}</a>`}</h3>
${stackedBar(counts)}<p>${words.join(', ')}</p>`;
}

/** Shares of the bands, worst first; the figures stand beside it as text. */
export function stackedBar(counts: readonly BandCount[]): Html {
  const total = counts.reduce((sum, { customers }) => sum + customers, 0);
  let left = 0;
  const parts = bandOrder.flatMap((band) => counts.filter((row) => row.band === band)).map(({ band, customers }) => {
    const width = total === 0 ? 0 : (customers / total) * 100;
    left += width;
    return html`<rect class="${band}" x="${(left - width).toFixed(2)}" width="${width.toFixed(2)}" height="6"/>`;
  });
  return html`<svg class="bar stacked" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}
