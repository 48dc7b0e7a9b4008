import { eventTypes } from '#journey';
import type { TimelinePage, Touch } from '#read-model';
import type { CustomerForm } from './forms.dto.js';
import { html, type Html } from './html.js';
import { address, customerPath, momentOf, option } from './words.js';

/** Settings of a tenant stand in no customer's timeline. */
const NEVER = new Set(['churnmodel', 'clock', 'company', 'department', 'economicspolicy', 'exchangerates', 'experiment', 'instrument', 'journeymap', 'kafkain', 'kafkaout', 'playbook', 'recoverypolicy', 'revenuepolicy', 'scorecard', 'surveyprogram', 'theme', 'workinghours']);
const FAMILIES = [...new Set(eventTypes.map(({ type }) => type.split('.')[0]!))].filter((family) => !NEVER.has(family)).sort();
/** Fields in which people speak, worth reading in the list itself. */
const SPOKEN = ['subject', 'verbatim', 'text', 'what', 'note', 'resolution'];

/** @param marks what a fact meant on the customer's journey, by its source and id (`markKey`) */
export function timelineView({ customer, touches, next }: TimelinePage, form: CustomerForm, { timeZone, marks }: { readonly timeZone: string; readonly marks: ReadonlyMap<string, readonly string[]> }): Html {
  const { cursor: _, ...kept } = form;
  const here = (parameters: Record<string, string | undefined>) => `${address(customerPath(customer), parameters)}#timeline`;
  const { family, from, to } = form;
  return html`<h2 id="timeline">Timeline</h2>
<form class="filter" method="get" action="${customerPath(customer)}#timeline">
${form.asOf ? html`<input type="hidden" name="asOf" value="${form.asOf}">` : null}${form.known ? html`<input type="hidden" name="known" value="${form.known}">` : null}
<label>Kind of touch<select name="family">${option('', 'everything', family)}${FAMILIES.map((each) => option(each, each, family))}${option('x', 'your own types', family)}</select></label>
<label>From<input type="date" name="from" value="${from}"></label><label>To<input type="date" name="to" value="${to}"></label><button>Show</button></form>
${touches.length === 0 ? html`<p>${family ?? from ?? to ? html`No such touch${from ?? to ? ' in these days' : null}. <a href="${here({ ...kept, family: undefined, from: undefined, to: undefined })}">See everything</a>.` : 'Nothing is recorded yet.'}</p>` : html`<ol class="timeline">${touches.map((touch) => html`<li>${touchView(touch, timeZone, marks.get(markKey(touch)) ?? [])}</li>`)}</ol>`}
<p class="paging">${form.cursor ? html`<a href="${here(kept)}">Newest</a>` : null} ${next ? html`<a rel="next" href="${here({ ...kept, cursor: next })}">Older</a>` : null}</p>
<p class="muted">Times are of ${timeZone}.</p>`;
}

export const markKey = ({ source, id }: Pick<Touch, 'source' | 'id'>): string => JSON.stringify([source, id]);

function touchView({ type, words, occurredAt, actor, standing, data }: Touch, timeZone: string, marks: readonly string[]): Html {
  const spoken = SPOKEN.flatMap((field) => (typeof data[field] === 'string' ? [data[field]] : []));
  const told = type.startsWith('x-') ? `${type} was recorded` : words;
  return html`<p><span class="muted">${momentOf(occurredAt, timeZone)}</span> <strong>${told}</strong>${standing ? null : ' (taken back)'} ${type.startsWith('record.') ? null : html`<span class="muted">by ${whoOf(data) ?? actor.id}</span>`}</p>
${marks.map((mark) => html`<p><span class="badge unknown">${mark}</span></p>`)}
${spoken.map((text) => html`<p><q>${text}</q></p>`)}
${Object.keys(data).length === 0 ? null : html`<details><summary>All that was sent<span class="hidden"> when ${told}</span></summary><pre>${JSON.stringify(data, null, 1)}</pre></details>`}`;
}

/** Who did it, as the fact says; what sent it is only the messenger. */
const whoOf = ({ by, agent }: Touch['data']): string | undefined => [by, agent].find((name) => typeof name === 'string') as string | undefined;
