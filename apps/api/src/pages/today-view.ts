import { dateOfDay } from '#insight';
import type { ContactAnswer, TodayAnswer, TodayItem } from '#read-model';
import { type Content, html, type Html } from './html.js';
import { empty } from './layout.js';
import { ownerFilter } from './owner-filter.js';
import { partsView } from './parts-view.js';
import { NOTED_OF_TASKS } from './task-forms.js';
import { address, bandBadge, customerPath, dateOf, dateText, fact, moneyOf, nameOf, option, overrideMark, plural } from './words.js';

export interface TodayView {
  readonly answer: TodayAnswer;
  /** As it was asked for; undefined: nobody asked. */
  readonly owner: string | undefined;
  /** Whose list it is; undefined: everybody's. */
  readonly listOf: string | undefined;
  readonly mayWrite: boolean;
  /** Everybody who owns a customer, and the one who asks. */
  readonly owners: readonly string[];
  readonly me: string;
  readonly noted: string | undefined;
}

/** As many as one list takes. */
const MOST = 100;

const NOTED: Readonly<Record<string, string>> = { done: 'Noted. This customer rests for a week.', snooze: 'Noted. This customer comes back on the day you gave.' };
const OUTCOMES = [['reached', 'Reached them'], ['left-message', 'Left a message'], ['saved', 'Spoke, and they stay'], ['not-needed', 'Not needed']] as const;

export function todayView({ answer, owner, listOf, mayWrite, owners, me, noted }: TodayView): Html {
  const { today, items, more, order, cannotTell } = answer;
  return html`<h1>Today: whom to call, and what to do</h1>
<p class="lead">${dateOf(today.date)}${today.pinned ? ' (a day set by hand)' : ''} in ${today.timeZone} · ${listOf ? `customers of ${listOf}` : 'customers of everybody'}</p>
${noted ? html`<p class="notice" role="status">${NOTED[noted] ?? NOTED_OF_TASKS[noted]}</p>` : null}
${ownerFilter('/', owners, listOf, me)}
${items.length === 0 ? nobody(listOf) : html`<details class="muted"><summary>How the list is ordered</summary><p>${order}</p></details>
<ol class="cards">${items.map((item) => html`<li>${itemView(item, { owner, mayWrite, today })}</li>`)}</ol>`}
${more > 0 ? html`<p>${plural(more, 'more customer')} on the list. ${items.length < MOST ? html`<a href="${address('/', { owner, limit: String(Math.min(items.length + more, MOST)) })}">Show ${items.length + more > MOST ? `the first ${MOST}` : 'all'}</a>` : null}</p>` : null}
${cannotTell > 0 ? html`<p><a href="${address('/customers', { band: 'unknown', owner })}">${plural(cannotTell, 'customer')} of whom too little is known to tell</a></p>` : null}`;
}

function nobody(listOf: string | undefined): Html {
  return listOf
    ? empty('Nobody to call on this list.', html`<a href="/?owner=all">See everybody's list</a>, or <a href="/customers">look at all customers</a>.`)
    : empty('Nobody to call today.', html`Nobody is at risk, or nothing has been recorded yet. <a href="/customers">Look at the customers</a>, or send events: <a href="/docs">how to</a>.`);
}

function itemView({ id, customer, contact, whyNow, since, risk, atStake, say, doNot, lastTouch, order, parts }: TodayItem, { owner, mayWrite, today }: { owner?: string; mayWrite: boolean; today: TodayAnswer['today'] }): Html {
  const mayCall = parts.some(({ kind }) => kind === 'call');
  const stake = [moneyOf(atStake.arr) && `${moneyOf(atStake.arr)} a year`, moneyOf(atStake.arrAtRisk) && `${moneyOf(atStake.arrAtRisk)} of it at risk`, atStake.date ? html`${atStake.what} on ${dateOf(atStake.date)}` : null].filter((part) => part !== '' && part !== null);
  return html`<article>
<h2><a href="${customerPath(id)}">${nameOf(customer)}</a> ${bandBadge(customer.band, customer.score)}${overrideMark(customer)}</h2>
<p class="call">${!mayCall ? 'Nobody is to be called for their health.' : contact ? html`Call <strong>${contact.name ?? 'a contact whose name is not known'}</strong> (${roleWords(contact)})${contact.sponsor && contact.because === 'is the sponsor' ? null : `, who ${contact.because}`}` : 'No contact is known: find out whom to call.'}</p>
<p>${whyNow[0]}</p>
<p>${risk.say}</p>
${stake.length === 0 ? null : html`<p class="muted">${stake.map((part, index) => html`${index > 0 ? '; ' : ''}${part}`)}</p>`}
<details><summary>Why, what to say and what not to do<span class="hidden"> with ${nameOf(customer)}</span></summary>
<h3>Why now</h3>
<ul>${whyNow.map((sentence) => html`<li>${sentence}</li>`)}</ul>
<dl class="facts">${fact('Since', since && dateOf(since))}
${fact('Last touch', lastTouch ? html`${lastTouch.what}, ${dateOf(lastTouch.on)}${lastTouch.by ? `, by ${lastTouch.by}` : ''}` : 'never')}
${fact('Owner', customer.owner)}</dl>
${sayView(say)}
${list('What not to do', doNot) ?? html`<h3>What not to do</h3><p>Nothing that we know of.</p>`}
<p class="muted">Why here: ${order.because}</p>
</details>
${mayWrite && mayCall ? forms(id, nameOf(customer), owner, dateOfDay(today.day + 1), dateOfDay(today.day + 7)) : null}
${partsView(parts, { customer: id, mayWrite, today: today.day, timeZone: today.timeZone, back: { owner } })}
</article>`;
}

export const roleWords = ({ role, sponsor }: Pick<ContactAnswer, 'role' | 'sponsor'>) => (
  `${role === 'both' ? 'payer and user' : role ?? 'role not known'}${sponsor ? ', sponsor' : ''}`);

function sayView({ openPromises, lastWords, fixedSince }: TodayItem['say']): Content {
  const words = [
    ...openPromises.map((promise) => html`We promised: ${promise}.`),
    ...(lastWords ? [html`Their last words, ${dateText(lastWords.on)}${lastWords.by ? `, ${lastWords.by}` : ''} ${lastWords.about}: <q>${lastWords.text}</q>`] : []),
    ...fixedSince.map((fixed) => html`Mended: ${fixed}`),
  ];
  return list('What to say', words) ?? html`<h3>What to say</h3><p>No promise is open and no words of theirs are known: ask how it goes.</p>`;
}

const list = (title: string, items: readonly Content[]): Content => (
  items.length === 0 ? null : html`<h3>${title}</h3><ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`);

function forms(id: string, name: string, owner: string | undefined, tomorrow: string, nextWeek: string): Html {
  const action = `/today/${encodeURIComponent(id)}`;
  const kept = owner ? html`<input type="hidden" name="owner" value="${owner}">` : null;
  const note = html`<label>Note (optional)<textarea name="note" rows="2" maxlength="10000"></textarea></label>`;
  return html`<div class="actions">
<details><summary>Done<span class="hidden"> with ${name}</span></summary><form method="post" action="${action}/done">${kept}
<label>Outcome<select name="outcome">${OUTCOMES.map(([code, words]) => option(code, words, undefined))}</select></label>${note}
<button>Mark as done</button></form></details>
<details><summary>Snooze<span class="hidden"> ${name}</span></summary><form method="post" action="${action}/snooze">${kept}
<label>Until<input type="date" name="until" min="${tomorrow}" value="${nextWeek}" required></label>${note}
<button>Put off</button></form></details>
</div>`;
}
