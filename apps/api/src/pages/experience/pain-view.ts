import { percentWords } from '#insight';
import type { PainAnswer } from '#read-model';
import { html, type Html } from '../html.js';
import { moneyOf, moreIn, plural } from '../words.js';

const SHOWN = 12;
const TRENDS = { growing: 'growing', fading: 'fading', steady: 'no clear trend' } as const;

/** What hurts most, as bars: frequency x severity x what those customers pay. */
export function painView({ pains, words, told, method }: PainAnswer): Html {
  if (pains.length === 0) return html`<p>Nobody has complained of anything that has a theme.</p>`;
  const most = Math.max(1, ...pains.map(({ pain }) => pain?.amount ?? 0));
  return html`<p>Weight: of each mention, how much it matters times what the customer pays a year. It ranks; it is no money lost.</p>
<ol class="measures">${pains.slice(0, SHOWN).map(({ label, mentions, customers, severity, pain, arr, trend, ageDays }) => html`<li>
<div class="measure"><span><strong>${label}</strong></span> <span>${pain ? `weight ${moneyOf([pain])}` : 'no amount'}</span></div>
<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="${trend.says === 'growing' ? 'poor' : 'fair'}" width="${Math.round((100 * (pain?.amount ?? 0)) / most)}" height="6"/></svg>
<p class="muted">${plural(mentions, 'mention')} by ${plural(Math.round(customers.n * (customers.value ?? 0)), 'customer')}${arr.length > 0 ? ` who pay ${moneyOf(arr)} a year` : ''}; severity ${percentWords(severity.value ?? 0)}; ${TRENDS[trend.says]} (${trend.before} in the first half, ${trend.after} in the second); first ${plural(ageDays, 'day')} ago</p></li>`)}</ol>
${moreIn(pains.length - SHOWN, 'smaller one', '/v1/experience/pain')}
<p>${plural(words.answers, 'answer')} with words that are not excellent; of ${words.withoutTheme} no theme fits${words.erased > 0 ? `, of ${words.erased} the words were erased` : ''}. ${toldBy(told)}</p>
<p class="muted">${method}</p>`;
}

function toldBy({ own, coded, leastCoded, learnt }: PainAnswer['told']): string {
  const themes = own ? 'The themes are your own' : 'The themes are those to begin with; set your own';
  if (learnt.length === 0) return `${themes}. They are told by their words; from ${leastCoded} answers that people coded on (${coded} so far), themes are learnt from these.`;
  return `${themes}. ${plural(learnt.length, 'theme')} learnt from ${coded} answers that people coded (F1 ${learnt.map(({ theme, f1 }) => `${theme} ${percentWords(f1)}`).join(', ')}); the others are told by their words.`;
}
