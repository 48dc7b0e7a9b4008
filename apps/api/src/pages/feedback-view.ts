import { isOpen } from '#journey';
import type { DepartmentFigures, DepartmentsAnswer, FeedbackAnswer, FeedbackLine, FeedbackList } from '#read-model';
import { ageBar, workingWords } from './answer-drawing.js';
import { type Content, html, type Html } from './html.js';
import { empty } from './layout.js';
import { address, customerPath, momentOf, option, plural } from './words.js';

const STEPS: Readonly<Record<FeedbackLine['step'], string>> = {
  raised: 'sent to nobody yet', routed: 'waits to be accepted', accepted: 'accepted, waits for an answer', declined: 'declined, the customer does not know yet', answered: 'answered, the customer does not know yet', told: 'the customer was told',
};

export const feedbackPath = (feedback: string): string => `/feedback/${encodeURIComponent(feedback)}`;

/** One piece of feedback in a list. */
export function feedbackRow({ feedback, customer, what, step, department, workingMinutes, overdue, raisedAt }: FeedbackLine, timeZone: string): Html {
  const open = step === 'routed' || step === 'accepted';
  return html`<p><a href="${feedbackPath(feedback)}">${what ?? 'Words that were erased'}</a> <span class="muted">of ${customer.name ?? customer.id}, ${momentOf(raisedAt, timeZone)}</span></p>
<p>${department ? `${department.name ?? department.id}: ` : null}${STEPS[step]}${overdue ? html` · <strong class="lost">overdue</strong>` : null}</p>
${open && workingMinutes !== null ? html`${ageBar(workingMinutes)}<p class="muted">there for ${workingWords(workingMinutes)}</p>` : null}`;
}

/** Departments with what they have, and what nobody has. */
export function departmentsView({ departments, unrouted, untold }: DepartmentsAnswer, { feedback, more }: FeedbackList, timeZone: string): Html {
  const ofNobody = feedback.filter(({ step }) => step === 'raised');
  return html`<h1>Feedback with departments</h1>
<p class="lead">What customers want, who has it, and for how long</p>
<p>${plural(unrouted, 'piece')} of feedback sent to nobody yet; ${untold} answered or declined of which the customer was not told.</p>
${more > 0 ? html`<p class="muted">The ${feedback.length} oldest are below; ${more} more are not. By department: <code>touchline feedback --department … --limit 500</code>.</p>` : null}
${departments.length === 0 ? empty('There are no departments yet.', html`An administrator makes them: <code>touchline feedback department product --name … --owner … --hours 40</code>, or <a href="/docs">by the API</a>.`) : null}
${departments.map((department) => departmentView(department, feedback.filter((each) => each.department?.id === department.id), timeZone))}
${ofNobody.length === 0 ? null : html`<h2>Sent to nobody yet</h2><ul class="rows">${ofNobody.map((each) => html`<li>${feedbackRow(each, timeZone)}</li>`)}</ul>`}
<p><a href="/answers">Back to the answers</a></p>`;
}

function departmentView({ id, name, owner, answerWithinHours, open, overdue, routed, answered, declined, toAccept, toAnswer }: DepartmentFigures, feedback: readonly FeedbackLine[], timeZone: string): Html {
  const wait = (minutes: number | null) => (minutes === null ? 'not known: too few were' : workingWords(minutes));
  return html`<section class="group"><h3>${name ?? `${id} (there is no such department any more)`}</h3>
<dl class="facts"><div><dt>Owner</dt><dd>${owner ?? 'nobody'}</dd></div>
<div><dt>To answer within</dt><dd>${answerWithinHours === null ? 'not said' : workingWords(60 * answerWithinHours)}</dd></div>
<div><dt>Open</dt><dd>${open}${overdue > 0 ? html`, <strong class="lost">${overdue} overdue</strong>` : null}</dd></div>
<div><dt>Sent there</dt><dd>${routed}: ${answered} answered, ${declined} declined</dd></div>
<div><dt>Half are accepted after</dt><dd>${wait(toAccept.median)}</dd></div>
<div><dt>Half are answered after</dt><dd>${wait(toAnswer.median)}</dd></div>
<div><dt>Nine of ten are answered after</dt><dd>${wait(toAnswer.p90)}</dd></div></dl>
${feedback.length === 0 ? html`<p class="muted">${open > 0 ? 'What is open here is not among the oldest.' : 'Nothing is open here.'}</p>` : html`<ul class="rows">${feedback.map((each) => html`<li>${feedbackRow(each, timeZone)}</li>`)}</ul>`}</section>`;
}

