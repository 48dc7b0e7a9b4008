import { eventTypes } from '#journey';
import type { TimelinePage, Touch } from '#read-model';
import type { CustomerForm } from './forms.dto.js';
import { html, type Html } from './html.js';
import { address, customerPath, momentOf } from './words.js';

const FAMILIES = [...new Set(eventTypes.map(({ type }) => type.split('.')[0]!))].filter((family) => family !== 'clock').sort();
/** Fields in which people speak, worth reading in the list itself. */
const SPOKEN = ['subject', 'verbatim', 'text', 'what', 'note', 'resolution'];

export function timelineView({ customer, touches, next }: TimelinePage, form: CustomerForm, timeZone: string): Html {
  const { cursor: _, ...kept } = form;
  const here = (parameters: Record<string, string | undefined>) => `${address(customerPath(customer), parameters)}#timeline`;
  const option = (value: string, words: string) => html`<option value="${value}"${value === (form.family ?? '') ? html` selected` : null}>${words}</option>`;
  return html`<h2 id="timeline">Timeline</h2>
<form class="filter" method="get" action="${customerPath(customer)}#timeline">
${form.asOf ? html`<input type="hidden" name="asOf" value="${form.asOf}">` : null}${form.known ? html`<input type="hidden" name="known" value="${form.known}">` : null}
<label>Kind of touch<select name="family">${option('', 'everything')}${FAMILIES.map((family) => option(family, family))}${option('x', 'your own types')}</select></label><button>Show</button></form>
${touches.length === 0 ? html`<p>No touch of this kind. <a href="${here({ ...kept, family: undefined })}">See everything</a>.</p>` : html`<ol class="timeline">${touches.map((touch) => html`<li>${touchView(touch, timeZone)}</li>`)}</ol>`}
<p class="paging">${form.cursor ? html`<a href="${here(kept)}">Newest</a>` : null} ${next ? html`<a rel="next" href="${here({ ...kept, cursor: next })}">Older</a>` : null}</p>
<p class="muted">Times are of ${timeZone}.</p>`;
}

function touchView({ type, words, occurredAt, actor, standing, data }: Touch, timeZone: string): Html {
  const spoken = SPOKEN.flatMap((field) => (typeof data[field] === 'string' ? [data[field]] : []));
  const told = type.startsWith('x-') ? `${type} was recorded` : words;
  return html`<p><span class="muted">${momentOf(occurredAt, timeZone)}</span> <strong>${told}</strong>${standing ? null : ' (taken back)'} <span class="muted">by ${actor.id}</span></p>
${spoken.map((text) => html`<p><q>${text}</q></p>`)}
${Object.keys(data).length === 0 ? null : html`<details><summary>All that was sent<span class="hidden"> when ${told}</span></summary><pre>${JSON.stringify(data, null, 1)}</pre></details>`}`;
}
