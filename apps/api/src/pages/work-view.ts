import type { RecoveriesPage, TasksAnswer } from '#read-model';
import { html, type Html } from './html.js';
import { openForm } from './recoveries-view.js';
import { newTaskForm, NOTED_OF_TASKS, taskForms } from './task-forms.js';
import { dateOf, momentOf, plural } from './words.js';

/** What is to be done for a customer: open tasks and recoveries, each with the way to get it done. */
export function workView({ tasks, today, more }: TasksAnswer, { recoveries: found, next }: Pick<RecoveriesPage, 'recoveries' | 'next'>, { customer, noted, mayWrite }: { readonly customer: string; readonly noted: string | undefined; readonly mayWrite: boolean }): Html {
  const open = tasks.map(({ task, what, hint, dueOn, until, owner, overdue }) => html`<li><strong>${what}</strong>${hint ? `: ${hint}` : null} <span class="muted">(by ${dateOf(dueOn)}${overdue ? ', overdue' : null}${
    until !== null && until > today.date ? html`; put off until ${dateOf(until)}` : null}${owner ? `; ${owner}` : null})</span>
${mayWrite ? taskForms(task, what, { customer }, today.day) : null}</li>`);
  const recoveries = found.map(({ id, next: clock, overdue, owner }) => html`<li><a href="/recoveries/${encodeURIComponent(id)}">Recovery ${id}</a> <span class="muted">(${clock ? html`by ${momentOf(clock.by, today.timeZone)}` : 'open'}${overdue ? ', overdue' : null}${owner ? `; ${owner}` : null})</span></li>`);
  return html`<h2 id="work">What is to be done</h2>
${noted && NOTED_OF_TASKS[noted] ? html`<p class="notice" role="status">${NOTED_OF_TASKS[noted]}</p>` : null}
${open.length + recoveries.length === 0 ? html`<p>No task and no recovery is open.</p>` : html`<ul class="plain">${recoveries}${open}</ul>`}
${more > 0 ? html`<p class="muted">${plural(more, 'more task')}.</p>` : null}
${next === null ? null : html`<p class="muted">More recoveries are open than the ${found.length} that have waited longest: <a href="/recoveries?owner=all">all recoveries</a>.</p>`}
${mayWrite ? html`${newTaskForm(customer, today.day)}
<div class="actions">${openForm('Open a recovery', customer)}</div>` : null}`;
}
