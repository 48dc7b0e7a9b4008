import { html, type Html } from './html.js';

/** Whose customers: mine, everybody's, or another person's. */
export function ownerFilter(path: string, listOf: string | undefined): Html {
  return html`<form class="filter" method="get" action="${path}" role="search" aria-label="Whose customers">
<span class="whole"><a href="${path}?owner=me">Mine</a> <a href="${path}?owner=all"${listOf === undefined ? html` aria-current="true"` : null}>Everybody's</a></span>
<label>Owner<input name="owner" value="${listOf}" maxlength="100" autocomplete="off"></label> <button>Show</button></form>`;
}
