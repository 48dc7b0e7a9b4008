import { html, type Html } from './html.js';
import { option } from './words.js';

/** Whose customers: everybody's, mine, or those of a person who has any. */
export function ownerField(owners: readonly string[], listOf: string | undefined, me: string): Html {
  const others = [...new Set([...owners, ...(listOf === undefined ? [] : [listOf])])].filter((owner) => owner !== me).sort();
  return html`<label>Owner<select name="owner">${option('all', 'Everybody', listOf ?? 'all')}${option(me, `Mine (${me})`, listOf)}${others.map((owner) => option(owner, owner, listOf))}</select></label>`;
}

export function ownerFilter(path: string, owners: readonly string[], listOf: string | undefined, me: string): Html {
  return html`<form class="filter" method="get" action="${path}" role="search" aria-label="Whose customers">${ownerField(owners, listOf, me)} <button>Show</button></form>`;
}
