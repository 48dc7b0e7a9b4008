import { dateOfDay } from '#insight';
import { codeField } from './code-field.js';
import { type Content, html, type Html } from './html.js';
import { option } from './words.js';

/** What came of a task; any code will do by the API. */
const OUTCOMES = [['done', 'Done'], ['reached', 'Reached them'], ['left-message', 'Left a message'], ['saved', 'Spoke, and they stay'], ['no-answer', 'Nobody answered']] as const;

export const NOTED_OF_TASKS: Readonly<Record<string, string>> = {
  'task-created': 'Noted. The task stands here and, as its day comes near, in the list of the day.', 'task-done': 'Noted. The task is done.', 'task-snooze': 'Noted. The task comes back on the day you gave.', 'task-drop': 'Noted. The task is dropped.',
};

/** Where to go back to: the list of the day as it was asked for, or the page of a customer. */
export interface Back { readonly owner?: string | undefined; readonly customer?: string | undefined }

/** The forms by which a task is done, put off or dropped. `today`: days since 1970-01-01. */
export function taskForms(task: string, what: string, { owner, customer }: Back, today: number): Html {
  const action = `/tasks/${encodeURIComponent(task)}`;
  const kept = html`${owner ? html`<input type="hidden" name="owner" value="${owner}">` : null}${customer ? html`<input type="hidden" name="customer" value="${customer}">` : null}`;
  const note = html`<label>Note (optional)<textarea name="note" rows="2" maxlength="10000"></textarea></label>`;
  const form = (words: string, path: string, fields: Content, button: string) => html`<details><summary>${words}<span class="hidden">: ${what}</span></summary><form method="post" action="${action}/${path}">${kept}${fields}<button>${button}</button></form></details>`;
  return html`<div class="actions">
${form('Done', 'done', html`<label>Outcome<select name="outcome">${OUTCOMES.map(([code, words]) => option(code, words, undefined))}</select></label>${note}`, 'Task is done')}
${form('Snooze', 'snooze', html`<label>Until<input type="date" name="until" min="${dateOfDay(today + 1)}" value="${dateOfDay(today + 3)}" required></label>${note}`, 'Put the task off')}
${form('Drop', 'drop', html`<label>Why<input name="reason" maxlength="200" required></label>`, 'Drop the task')}
</div>`;
}

export function newTaskForm(customer: string, today: number): Html {
  return html`<details><summary>Set a task</summary><form class="stack" method="post" action="/customers/${encodeURIComponent(customer)}/tasks">
<label>What is to be done, without names of persons<input name="what" maxlength="200" required></label>
<label>By<input type="date" name="dueOn" min="${dateOfDay(today)}" value="${dateOfDay(today + 7)}" required></label>
${codeField('Who (their code; left empty: who looks after the customer)', 'owner')}
<label>Note (optional)<textarea name="note" rows="2" maxlength="10000"></textarea></label>
<button>Set the task</button></form></details>`;
}
