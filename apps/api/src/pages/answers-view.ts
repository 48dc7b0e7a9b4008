import { durationWords, percentWords } from '#insight';
import type { AnswerLine, AnswersPage, AnswersSummary } from '#read-model';
import { ageBar, scaleDrawing, verdictWords, workingWords } from './answer-drawing.js';
import type { AnswersForm } from './answers-forms.dto.js';
import { type Content, html, type Html } from './html.js';
import { empty } from './layout.js';
import { ownerField } from './owner-filter.js';
import { address, customerPath, momentOf, moneyOf, option, plural } from './words.js';

const STATES = [['unread', 'Unread'], ['read', 'Read, nothing came of it yet'], ['acted-on', 'Acted on'], ['history', 'From history'], ['all', 'All']] as const;
const NOTED: Readonly<Record<string, string>> = { complaint: 'Noted as a complaint.', nothing: 'Noted: there is nothing to do.', routed: 'Sent to the department.' };

interface Whose {
  readonly form: AnswersForm;
  readonly listOf: string | undefined;
  readonly owners: readonly string[];
  readonly me: string;
}

/** The queue of answers, and how they are dealt with. */
export function answersView({ answers, next, order, today }: AnswersPage, summary: AnswersSummary | null, { form, listOf, owners, me }: Whose): Html {
  const { state = 'unread', cursor: _, ...kept } = form;
  return html`<h1>Answers</h1>
<p class="lead">What customers answered, and whether anybody read it · ${listOf ? `customers of ${listOf}` : 'customers of everybody'}</p>
${summary && summaryView(summary)}
<p><a href="/departments">Feedback that departments have</a></p>
<form class="filter" method="get" action="/answers" role="search" aria-label="Which answers"><label>Which<select name="state">${STATES.map(([value, words]) => option(value, words, state))}</select></label>${ownerField(owners, listOf, me)} <button>Show</button></form>
${answers.length === 0 ? nothing(state, listOf) : html`<p class="muted">${order}</p>
<ol class="cards">${answers.map((answer) => html`<li>${lineView(answer, today.timeZone)}</li>`)}</ol>`}
<p class="paging">${form.cursor ? html`<a href="${address('/answers', { ...kept, state })}">First page</a>` : null} ${next ? html`<a rel="next" href="${address('/answers', { ...kept, state, cursor: next })}">More</a>` : null}</p>`;
}

export const notedView = (noted: string | undefined): Content => (noted && NOTED[noted] ? html`<p class="notice" role="status">${NOTED[noted]}</p>` : null);

function nothing(state: string, listOf: string | undefined): Html {
  const words = state === 'unread' ? 'Every answer has been read.' : 'There are no such answers.';
  return empty(words, listOf ? html`<a href="${address('/answers', { owner: 'all', state })}">See everybody's</a>, or <a href="${address('/answers', { state: 'all' })}">all answers</a>.` : html`<a href="${address('/answers', { state: 'all' })}">See all answers</a>.`);
}

function summaryView({ answered, history, unread, oldestUnread, seen, actedOn, firstLook }: AnswersSummary): Html {
  const share = ({ value, n }: { value: number | null; n: number }) => (value === null ? 'nothing to say yet' : `${percentWords(value)} of ${n}`);
  return html`<dl class="facts">
<div><dt>Unread</dt><dd>${unread}${oldestUnread ? `, the oldest for ${durationWords(oldestUnread.minutes / 60)}` : null}</dd></div>
<div><dt>Answers in 90 days</dt><dd>${answered}${history > 0 ? ` (${history} from history)` : null}</dd></div>
<div><dt>Read within ${seen.within} days</dt><dd>${share(seen.byAnybody)}</dd></div>
<div><dt>By an executive</dt><dd>${share(seen.byExecutive)}</dd></div>
<div><dt>Acted on</dt><dd>${share(actedOn)}</dd></div>
<div><dt>Half are read after</dt><dd>${firstLook.working.median === null ? 'not half are read' : workingWords(firstLook.working.median)}</dd></div></dl>`;
}

/** Two customers may have a survey of the same number. */
export const answerPath = (survey: string, customer: string): string => address(`/answers/${encodeURIComponent(survey)}`, { customer });

function lineView(answer: AnswerLine, timeZone: string): Html {
  const { survey, customer, score, verdict, words, wantsContact, complaint } = answer;
  return html`<article>
<h2><a href="${answerPath(survey, customer.id)}">${customer.name ?? customer.id}</a></h2>
<div class="measure"><span>${scaleDrawing(answer)}</span><span class="wait">${waitedView(answer)}</span></div>
<p><strong>${score}</strong>, ${verdictWords[verdict]}${wantsContact ? html` · <strong>wants to be contacted</strong>` : null}${complaint ? html` · <strong>a complaint</strong>` : null}</p>
${words ? html`<blockquote><p>${words}</p></blockquote>` : null}
${aroundView(answer, timeZone)}
</article>`;
}

/** How long it waited for its first look, or has waited. */
export function waitedView({ state, waited }: Pick<AnswerLine, 'state' | 'waited'>): Html {
  const words = `${waited.minutes < 60 ? plural(waited.minutes, 'minute') : durationWords(waited.minutes / 60)}, ${workingWords(waited.workingMinutes)}`;
  if (state === 'history') return html`<span class="muted">came with history</span>`;
  return html`${ageBar(waited.workingMinutes)}<span class="muted">${state === 'unread' ? `unread for ${words}` : `read after ${words}`}</span>`;
}

/** Who answered, about what, and whose customer it is. */
export function aroundView({ customer, contact, role, ticket, instrument, answeredAt, revisedAt }: AnswerLine, timeZone: string): Html {
  const arr = moneyOf(customer.arr);
  return html`<dl class="facts">
<div><dt>Answered</dt><dd>${momentOf(answeredAt, timeZone)}${revisedAt ? html`, changed ${momentOf(revisedAt, timeZone)}` : null}</dd></div>
<div><dt>By</dt><dd>${contact ? contact.name ?? 'a contact whose name is not known' : 'somebody'}${role ? ` (${role})` : null}</dd></div>
<div><dt>Question</dt><dd>${instrument.name ?? instrument.kind}</dd></div>
${ticket ? html`<div><dt>Ticket</dt><dd>${ticket.id}${ticket.subject ? `: ${ticket.subject}` : null}${ticket.queue ? ` (${ticket.queue})` : null}</dd></div>` : null}
<div><dt>Owner</dt><dd>${customer.owner ?? 'nobody'}</dd></div>
${arr === '' ? null : html`<div><dt>A year</dt><dd>${arr}</dd></div>`}
<div><dt>Customer</dt><dd><a href="${customerPath(customer.id)}">${customer.name ?? customer.id}</a></dd></div></dl>`;
}

