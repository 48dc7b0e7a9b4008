import type { ContactAnswer, RecoveryAnswer, RecoveryItem, RecoveryStep } from '#read-model';
import { clocksView } from './clocks-view.js';
import { html, type Html } from './html.js';
import { aboutWords, recoveryPath, stateBadge } from './recoveries-view.js';
import { stepForms } from './recovery-forms.js';
import type { RecoveryForm } from './recovery-forms.dto.js';
import { customerPath, dateText, fact, momentOf, moneyOf, plural } from './words.js';

const NOTED: Readonly<Record<string, string>> = {
  opened: 'It is open, and its clocks run.', acknowledge: 'Noted: you had a first look.', contact: 'Noted: the customer was contacted.', cause: 'Noted: the cause.', prevention: 'Noted.', close: 'Closed. The next answer of the same person says whether it worked.',
  reopen: 'It is open again, and its last clock runs anew.', assign: 'Noted: somebody else looks after it.', link: 'Linked.',
};
const SPOKEN = ['verbatim', 'what', 'note'];

export interface RecoveryView {
  readonly answer: RecoveryAnswer;
  readonly contacts: readonly ContactAnswer[];
  readonly form: RecoveryForm;
  readonly mayWrite: boolean;
  readonly timeZone: string;
}

/** One recovery: where it stands, what is to be done next, and all that was done. */
export function recoveryView({ answer: { recovery, story, alike }, contacts, form: { noted }, mayWrite, timeZone }: RecoveryView): Html {
  const { customer, answer, owner, escalateTo, tickets, others, arr, proof, reopenings, contact, done } = recovery;
  const words = story.findLast(({ type, data }) => type.startsWith('survey.respon') && typeof data['verbatim'] === 'string')?.data['verbatim'] as string | undefined;
  const before = (isDone: boolean) => (isDone ? null : ', as was said before it was opened again');
  const person = contacts.find(({ id }) => id === contact);
  return html`<h1>${customer.name ?? customer.id}: ${aboutWords(recovery).toLowerCase()}</h1>
<p class="lead">${stateBadge(recovery)} ${recovery.id}, since ${momentOf(recovery.since, timeZone)}${reopenings > 0 ? `, opened again ${plural(reopenings, 'time')}` : null}</p>
${noted ? html`<p class="notice" role="status">${NOTED[noted]}</p>` : null}
${words ? html`<blockquote><p>${words}</p></blockquote>` : null}
<dl class="facts">${fact('Customer', html`<a href="${customerPath(customer.id)}">${customer.name ?? customer.id}</a>`)}
${fact('Answer', answer && `${answer.score} on a scale from ${answer.min} to ${answer.max}; ${answer.bar} would have been enough`)}
${fact('Person', contact && (person?.name ?? contact))}
${fact('Looked after by', owner ?? html`<strong class="lost">nobody</strong>`)}
${fact('Escalates to', escalateTo ?? 'nobody: the recovery policy, which administrators set, names nobody')}
${fact('At stake', arr.length === 0 ? null : `${moneyOf(arr)} a year`)}
${fact('Tickets', tickets.length === 0 ? null : tickets.join(', '))}
${fact('Linked to', others.length === 0 ? null : others.map((other, index) => html`${index > 0 ? ', ' : null}<a href="${recoveryPath(other)}">${other}</a>`))}
${fact('Cause', recovery.cause && html`${recovery.cause}${before(done.cause)}`)}
${fact('Prevention', recovery.prevention && html`${recovery.prevention.noneBecause ?? 'there is one'}${before(done.prevention)}`)}
${fact('Did it work?', proof && `${proof.fix === 'confirmed' ? 'Yes' : 'No'}, said the answer of ${dateText(proof.at.slice(0, 10))}`)}</dl>
<h2>Clocks</h2>
${clocksView(recovery, timeZone)}
${mayWrite ? stepForms(recovery, contacts.filter(({ leftOn }) => leftOn === null)) : null}
<h2>What was done</h2>
<ol class="timeline">${story.map((step) => html`<li>${stepView(step, timeZone)}</li>`)}</ol>
${alikeView(recovery, alike, timeZone)}
<p class="muted">Times are of ${timeZone}; what is used of a clock is working time.</p>`;
}

function stepView({ words, occurredAt, actor, data, source, id }: RecoveryStep, timeZone: string): Html {
  const spoken = SPOKEN.flatMap((field) => (typeof data[field] === 'string' ? [data[field]] : []));
  const keys = ['score', 'how', 'cause', 'noneBecause', 'owner', 'ticket', 'other', 'clock', 'viewer'].flatMap((field) => (typeof data[field] === 'string' || typeof data[field] === 'number' ? [`${field === 'noneBecause' ? 'none, because' : field}: ${data[field]}`] : []));
  return html`<p><span class="muted">${momentOf(occurredAt, timeZone)}</span> <strong>${words}</strong>${keys.length === 0 ? null : ` (${keys.join(', ')})`} <span class="muted">by ${actor.id}</span></p>
${spoken.map((text) => html`<p><q>${text}</q></p>`)}
<p class="muted">Event ${source}/${id}</p>`;
}

function alikeView({ cause }: RecoveryItem, alike: RecoveryAnswer['alike'], timeZone: string): Html | null {
  if (cause === null) return null;
  return html`<h2>Others with the cause ${cause}</h2>
${alike.length === 0 ? html`<p>None yet.</p>` : html`<ul>${alike.map(({ id, customer, state, since }) => html`<li><a href="${recoveryPath(id)}">${customer.name ?? customer.id}</a>, ${state}, since ${momentOf(since, timeZone)}</li>`)}</ul>`}`;
}
