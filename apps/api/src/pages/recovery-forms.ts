import type { ContactAnswer, RecoveryItem } from '#read-model';
import { codeField } from './code-field.js';
import { type Content, html, type Html } from './html.js';
import { recoveryPath } from './recoveries-view.js';
import { option } from './words.js';

const WAYS = [['call', 'Called'], ['visit', 'Visited'], ['meeting', 'Met'], ['mail', 'Wrote a mail'], ['chat', 'Chatted']] as const;

/** A form for every step, that which is to be done next open; what cannot be done yet says what it waits for. */
export function stepForms(recovery: RecoveryItem, contacts: readonly ContactAnswer[]): Html {
  const { id, version, state, clocks, done, contact, cause } = recovery;
  const isLooked = clocks[0]!.doneAt !== null;
  const next = !isLooked ? 'acknowledge' : !done.contact ? 'contact' : !done.cause ? 'cause' : !done.prevention ? 'prevention' : 'close';
  const form = (step: string, summary: string, fields: Content, button: string): Html => html`<details${state === 'open' && step === next ? html` open` : null}><summary>${summary}</summary><form method="post" action="${recoveryPath(id)}/${step}">
<input type="hidden" name="version" value="${version}">${fields}<button>${button}</button></form></details>`;
  const link = form('link', 'Link it', html`${codeField('Ticket', 'ticket')}${codeField('Or another recovery', 'other')}`, 'Link');
  if (state !== 'open') return html`<h2>What can be done</h2><div class="actions">${form('reopen', 'Open it again', note('Why (optional)'), 'Open again')}${link}</div>`;
  // Who answered comes first, also where nobody has told us of them as a contact.
  const isUnknown = contact !== null && !contacts.some(({ id: each }) => each === contact);
  const person = html`<label>With whom<select name="contact">${isUnknown ? option(contact, 'Who answered', contact) : null}${[...contacts].sort((a, b) => Number(b.id === contact) - Number(a.id === contact)).map((each) => option(each.id, each.name ?? each.id, contact ?? ''))}${option('', 'Somebody else', contact ?? '')}</select></label>`;
  return html`<h2>What is to be done</h2>
<div class="actions">${isLooked ? null : form('acknowledge', 'Have a first look', html`<p>Say that you have read it and look after it.</p>`, 'I have looked at it')}
${form('contact', 'Talk with the customer', html`<label>How<select name="how">${WAYS.map(([code, words]) => option(code, words, undefined))}</select></label>${person}${note('What was said (optional)')}`, 'We have talked')}
${form('cause', cause === null ? 'Name the cause' : 'Name another cause', html`${codeField('Cause, as a short key that others share, such as late-call', 'cause', { required: true })}<label>In words (optional)<textarea name="what" rows="2" maxlength="10000"></textarea></label>`, 'This is the cause')}
${form('prevention', 'Say what prevents it', html`<label>What is done so that it does not come back<textarea name="what" rows="2" maxlength="10000"></textarea></label>${codeField('Or why nothing is done, as a short key, such as one-off', 'noneBecause')}`, 'Note it')}
${closing(recovery) ?? form('close', 'Close it', note('What should be remembered (optional)'), 'Close the recovery')}
${form('assign', 'Give it to somebody else', html`${codeField('Who looks after it from now on, by their code', 'owner', { required: true })}${note('Note (optional)')}`, 'Hand it over')}
${link}</div>`;
}

/** What closing waits for; null when nothing is missing. */
function closing({ done, reopenedAt }: RecoveryItem): Html | null {
  const missing = [done.contact ? [] : ['a talk with the customer'], done.cause ? [] : ['a cause'], done.prevention ? [] : ['a prevention, or why there is none']].flat();
  return missing.length === 0 ? null : html`<p class="muted">To be closed it needs${reopenedAt === null ? null : ', since it was opened again,'} ${missing.join(', ')}.</p>`;
}

const note = (words: string): Html => html`<label>${words}<textarea name="note" rows="2" maxlength="10000"></textarea></label>`;
