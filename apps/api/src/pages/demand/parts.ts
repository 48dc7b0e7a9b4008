import { type Content, html, type Html } from '../html.js';
import { customerPath, moneyOf, moreIn, plural } from '../words.js';

type Amounts = readonly { readonly amount: number; readonly currency: string }[];
export interface Shown { readonly id: string; readonly name: string | null; readonly arr: Amounts }

/** So many of each list at first sight. */
export const SHOWN = 8;

export const yearly = (arr: Amounts): string => (arr.length === 0 ? 'nothing known' : `${moneyOf(arr)} a year`);
export const linkTo = ({ id, name }: Pick<Shown, 'id' | 'name'>): Html => html`<a href="${customerPath(id)}">${name ?? id}</a>`;

/** Lines of customers: the first at sight, those known beyond folded, and where all are. */
export function lines<T>(list: readonly T[], total: number, line: (item: T) => Content, path: string): Html {
  if (list.length === 0) return html`<p>None.</p>`;
  const rows = (items: readonly T[]) => html`<ul class="rows">${items.map((item) => html`<li class="line">${line(item)}</li>`)}</ul>`;
  const folded = list.slice(SHOWN);
  return html`${rows(list.slice(0, SHOWN))}${folded.length > 0 ? html`<details><summary>${plural(folded.length, 'line')} more</summary>${rows(folded)}</details>` : null}${moreIn(total - list.length, 'line', path)}`;
}

/** What is missing, said in the place of a figure. */
export const unmeasured = (say: string): Html => html`<p class="muted">${say}</p>`;
export const heading = (term: string, value: Content): Html => html`<div><dt>${term}</dt><dd>${value}</dd></div>`;
