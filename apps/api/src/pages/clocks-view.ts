import { recoveryClockWords, workingTimeWords } from '#insight';
import type { ClockAnswer, RecoveryItem } from '#read-model';
import { type Content, html, type Html } from './html.js';
import { capital, momentOf } from './words.js';

type Around = Pick<RecoveryItem, 'clocks' | 'escalateTo' | 'reopenedAt'>;

/** How much of each clock is used, drawn and in words. */
export const clocksView = (around: Around, timeZone: string): Html => html`<ul class="measures clocks">${around.clocks.map((clock) => html`<li>${clockView(clock, around, timeZone)}</li>`)}</ul>`;

function clockView(clock: ClockAnswer, around: Around, timeZone: string): Html {
  const { clock: name, minutes, used, state } = clock;
  const share = Math.min(100, Math.round(100 * used / Math.max(1, minutes)));
  return html`<span class="measure"><strong>${capital(recoveryClockWords[name]!)}</strong> <span>${wordsOf(clock, around, timeZone)}</span></span>
<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="${state === 'overdue' || state === 'late' ? 'poor' : state === 'running' && share >= 75 ? 'fair' : 'good'}" width="${share}" height="6"/></svg>`;
}

function wordsOf({ minutes, used, by, doneAt, state, escalatedAt }: ClockAnswer, { escalateTo, reopenedAt }: Around, timeZone: string): Content {
  if (doneAt !== null) return html`done after ${workingTimeWords(used)}${state === 'late' ? html`, <strong class="lost">late</strong> (it had ${workingTimeWords(minutes)})` : null}${reopenedAt !== null && Date.parse(doneAt) < Date.parse(reopenedAt) ? ', before it was opened again' : null}`;
  const told = escalatedAt === null ? null : escalateTo === null ? ', and nobody is told' : `, which was escalated to ${escalateTo}`;
  if (state === 'stopped') return html`stopped after ${workingTimeWords(used)}${told}`;
  return state === 'overdue' ? html`<strong class="lost">overdue</strong> since ${momentOf(by, timeZone)}${told}` : html`${workingTimeWords(used)} of ${workingTimeWords(minutes)} used, until ${momentOf(by, timeZone)}`;
}
