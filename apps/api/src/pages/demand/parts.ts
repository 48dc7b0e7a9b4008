import { type Content, html, type Html } from '../html.js';
import { customerPath, moneyOf, plural } from '../words.js';

type Amounts = readonly { readonly amount: number; readonly currency: string }[];
export interface Shown { readonly id: string; readonly name: string | null; readonly arr: Amounts }

/** So many of each list; the API has the rest. */
export const SHOWN = 8;

export const yearly = (arr: Amounts): string => (arr.length === 0 ? 'nothing known' : `${moneyOf(arr)} a year`);
export const linkTo = ({ id, name }: Pick<Shown, 'id' | 'name'>): Html => html`<a href="${customerPath(id)}">${name ?? id}</a>`;

/** Lines of customers, and how many there are beyond. */
export function lines<T>(list: readonly T[], total: number, line: (item: T) => Content, path: string): Html {
  if (list.length === 0) return html`<p>None.</p>`;
  const more = total - Math.min(list.length, SHOWN);
  return html`<ul class="rows">${list.slice(0, SHOWN).map((item) => html`<li class="line">${line(item)}</li>`)}</ul>${more > 0 ? html`<p>${plural(more, 'line')} more: <code>GET ${path}</code>.</p>` : null}`;
}

/** What is missing, said in the place of a figure. */
export const unmeasured = (say: string): Html => html`<p class="muted">${say}</p>`;
export const heading = (term: string, value: Content): Html => html`<div><dt>${term}</dt><dd>${value}</dd></div>`;
