import { durationWords, percentWords } from '#insight';
import { type Content, html, type Html } from '../html.js';
import { plural } from '../words.js';

/** A figure with its interval, as answers tell it. */
export interface Told {
  readonly n: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What is counted, where it is one. */
const ONE: Readonly<Record<string, string>> = {
  answers: 'answer', people: 'person', customers: 'customer', tickets: 'ticket', 'solved tickets': 'solved ticket', 'kept tickets red inside': 'kept ticket red inside', 'surveys that were due': 'survey that was due', cases: 'case',
  initiatives: 'initiative', outcomes: 'outcome', goals: 'goal', promises: 'promise',
};
const NONE = 'nothing to say yet';
const round = (length: number) => Math.round(length * 10) / 10;
const points = (value: number) => `${value < 0 && Math.round(value) !== 0 ? '−' : ''}${Math.abs(Math.round(value))}`;

/** "62 %, between 51 % and 72 %, of 80". */
export const shareText = (figure: Told, of = 'answers') => figureText(figure, percentWords, of);
/** "31, between 14 and 44, of 100 people". */
const netText = (figure: Told, of: string) => figureText(figure, points, of);

function figureText({ n, value, low, high }: Told, words: (value: number) => string, of: string): string {
  if (value === null) return NONE;
  return `${words(value)}${low === null || high === null ? '' : `, between ${words(low)} and ${words(high)}`}, of ${n} ${n === 1 ? ONE[of] ?? of : of}`;
}

/** Minutes as such, as hours or days; null: not known. */
export function minutesText(minutes: number | null, unknown = 'not known'): string {
  if (minutes === null) return unknown;
  return minutes < 90 ? plural(Math.round(minutes), 'minute') : durationWords(minutes / 60);
}

interface Drawn { readonly from: number; readonly to: number; readonly tone?: 'good' | 'fair' | 'poor' }

/** Where a figure lies, with its interval as a bar around it; what it says stands beside it as text. */
function intervalBar({ value, low, high }: Told, { from, to, tone = 'fair' }: Drawn): Html {
  const x = (at: number) => round(Math.min(100, Math.max(0, (100 * (at - from)) / (to - from))));
  const spread = value === null || low === null || high === null ? null : html`<rect class="spread" x="${x(low)}" y="1" width="${round(Math.max(0.5, x(high) - x(low)))}" height="6"/>`;
  return html`<svg class="bar interval" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" y="3" width="100" height="2"/>${from < 0 ? html`<rect class="zero" x="${round(x(0) - 0.15)}" width="0.3" height="8"/>` : null}${spread}${value === null ? null : html`<rect class="${tone}" x="${round(Math.max(0, x(value) - 0.6))}" width="1.2" height="8"/>`}</svg>`;
}

/** A line of figures: what it is, its words, and drawn. */
const figureLine = (label: Content, words: string, drawing: Content): Html => html`<li><div class="measure"><span>${label}</span> <span>${words}</span></div>${drawing}</li>`;
export const shareLine = (label: Content, figure: Told, of?: string): Html => figureLine(label, shareText(figure, of), intervalBar(figure, { from: 0, to: 1 }));
export const netLine = (label: Content, figure: Told, of: string): Html => figureLine(label, netText(figure, of), intervalBar(figure, { from: -100, to: 100 }));
