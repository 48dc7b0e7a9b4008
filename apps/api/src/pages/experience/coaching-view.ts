import type { CoachingAnswer, CoachingLine } from '#read-model';
import { html, type Html } from '../html.js';
import { dateOf, moreIn, plural } from '../words.js';
import { shareText } from './figures.js';

const SHOWN = 8;
const points = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(Math.round(100 * value))}`;

/** "+12 points, between −3 and +26"; why there is none where there is none. */
function changeText({ difference: { value, low, high }, missing }: CoachingLine['figures']['topBox']): string {
  return value === null || low === null || high === null ? missing ?? '' : `${points(value)} points, between ${points(low)} and ${points(high)}`;
}

/** Excellent answers before and after each coaching, beside those of all others. */
export function coachingView({ coachings, days, missing, method }: CoachingAnswer): Html {
  if (missing !== null) return html`<p>${missing}.</p>`;
  return html`<p>${plural(days, 'day')} before and as many after. What changed is not what the coaching did: beside it stands what changed with all others.</p>
<div class="scrolls"><table><caption>Excellent answers before and after a coaching</caption><thead><tr><th scope="col">Given</th><th scope="col">Who</th><th scope="col">About</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">Change</th><th scope="col">Others</th></tr></thead>
<tbody>${coachings.slice(0, SHOWN).map(({ givenOn, of, who, topic, figures: { topBox }, others }) => html`<tr><td>${dateOf(givenOn)}</td><td>${of} ${who}</td><td>${topic}</td><td>${shareText(topBox.before)}</td><td>${shareText(topBox.after)}</td><td>${changeText(topBox)}</td><td>${changeText(others.topBox)}</td></tr>`)}</tbody></table></div>
${moreIn(coachings.length - SHOWN, 'older coaching', '/v1/experience/coaching')}
<p class="muted">${method}</p>`;
}
