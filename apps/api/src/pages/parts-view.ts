import { PART_NAMES, type TodayItem } from '#read-model';
import { answerPath } from './answers-view.js';
import { type Content, html, type Html } from './html.js';
import { type Back, taskForms } from './task-forms.js';
import { dateOf, momentOf } from './words.js';

type Part = TodayItem['parts'][number];

/** What is to be done for a customer beside calling it: each with the way to get it done. Nothing where that is all. */
export function partsView(parts: readonly Part[], { customer, mayWrite, today, timeZone, back }: { readonly customer: string; readonly mayWrite: boolean; readonly today: number; readonly timeZone: string; readonly back: Back }): Content {
  const others = parts.filter(({ kind }) => kind !== 'call');
  if (others.length === 0) return null;
  return html`<ul class="parts">${others.map((part) => html`<li><strong>${PART_NAMES[part.kind]}</strong>: ${linked(part, customer)}${dueText(part, timeZone)}
<span class="muted">${part.because}</span>
${part.kind === 'task' && mayWrite ? taskForms(part.id, part.what, back, today) : null}</li>`)}</ul>`;
}

function linked({ kind, id, what }: Part, customer: string): Html {
  if (kind === 'recovery') return html`<a href="/recoveries/${encodeURIComponent(id)}">${what}</a>`;
  return kind === 'answer' ? html`<a href="${answerPath(id, customer)}">${what}</a>` : html`${what}`;
}

const dueText = ({ due }: Part, timeZone: string): Content => (due === null ? null : html`, by ${due.length === 10 ? dateOf(due) : momentOf(due, timeZone)}`);
