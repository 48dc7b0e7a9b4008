import type { ClockAnswer, RecoveryItem } from '#read-model';
import { type Content, html, type Html } from './html.js';
import { momentOf } from './words.js';

const NAMES: Readonly<Record<string, string>> = { look: 'First look', contact: 'First contact', close: 'Close' };

/** 95 minutes as 1 h 35 min: of working time a day is no 24 hours. */
export const durationWords = (minutes: number): string => (minutes < 60 ? `${Math.round(minutes)} min` : `${Math.floor(minutes / 60)} h${Math.round(minutes % 60) === 0 ? '' : ` ${Math.round(minutes % 60)} min`}`);

/** How much of each clock is used, drawn and in words. */
export const clocksView = ({ clocks }: Pick<RecoveryItem, 'clocks'>, timeZone: string): Html => html`<ul class="measures">${clocks.map((clock) => html`<li>${clockView(clock, timeZone)}</li>`)}</ul>`;

function clockView(clock: ClockAnswer, timeZone: string): Html {
  const { clock: name, minutes, used, state } = clock;
  const share = Math.min(100, Math.round(100 * used / Math.max(1, minutes)));
  return html`<span class="measure"><strong>${NAMES[name]}</strong> <span>${wordsOf(clock, timeZone)}</span></span>
<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="${state === 'overdue' || state === 'late' ? 'poor' : state === 'running' && share >= 75 ? 'fair' : 'good'}" width="${share}" height="6"/></svg>`;
}

function wordsOf({ minutes, used, by, doneAt, state, escalatedAt }: ClockAnswer, timeZone: string): Content {
  if (doneAt !== null) return html`done after ${durationWords(used)}${state === 'late' ? html`, <strong class="lost">late</strong> (it had ${durationWords(minutes)})` : null}`;
  const told = escalatedAt === null ? null : ', which was escalated';
  return state === 'overdue' ? html`<strong class="lost">overdue</strong> since ${momentOf(by, timeZone)}${told}` : html`${durationWords(used)} of ${durationWords(minutes)} used, until ${momentOf(by, timeZone)}`;
}
