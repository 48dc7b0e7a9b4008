import { recoveryClockWords, recoveryReasonWords, workingTimeWords } from '#insight';
import type { RecoveriesPage, RecoveryItem, RecoverySummary } from '#read-model';
import { clocksView } from './clocks-view.js';
import { codeField } from './code-field.js';
import { html, type Html } from './html.js';
import { empty } from './layout.js';
import { ownerField } from './owner-filter.js';
import type { RecoveriesForm } from './recovery-forms.dto.js';
import { address, capital, momentOf, moneyOf, option, plural } from './words.js';

export interface RecoveriesView {
  readonly page: RecoveriesPage;
  readonly summary: RecoverySummary;
  readonly form: RecoveriesForm;
  /** Whose recoveries; undefined: everybody's. */
  readonly listOf: string | undefined;
  readonly owners: readonly string[];
  readonly me: string;
  readonly mayWrite: boolean;
  readonly timeZone: string;
}

export const recoveryPath = (id: string): string => `/recoveries/${encodeURIComponent(id)}`;

const STATES = [['open', 'Open'], ['closed', 'Closed'], ['all', 'All']] as const;

export function recoveriesView({ page, summary, form, listOf, owners, me, mayWrite, timeZone }: RecoveriesView): Html {
  const { recoveries, next } = page;
  const here = (changes: Partial<RecoveriesForm>) => address('/recoveries', { ...form, cursor: undefined, ...changes });
  return html`<h1>What is made good</h1>
<p class="lead">${plural(summary.open, 'recovery', 'recoveries')} open, ${summary.overdue} overdue${summary.arrAtStake.length === 0 ? null : html` · ${moneyOf(summary.arrAtStake)} a year at stake`}</p>
<form class="filter" method="get" action="/recoveries" role="search" aria-label="Which recoveries">${ownerField(owners, listOf, me)}
<label>State<select name="state">${STATES.map(([value, words]) => option(value, words, form.state ?? 'open'))}</select></label>
${codeField('Cause', 'cause', { value: form.cause })}
<label class="check"><input type="checkbox" name="overdue" value="true"${form.overdue ? html` checked` : null}>Only overdue</label> <button>Show</button></form>
${recoveries.length === 0 ? empty('Nothing is to be made good here.', html`<a href="/recoveries?owner=all&amp;state=all">See all recoveries</a>. One is opened by an answer below the bar, or by hand.`)
    : html`<ol class="cards">${recoveries.map((item) => html`<li>${itemView(item, timeZone)}</li>`)}</ol>`}
<p class="paging">${form.cursor ? html`<a href="${here({})}">First page</a>` : null} ${next ? html`<a rel="next" href="${here({ cursor: next })}">More</a>` : null}</p>
${figuresView(summary, here)}
${mayWrite ? html`<div class="actions">${openForm('Open one by hand')}</div>` : null}
<p class="muted">Times are of ${timeZone}; what is used of a clock is working time.</p>`;
}

function itemView(item: RecoveryItem, timeZone: string): Html {
  const { id, customer, owner, answer, arr, cause, sameCause, state, since } = item;
  return html`<article>
<h2><a href="${recoveryPath(id)}">${customer.name ?? customer.id}</a> ${stateBadge(item)}</h2>
<p>${aboutWords(item)}, ${momentOf(since, timeZone)} · ${owner ? html`looked after by ${owner}` : html`<strong class="lost">nobody looks after it</strong>`}</p>
<p class="muted">${answer ? `Answered ${answer.score} on a scale from ${answer.min} to ${answer.max}. ` : null}${cause ? html`Cause: ${cause}${sameCause ? `, as in ${plural(sameCause, 'other')}` : null}. ` : null}${arr.length === 0 ? null : `${moneyOf(arr)} a year. `}</p>
${state === 'open' ? clocksView(item, timeZone) : null}
</article>`;
}

/** "An answer below the bar, asks to be contacted". */
export function aboutWords({ reasons }: Pick<RecoveryItem, 'reasons'>): string {
  return capital(reasons.map((reason) => recoveryReasonWords[reason]).join(', '));
}

export function stateBadge({ state, overdue, proof }: Pick<RecoveryItem, 'state' | 'overdue' | 'proof'>): Html {
  if (state === 'open') return html`<span class="badge ${overdue ? 'at-risk' : 'watch'}">${overdue ? 'Overdue' : 'Open'}${proof?.fix === 'disproved' ? ' again' : ''}</span>`;
  if (state === 'withdrawn') return html`<span class="badge unknown">Withdrawn: the answer was taken back</span>`;
  return html`<span class="badge ${proof?.fix === 'confirmed' ? 'healthy' : 'unknown'}">${proof?.fix === 'confirmed' ? 'Closed, and it worked' : 'Closed'}</span>`;
}

function figuresView({ recoveries, actedOn, repeatCauseRate, withoutPrevention, steps, fixes, causes }: RecoverySummary, here: (changes: Partial<RecoveriesForm>) => string): Html | null {
  if (recoveries === 0) return null;
  return html`<h2>In figures</h2>
<p>${actedOn === null ? null : `The customer was contacted in ${actedOn} % of them. `}${repeatCauseRate === null ? null : `${repeatCauseRate} % of the causes had come before. `}${withoutPrevention === 0 ? null : `In ${withoutPrevention}, nothing prevents the cause from coming back. `}The next answer confirmed ${fixes.confirmed} and disproved ${fixes.disproved}; ${fixes.unproved} wait for one.</p>
<ul>${steps.filter(({ done, missed }) => done + missed > 0).map(({ clock, done, missed, inTime, worked }) => html`<li>to the ${recoveryClockWords[clock]}: ${inTime} % in time of ${done} done${missed > 0 ? ` and ${missed} that ran out undone` : null}; ${worked === null ? 'half are not done yet' : `half took no more than ${workingTimeWords(worked)} of working time`}</li>`)}</ul>
${causes.length === 0 ? null : html`<div class="scrolls"><table><thead><tr><th scope="col">Cause</th><th scope="col">Recoveries</th><th scope="col">Customers</th><th scope="col">Without prevention</th></tr></thead><tbody>
${causes.slice(0, 10).map(({ cause, recoveries: with_, customers, withoutPrevention: open }) => html`<tr><td><a href="${here({ cause, state: 'all' })}">${cause}</a></td><td>${with_}</td><td>${customers}</td><td>${open}</td></tr>`)}</tbody></table></div>`}`;
}

/** `customer`: whose it is, where the page is theirs. */
export const openForm = (summary: string, customer?: string): Html => html`<details><summary>${summary}</summary><form method="post" action="/recoveries">
${customer === undefined ? html`<label>Customer (name, our id, or system:id)<input name="customer" maxlength="300" required></label>` : html`<input type="hidden" name="customer" value="${customer}">`}
<label>What went wrong<textarea name="what" rows="3" maxlength="10000" required></textarea></label>
${codeField('Ticket (optional)', 'ticket')}
${codeField('Who looks after it (optional, by their code; else as the policy says)', 'owner')}
<button>Open the recovery</button></form></details>`;
