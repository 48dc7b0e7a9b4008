import type { DifferenceAnswer, HealthAnswer, MeasureAnswer, RestatementsAnswer } from '#read-model';
import { html, type Html } from './html.js';
import { pointsText, signed } from './words.js';

/** What the score is made of: each measure with its points, by group. */
export function contributionsView({ computed: { score }, override, coverage, groups, measures }: Pick<HealthAnswer, 'computed' | 'override' | 'coverage' | 'groups' | 'measures'>): Html {
  return html`<h2 id="made-of">What the ${override ? 'computed ' : ''}score is made of</h2>
<p>${coverage === 0 ? 'Nothing that counts is known.' : score === null ? `Only ${Math.floor(coverage)} % of what counts is known: too little for a score. What is known:`
    : html`The points of all lines sum to ${score.toFixed(2)}; 100 is healthy. ${ofUnknown(measures)}`}</p>
${groups.map((group) => html`<section class="group"><h3>${group.label} <span class="muted">${group.status === 'known' || counts(group) ? ofMax(group) : 'not known'}</span></h3>
<ul class="measures">${measures.filter((measure) => measure.group === group.id).map(measureView)}</ul></section>`)}`;
}

/** Whether it has points: known, or unknown and counted as its card says. */
const counts = ({ status, points, maxPoints }: Pick<MeasureAnswer, 'status' | 'points' | 'maxPoints'>): boolean => status === 'known' || points !== 0 || maxPoints !== 0;

function ofUnknown(measures: HealthAnswer['measures']): string {
  const unknown = measures.filter(({ status }) => status === 'unknown');
  if (!unknown.some(counts)) return 'What is not known leaves its points to the rest.';
  return unknown.every(counts) ? 'What is not known counts as its card says.' : 'What is not known counts as its card says, or leaves its points to the rest.';
}

const ofMax = ({ points, maxPoints }: { readonly points: number; readonly maxPoints: number }) => (
  points < 0 ? `${pointsText(points)} points` : `${pointsText(points)} of ${pointsText(maxPoints)} points`);

function measureView(measure: MeasureAnswer): Html {
  const { label, status, band, points, maxPoints, say } = measure;
  const counting = counts(measure);
  const share = counting && maxPoints > 0 ? Math.max(0, Math.min(100, Math.round((points / maxPoints) * 100))) : 0;
  return html`<li><p class="measure"><strong>${label}</strong> <span>${status === 'known' ? `${ofMax(measure)}, ${band}` : counting ? `not known, ${ofMax(measure)}` : 'not known'}</span></p>
${counting && points >= 0 ? html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="${band}" width="${share}" height="6"/></svg>` : null}
<p>${say}</p></li>`;
}

const turn = (points: number) => (Math.abs(points) < 0.05 ? 'none' : points < 0 ? 'lost' : 'won');

const FEW = 10;

/** Which events, and how much passing time, moved the score: the greatest in sight, all that can be seen at one decimal on demand. */
export function differenceView({ from, to, lines, eventsWithoutEffect }: DifferenceAnswer, days: number, overridden: boolean): Html {
  const score = ({ score: at, enough }: DifferenceAnswer['from']) => (at === null || !enough ? 'too little known to tell' : pointsText(at));
  const seen = lines.filter(({ points }) => turn(points) !== 'none');
  const tiny = lines.length - seen.length;
  const greatest = new Set([...seen].sort((a, b) => Math.abs(b.points) - Math.abs(a.points)).slice(0, FEW));
  return html`<h2 id="moved">What moved the ${overridden ? 'computed ' : ''}score in ${days} days</h2>
${overridden ? html`<p>The score that counts is set by hand. What was computed beside it moved so:</p>` : null}<p>From ${score(from)} to ${score(to)}${from.enough && to.enough ? `: ${signed(Math.round(100 * ((to.score ?? 0) - (from.score ?? 0))) / 100)}` : ''}.</p>
${seen.length === 0 ? html`<p>Nothing moved it.</p>` : moves(seen.filter((line) => greatest.has(line)))}
${seen.length > FEW ? html`<details><summary>All ${seen.length} that moved it by 0.1 points or more</summary>${moves(seen)}</details>` : null}
${tiny > 0 ? html`<p class="muted">${tiny} more moved it by less than 0.1 points.</p>` : null}
${eventsWithoutEffect > 0 ? html`<p class="muted">${eventsWithoutEffect} more ${eventsWithoutEffect === 1 ? 'event' : 'events'} did not change it.</p>` : null}`;
}

const moves = (lines: DifferenceAnswer['lines']): Html => html`<ol class="moves">${lines.map(({ points, say }) => (
  html`<li><span class="points ${turn(points)}">${signed(points)}</span> <span>${say}</span></li>`))}</ol>`;

/** What was said of days that are closed and is another now, as far as it has become known since a moment. */
export function restatementsView(restatements: RestatementsAnswer['restatements'], since: string): Html | null {
  const recent = restatements.filter(({ knownSince }) => knownSince >= since);
  return recent.length === 0 ? null : html`<h3 id="restated">Said otherwise before</h3><ul class="plain">${recent.slice(0, FEW).map(({ say }) => html`<li>${say}</li>`)}</ul>`;
}
