import type { SuccessPlanAnswer } from '#read-model';
import { type Content, html, type Html } from './html.js';
import { dateOf, momentOf } from './words.js';

type Objective = SuccessPlanAnswer['theirs'][number];
type Outcome = SuccessPlanAnswer['outcomes'][number];

const STATES: Readonly<Record<Outcome['state'], string>> = { claimed: 'claimed by us', confirmed: 'confirmed', disputed: 'disputed' };

/** What the customer wants to reach beside what we do, and what was gained: as we say, and as they say. */
export function planView({ theirs, ours, outcomes, note, today }: SuccessPlanAnswer): Html {
  if (theirs.length === 0 && ours.length === 0 && outcomes.length === 0) return html`<h2 id="plan">Success plan</h2><p>${note}</p>`;
  const ledger = (title: string, objectives: readonly Objective[], none: string) => html`<h3>${title}</h3>
${objectives.length === 0 ? html`<p>${none}</p>` : html`<ul class="plain">${objectives.map((objective) => objectiveView(objective, today))}</ul>`}`;
  return html`<h2 id="plan">Success plan</h2>
${ledger('What they want to reach', theirs, note ?? '')}
${ledger('What we want to reach', ours, 'No goal of ours has been recorded.')}
${outcomes.length === 0 ? null : html`<h3>Gained beside that</h3><ul class="plain">${outcomes.map((outcome) => html`<li>${outcomeView(outcome, today.timeZone)}</li>`)}</ul>`}`;
}

function objectiveView({ what, goal, dueOn, percent, state, proof, endedAt, evidence, outcomes }: Objective, today: SuccessPlanAnswer['today']): Html {
  const stand: Content = state === 'open' ? html`open${percent === null ? null : `, ${percent} %`}${dueOn !== null && dueOn < today.date ? ', overdue' : null}`
    : state === 'missed' ? 'missed' : proof === 'evidence' ? html`reached, as ${evidence.length > 0 ? `${evidence.length === 1 ? 'a fact shows' : `${evidence.length} facts show`}` : 'they confirm'}` : 'reached, as we say; nothing shows it';
  return html`<li><strong>${what ?? goal}</strong> <span class="muted">(${stand}${dueOn ? html`; by ${dateOf(dueOn)}` : null}${endedAt ? html`; ${momentOf(endedAt, today.timeZone)}` : null})</span>
${outcomes.length === 0 ? null : html`<ul>${outcomes.map((outcome) => html`<li>${outcomeView(outcome, today.timeZone)}</li>`)}</ul>`}</li>`;
}

const outcomeView = ({ what, outcome, state, contact, answeredAt, reason }: Outcome, timeZone: string): Html => html`${what ?? outcome}: ${STATES[state]}${contact ? ` by ${contact.name ?? 'a contact whose name is not known'}` : null}${
  answeredAt ? html`, ${momentOf(answeredAt, timeZone)}` : null}${reason ? html` (<q>${reason}</q>)` : null}`;
