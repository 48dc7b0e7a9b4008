import type { DifferenceAnswer, HealthAnswer, MeasureAnswer } from '#read-model';
import { html, type Html } from './html.js';
import { pointsText, signed } from './words.js';

/** What the score is made of: each measure with its points, by group. */
export function contributionsView({ groups, measures }: HealthAnswer): Html {
  return html`<h2 id="made-of">What the score is made of</h2>
${groups.map((group) => html`<section class="group"><h3>${group.label} <span class="muted">${group.status === 'known' ? ofMax(group) : 'not known'}</span></h3>
<ul class="measures">${measures.filter((measure) => measure.group === group.id).map(measureView)}</ul></section>`)}`;
}

const ofMax = ({ points, maxPoints }: { readonly points: number; readonly maxPoints: number }) => `${pointsText(points)} of ${pointsText(maxPoints)} points`;

function measureView(measure: MeasureAnswer): Html {
  const { label, status, band, points, maxPoints, say } = measure;
  const share = status === 'known' && maxPoints > 0 ? Math.max(0, Math.min(100, Math.round((points / maxPoints) * 100))) : 0;
  return html`<li><p class="measure"><strong>${label}</strong> <span>${status === 'known' ? `${ofMax(measure)}, ${band}` : 'not known'}</span></p>
${status === 'known' ? html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="${band}" width="${share}" height="6"/></svg>` : null}
<p>${say}</p></li>`;
}

const turn = (points: number) => (Math.abs(points) < 0.05 ? 'none' : points < 0 ? 'lost' : 'won');

/** Which events, and how much passing time, moved the score. */
export function differenceView({ from, to, lines, eventsWithoutEffect }: DifferenceAnswer): Html {
  const score = (at: number | null) => (at === null ? 'not known' : pointsText(at));
  return html`<h2 id="moved">What moved the score in 30 days</h2>
<p>From ${score(from.score)} to ${score(to.score)}.</p>
${lines.length === 0 ? html`<p>Nothing moved it.</p>` : html`<ol class="moves">${lines.map(({ points, say }) => (
    html`<li><span class="points ${turn(points)}">${signed(points)}</span> <span>${say}</span></li>`))}</ol>`}
${eventsWithoutEffect > 0 ? html`<p class="muted">${eventsWithoutEffect} more ${eventsWithoutEffect === 1 ? 'event' : 'events'} did not change it.</p>` : null}`;
}
