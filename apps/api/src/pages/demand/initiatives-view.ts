import type { InitiativesAnswer, TraceabilityAnswer } from '#read-model';
import { shareLine } from '../experience/figures.js';
import { html, type Html } from '../html.js';
import { dateOf, moreIn, plural } from '../words.js';
import { lines, linkTo, SHOWN, unmeasured, yearly } from './parts.js';

const STATES = { running: 'running', delivered: 'there, nobody told', told: 'there, customers told', dropped: 'dropped' } as const;
const LACKS = { 'nothing-named': 'names no request', 'themes-only': 'names themes, but no request', 'raised-later': 'its requests were raised after it began', 'requests-unknown': 'its requests are not known' } as const;

export function initiativesView({ notMeasured, initiatives, neverHeard, policy }: InitiativesAnswer): Html {
  if (notMeasured) return unmeasured(notMeasured);
  return html`<p>${plural(neverHeard, 'customer')} asked for something that is there, and nobody told them (once for each initiative).</p>
<ul class="rows">${initiatives.items.slice(0, SHOWN).map(({ title, initiative, state, asked, linked, have, told, neverHeard: silent, customers, outcomes }) => html`<li><h3>${title}</h3><p>${initiative}, ${STATES[state]}: ${plural(asked, 'customer')} asked, ${linked} linked, ${have} have it, ${told} told${outcomes.claimed > 0 ? `; ${plural(outcomes.claimed, 'outcome')} claimed, ${outcomes.confirmed} confirmed` : ''}.</p>
${silent > 0 ? html`<p>Asked and never heard: ${customers.items.filter(({ by, hasAt, toldAt }) => by !== 'none' && hasAt !== null && toldAt === null).slice(0, SHOWN).map(({ customer }, place) => html`${place > 0 ? ', ' : ''}${linkTo(customer)}`)}${silent > SHOWN ? ` and ${silent - SHOWN} more` : ''}</p>` : null}</li>`)}</ul>
${moreIn(initiatives.items.length + initiatives.more - SHOWN, 'initiative', '/v1/demand/initiatives')}<p class="muted">${policy}</p>`;
}

export function traceabilityView({ notMeasured, from, to, share, initiatives, without, demand, policy }: TraceabilityAnswer): Html {
  if (notMeasured) return unmeasured(notMeasured);
  return html`<p>Initiatives begun from ${dateOf(from)} to ${dateOf(to)}.</p>
<ul class="measures">${shareLine('Initiatives that customers had asked for', share, 'initiatives')}${shareLine('Of what they ask for, by what they pay: answered by an initiative', demand.answered, 'customers')}${shareLine('By one that names the request', demand.named, 'customers')}</ul>
<p>Those who ask pay ${yearly(demand.arr)}.</p>
<h3>Nobody had asked for</h3>${lines(initiatives.items.filter(({ lacks }) => lacks !== null), without.length, ({ title, initiative, lacks }) => html`<span>${title} (${initiative})</span> <span>${LACKS[lacks!]}</span>`, '/v1/demand/traceability')}<p class="muted">${policy}</p>`;
}