/** One piece of feedback with its story and the steps that are possible. */
export function feedbackView(line: FeedbackAnswer, { departments, mayWrite, timeZone }: { readonly departments: readonly DepartmentFigures[]; readonly mayWrite: boolean; readonly timeZone: string }): Html {
  const { customer, what, step, department, story, survey, ticket, overdue, workingMinutes, contact } = line;
  return html`<h1>Feedback of ${customer.name ?? customer.id}</h1>
<blockquote><p>${what ?? 'Their words were erased.'}</p></blockquote>
<p class="lead">${department ? `${department.name ?? department.id}: ` : null}${STEPS[step]}${overdue ? html` · <strong class="lost">overdue</strong>` : null}${workingMinutes === null ? null : `, ${workingWords(workingMinutes)}`}</p>
<p><a href="${customerPath(customer.id)}">${customer.name ?? customer.id}</a>${contact?.name ? `, ${contact.name}` : null}${survey ? html` · <a href="${address(`/answers/${encodeURIComponent(survey)}`, { customer: customer.id })}">the answer that it comes out of</a>` : null}${ticket ? ` · ticket ${ticket}` : null}</p>
${mayWrite ? stepsView(line, departments) : null}
<h2>What happened</h2>
<ol class="timeline">${story.map(({ at, words, department: whose, by, said, reason }) => html`<li><p><span class="muted">${momentOf(at, timeZone)}</span> <strong>${words}</strong>${whose ? ` (${whose})` : null} <span class="muted">by ${by.id}</span>${reason ? `: ${reason.replaceAll('-', ' ')}` : null}</p>${said ? html`<p><q>${said}</q></p>` : null}</li>`)}</ol>
<p><a href="/departments">Back to the departments</a></p>`;
}

const note = html`<label>Note (optional)<textarea name="note" rows="2" maxlength="10000"></textarea></label>`;

function stepsView({ feedback, turns, step }: FeedbackAnswer, departments: readonly DepartmentFigures[]): Html {
  const last = turns.at(-1);
  const isWith = last !== undefined && isOpen(last) && step !== 'told';
  const others = departments.filter(({ id, name }) => name !== null && !(isWith && id === last.department));
  const form = (title: string, to: string, fields: Content, button: string) => html`<details><summary>${title}</summary><form method="post" action="${feedbackPath(feedback)}/${to}">${fields}<button>${button}</button></form></details>`;
  return html`<div class="actions">
${isWith && step === 'routed' ? form('The department takes it on', 'accept', note, 'Accept') : null}
${isWith ? form('The department answers', 'answer', html`<label>Answer<textarea name="what" rows="3" maxlength="10000" required></textarea></label>`, 'Answer') : null}
${isWith ? form('The department declines', 'decline', html`<label>Why<select name="reason">${[['not-planned', 'It is not planned'], ['not-ours', 'It is not for this department'], ['not-possible', 'It is not possible']].map(([code, words]) => option(code!, words!, undefined))}</select></label>${note}`, 'Decline') : null}
${step !== 'told' && step !== 'answered' && others.length > 0 ? form(isWith ? 'Send it on to another department' : 'Send it to a department', 'route', html`<label>Department<select name="department">${others.map(({ id, name }) => option(id, name!, undefined))}</select></label>${note}`, 'Send') : null}
${step === 'answered' || step === 'declined' ? form('The customer was told', 'tell', note, 'Note it') : null}
</div>`;
}
