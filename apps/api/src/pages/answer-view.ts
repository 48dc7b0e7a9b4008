import type { AnswerAnswer, DepartmentFigures } from '#read-model';
import { scaleDrawing, verdictWords } from './answer-drawing.js';
import { aroundView, notedView, waitedView } from './answers-view.js';
import { feedbackRow } from './feedback-view.js';
import { type Content, html, type Html } from './html.js';
import { address, momentOf, option } from './words.js';

export interface AnswerParts {
  readonly departments: readonly DepartmentFigures[];
  readonly mayWrite: boolean;
  readonly noted: string | undefined;
}

const REASONS = [['praise', 'It is praise'], ['dealt-with', 'It is dealt with already'], ['known-issue', 'We know of it and work on it'], ['no-content', 'It says nothing that we could act on'], ['not-ours', 'It is not about us']] as const;

/** One answer: where it lies, what was written, what came of it, and what can be done. */
export function answerView(answer: AnswerAnswer, { departments, mayWrite, noted }: AnswerParts): Html {
  const { customer, score, verdict, words, wantsContact, complaint, setAside, recovery, viewers, lostMinutes, today, feedback } = answer;
  return html`<h1>Answer of ${customer.name ?? customer.id}</h1>
${notedView(noted)}
<div class="measure"><span>${scaleDrawing(answer)}</span><span class="wait">${waitedView(answer)}</span></div>
<p class="lead"><strong>${score}</strong>, ${verdictWords[verdict]}${wantsContact ? html` · <strong>wants to be contacted</strong>` : null}${complaint ? html` · <strong>a complaint</strong>` : null}${lostMinutes === null ? null : ` · ${lostMinutes} minutes of work lost`}</p>
${words ? html`<blockquote><p>${words}</p></blockquote>` : html`<p class="muted">Nothing was written.</p>`}
${aroundView(answer, today.timeZone)}
<p>${viewers.length === 0 ? 'Nobody of ours has read it.' : `Read by ${viewers.map(({ viewer, role }) => (role ? `${viewer} (${role})` : viewer)).join(', ')}.`}${setAside ? ` Nothing is to be done: ${setAside.reason.replaceAll('-', ' ')}.` : null}${recovery ? html` <a href="/recoveries/${encodeURIComponent(recovery.id)}">A recovery</a> deals with it: ${recovery.state}${recovery.contacted ? ', we have talked with them' : null}.` : null}</p>
${feedback.length === 0 ? null : html`<h2>Sent to departments</h2><ul class="rows">${feedback.map((each) => html`<li>${feedbackRow(each, today.timeZone)}</li>`)}</ul>`}
${mayWrite ? formsView(answer, departments) : null}
<h2>What happened</h2>
<ol class="timeline">${answer.story.map(({ at, words: what, by, said }) => html`<li><p><span class="muted">${momentOf(at, today.timeZone)}</span> <strong>${what}</strong> <span class="muted">by ${by.id}</span></p>${said ? html`<p><q>${said}</q></p>` : null}</li>`)}</ol>
<p><a href="/answers">Back to the answers</a></p>`;
}

const note = html`<label>Note (optional)<textarea name="note" rows="2" maxlength="10000"></textarea></label>`;

function formsView(answer: AnswerAnswer, departments: readonly DepartmentFigures[]): Html {
  const { survey, customer, complaint, setAside, recovery } = answer;
  const action = (what: string) => address(`/answers/${encodeURIComponent(survey)}/${what}`, { customer: customer.id });
  const known = departments.filter(({ name }) => name !== null);
  const form = (title: string, what: string, fields: Content, button: string) => html`<details><summary>${title}</summary><form method="post" action="${action(what)}">${fields}<button>${button}</button></form></details>`;
  return html`<h2>What is to be done</h2>
<div class="actions">
${complaint ? null : form('It is a complaint', 'complaint', html`${recovery?.state === 'closed' ? html`<p class="muted">Its recovery is closed. One that a later answer has proved stays so: <a href="/recoveries/${encodeURIComponent(recovery.id)}">open it again there</a>.</p>` : null}${note}`, 'Mark as a complaint')}
${known.length === 0 ? html`<p class="muted">No department is known that it could be sent to: an administrator makes them.</p>` : form('Send it to a department', 'route', html`<label>Department<select name="department">${known.map(({ id, name }) => option(id, name!, undefined))}</select></label>
<label>What they want (optional: else their words say it)<textarea name="what" rows="2" maxlength="10000"></textarea></label>${note}`, 'Send')}
${complaint || setAside ? null : form('Nothing is to be done', 'nothing-to-do', html`<label>Why<select name="reason">${REASONS.map(([code, words]) => option(code, words, undefined))}</select></label>${note}`, 'Set aside')}
</div>`;
}

