import { dateOfDay } from '#insight';
import type { CustomerAnswer, HealthAnswer } from '#read-model';
import type { CustomerForm } from './forms.dto.js';
import { type Content, html, type Html } from './html.js';
import { bandBadge, customerPath, dateOf, overriddenWords } from './words.js';

const LONGEST_DAYS = 366;
const USUAL_DAYS = 30;
const NOTED: Readonly<Record<string, string>> = { override: 'Noted. This score counts until the day you gave, or until it is cleared.', clear: 'Noted. The computed score counts again.' };

/** That a score was set by hand, with what was computed, and the forms that set and clear one. */
export function overrideView({ customer, override, computed, shown }: HealthAnswer, { id, today }: CustomerAnswer, { noted, asOf }: CustomerForm, mayWrite: boolean): Html {
  return html`${noted && NOTED[noted] ? html`<p class="notice" role="status">${NOTED[noted]}</p>` : null}
${override ? html`<p class="notice">${overriddenWords(override)} by ${override.by.id}, since ${dateOf(override.since)}: ${override.reason}. Computed is ${bandBadge(computed.band, computed.score)}</p>` : null}
${mayWrite && asOf === undefined && customer === id ? forms(customerPath(id), { holds: override !== null, today: today.day, max: shown.max }) : null}`;
}

function forms(path: string, { holds, today, max }: { readonly holds: boolean; readonly today: number; readonly max: number }): Content {
  const why = html`<label>Why (no names of persons)<input name="reason" maxlength="200" pattern="[^@]+" required></label>`;
  return html`<div class="actions"><details><summary>${holds ? 'Set another score by hand' : 'Set the score by hand'}</summary><form method="post" action="${path}/override">
<label>Score, 0 to 100${max === 100 ? null : `, not to ${max}`}<input type="number" name="score" min="0" max="100" step="0.01" required></label>
<label>Until and with<input type="date" name="until" min="${dateOfDay(today)}" max="${dateOfDay(today + LONGEST_DAYS)}" value="${dateOfDay(today + USUAL_DAYS)}" required></label>${why}
<button>Set the score</button></form></details>
${holds ? html`<details><summary>Clear the score that was set</summary><form method="post" action="${path}/override/clear">${why}
<button>Clear it</button></form></details>` : null}</div>`;
}
