import type { HealthAnswer } from '#read-model';
import { type Content, html } from './html.js';
import { bandBadge, customerPath, moneyOf, pointsText } from './words.js';

type Perspective = NonNullable<HealthAnswer['perspectives']['payer']>;

/** How it looks to those who pay and to those who use; nothing where no card says so. */
export function perspectivesView({ perspectives: { payer, user, say } }: Pick<HealthAnswer, 'perspectives'>): Content {
  if (!payer && !user) return null;
  return html`<h2 id="perspectives">As payers and users see it</h2>${say ? html`<p>${say}</p>` : null}
<ul class="rows">${payer ? html`<li>${seenBy('The payer', payer)}</li>` : null}${user ? html`<li>${seenBy('The user', user)}</li>` : null}</ul>`;
}

function seenBy(who: string, { score, band, coverage, card, groups }: Perspective): Content {
  const parts = groups.filter(({ parent, status }) => parent === null && status === 'known').map(({ label, points, maxPoints }) => `${label} ${pointsText(points)} of ${pointsText(maxPoints)}`);
  return html`<h3>${who} ${bandBadge(band, score)}</h3>
<p class="muted">By the scorecard ${card.label ?? card.id}, version ${card.version}, of which ${Math.floor(coverage)} % is known${parts.length > 0 ? `: ${parts.join(', ')}` : ''}</p>`;
}

const FEW = 20;

/** The health with that of what belongs to it, worst first; nothing where the card does not roll up. */
export function rollUpView({ rollUp }: Pick<HealthAnswer, 'rollUp'>): Content {
  if (!rollUp) return null;
  const { score, band, own, children, say } = rollUp;
  const worst = [...children].sort((a, b) => (a.score ?? Infinity) - (b.score ?? Infinity));
  return html`<h2 id="roll-up">With what belongs to it ${bandBadge(band, score)}</h2>
<p>${say} Its own is ${own === null ? 'not known' : pointsText(own)}.</p>
<ul class="rows">${worst.slice(0, FEW).map(({ id, name, band: each, score: its, arr, weight }) => html`<li class="line"><span>${bandBadge(each, its)} <a href="${customerPath(id)}">${name ?? id}</a></span>
<span>${arr.length > 0 ? `${moneyOf(arr)} a year, ` : ''}weighs ${Math.round(100 * weight)} %</span></li>`)}</ul>
${worst.length > FEW ? html`<p class="muted">${worst.length - FEW} more that ${worst.length - FEW === 1 ? 'is' : 'are'} better, or not known.</p>` : null}`;
}
