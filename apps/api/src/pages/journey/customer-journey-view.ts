import type { CustomerJourneyAnswer } from '#read-model';
import { html, type Html } from '../html.js';
import { markKey } from '../timeline-view.js';
import { dateOf, dateText, plural } from '../words.js';

type Expectation = CustomerJourneyAnswer['expectations'][number];

const KIND = { touch: 'Expected touch', moment: 'Moment of truth' } as const;

/** A customer's way: where it is, the stages it went through, what was missed and what is waited for. */
export function customerJourneyView({ now, visits, expectations, missing }: CustomerJourneyAnswer): Html {
  if (missing !== null) return html`<h2 id="journey">Journey</h2><p>${missing}</p>`;
  const of = (state: Expectation['state']) => expectations.filter((each) => each.state === state);
  const [missed, waiting] = [of('missed'), of('waiting')];
  return html`<h2 id="journey">Journey</h2>
<p>${now ? html`<strong>${now.label}</strong> since ${dateOf(now.since)}, ${plural(now.days, 'day')}.` : 'In no stage now.'} <a href="/journey">All customers</a></p>
<ol class="rows">${visits.map(({ label, entered, left, days }) => html`<li class="line"><span>${label}</span> <span>${dateOf(entered)} ${left ? html`to ${dateOf(left)}` : 'until now'}, ${plural(days, 'day')}</span></li>`)}</ol>
${missed.length === 0 ? html`<p>Nothing that was expected was missed.</p>` : html`<h3>Missed</h3><ul class="rows">${missed.toReversed().map(({ kind, label, dueOn, by }) => html`<li class="line"><span>${label} <span class="muted">${KIND[kind].toLowerCase()}</span></span> <span>by ${dateOf(dueOn)}${by ? html`, came late on ${dateOf(by.at.slice(0, 10))}` : ''}</span></li>`)}</ul>`}
${waiting.length === 0 ? null : html`<h3>Waited for</h3><ul class="rows">${waiting.map(({ label, dueOn }) => html`<li class="line"><span>${label}</span> <span>by ${dateOf(dueOn)}</span></li>`)}</ul>`}
<p class="muted">${plural(of('met').length, 'touch or moment', 'touches and moments')} met; they are marked in the timeline.</p>`;
}

/** What facts meant, by source and id: stages they entered, moments and touches they met, came too late for, or began that were missed. */
export function journeyMarks({ visits, expectations }: CustomerJourneyAnswer): ReadonlyMap<string, readonly string[]> {
  const marks = new Map<string, string[]>();
  const mark = (fact: { readonly source: string; readonly id: string }, words: string) => {
    const key = markKey(fact);
    const before = marks.get(key) ?? [];
    if (!before.includes(words)) marks.set(key, [...before, words]);
  };
  for (const { label, events: [entered] } of visits) mark(entered!, `Stage: ${label}`);
  for (const { kind, label, state, begun, by, dueOn } of expectations) {
    if (state === 'met' && by) mark(by, `${KIND[kind]} met: ${label}`);
    if (state === 'missed') mark(by ?? begun, by ? `${KIND[kind]} came late: ${label}, due by ${dateText(dueOn)}` : `${KIND[kind]} missed after this: ${label}, due by ${dateText(dueOn)}`);
  }
  return marks;
}
