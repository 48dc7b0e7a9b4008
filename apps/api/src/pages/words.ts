import { majorUnits } from '#journey';
import { type Content, html, type Html } from './html.js';

type Money = { readonly amount: number; readonly currency: string };

const LANGUAGE = 'en-GB';
const day = new Intl.DateTimeFormat(LANGUAGE, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });

export const bandWords: Readonly<Record<string, string>> = { healthy: 'Healthy', watch: 'Watch', 'at-risk': 'At risk', unknown: 'Cannot tell' };
export const bandOrder = ['at-risk', 'watch', 'healthy', 'unknown'] as const;

/** `2026-11-02` as people read it: 2 Nov 2026. */
export function dateOf(date: string): Html {
  return html`<time datetime="${date}">${dateText(date)}</time>`;
}

export const dateText = (date: string) => day.format(new Date(`${date}T00:00:00Z`)).replace('Sept', 'Sep');

/** An instant on the clock of a time zone: 2 Nov 2026, 15:04. */
export function momentOf(instant: string, timeZone: string): Html {
  const words = new Intl.DateTimeFormat(LANGUAGE, { timeZone, day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  return html`<time datetime="${instant}">${words.format(new Date(instant)).replace('Sept', 'Sep')}</time>`;
}

/** Amounts of minor units, whole in major ones. */
export function moneyOf(amounts: readonly Money[]): string {
  return amounts.map((money) => new Intl.NumberFormat(LANGUAGE, {
    style: 'currency', currency: money.currency, currencyDisplay: 'code', maximumFractionDigits: 0,
  }).format(majorUnits(money))).join(' + ');
}

/** One decimal, halves away from zero as in the sentences: −0.85 is −0.9. */
export const pointsText = (points: number) => `${points < 0 && Math.abs(points) >= 0.05 ? '−' : ''}${Math.round(Math.round(Math.abs(points) * 100) / 10) / 10}`;
export const signed = (points: number) => (points > 0 ? `+${pointsText(points)}` : pointsText(points));
/** Who it is: by name, else as another system calls it. */
export const nameOf = ({ id, name, knownAs }: { readonly id: string; readonly name: string | null; readonly knownAs: string | null }) => name ?? knownAs ?? id;
/** An option of a select. */
export const option = (value: string, words: string, chosen: string | undefined) => html`<option value="${value}"${value === (chosen ?? '') ? html` selected` : null}>${words}</option>`;
export const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** The band in its word, with the score where there is enough known to have one; `shown`: as it is read, where not in points. */
export function bandBadge(band: string, score: number | null, shown?: string): Html {
  return html`<span class="badge ${band}">${bandWords[band] ?? band}${score === null || band === 'unknown' ? '' : ` · ${shown ?? pointsText(score)}`}</span>`;
}

/** The same for a customer who is no longer one: how they are is past. */
export const stateBadge = (status: string, band: string, score: number | null, shown?: string): Html => (
  status === 'ended' ? html`<span class="badge unknown">Ended</span>` : bandBadge(band, score, shown));

/** "Overridden to 30 until 3 Dec 2026". */
export const overriddenWords = ({ score, until }: { readonly score: number; readonly until: string }) => html`Overridden to ${pointsText(score)} until ${dateOf(until)}`;

/** What is said beside the badge of a score that was set by hand: until when, and what was computed. */
export const overrideMark = ({ override, computed }: { readonly override: { readonly score: number; readonly until: string } | null; readonly computed: { readonly score: number | null; readonly band: string } }): Content => (
  override && html` <span class="muted">${overriddenWords(override)}, computed ${computed.score === null ? 'not known' : pointsText(computed.score)} (${bandWords[computed.band]!.toLowerCase()})</span>`);

/** A term and what it is; nothing when there is nothing to say. */
export function fact(term: string, value: Content): Content {
  return value === null || value === '' ? null : html`<div><dt>${term}</dt><dd>${value}</dd></div>`;
}

/** A local address with those parameters that have a value. */
export function address(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

export const customerPath = (id: string) => `/customers/${encodeURIComponent(id)}`;

/** With a capital letter in front. */
export const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** What there is beyond what a page shows, and the file that has all of it. */
export const moreIn = (count: number, one: string, path: string): Content => (count <= 0 ? null : html`<p>${plural(count, one)} more: <a href="${path}${path.includes('?') ? '&' : '?'}format=csv">all of it as a table (CSV)</a>.</p>`);
