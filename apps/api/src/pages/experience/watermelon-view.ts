import { percentWords } from '#insight';
import type { WatermelonAnswer } from '#read-model';
import { html, type Html } from '../html.js';
import { customerPath, plural } from '../words.js';
import { shareLine, shareText } from './figures.js';

type Account = WatermelonAnswer['accounts'][number];

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [400, 250, 46, 16, 16, 206];
const x = (share: number) => round(LEFT + share * (WIDTH - LEFT - RIGHT));
const y = (share: number) => round(BOTTOM - share * (BOTTOM - TOP));
const round = (length: number) => Math.round(length * 10) / 10;
const content = ({ redInside }: Account) => 1 - (redInside.value ?? 0);
const SHOWN = 8;

/** Customers by how often targets were met and how often those tickets left them content: what lies on the right and at the bottom is green outside and red inside. */
export function watermelonView({ overall, accounts, queues, method }: WatermelonAnswer): Html {
  if (overall.tickets === 0) return html`<p>Nobody has answered about a ticket of this time.</p>`;
  const judged = accounts.filter(({ redInside }) => redInside.n > 0);
  const red = accounts.filter((account) => account.red.length > 0);
  const says = `${plural(judged.length, 'customer')} with answered tickets that missed no target; ${plural(red.length, 'customer')} not content with at least one of them.`;
  return html`<p>${plural(overall.tickets, 'ticket')} somebody answered about. Targets met: ${shareText(overall.slaKept, 'tickets')}. Of these, answered below the bar all the same: ${shareText(overall.redInside, 'tickets')}; of those that missed a target: ${shareText(overall.redOtherwise, 'tickets')}.</p>
<figure><svg class="chart scatter" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="melon-title melon-desc">
<title id="melon-title">Green outside, red inside</title><desc id="melon-desc">${says} The table says the same.</desc>
<rect class="at-risk" x="${x(0.75)}" y="${y(0.5)}" width="${round(x(1) - x(0.75))}" height="${round(y(0) - y(0.5))}"/>
${[0, 0.5, 1].map((share) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share)}" y2="${y(share)}"/><text x="${LEFT - 4}" y="${round(y(share) + 4)}" text-anchor="end">${percentWords(share)}</text><text x="${x(share)}" y="${BOTTOM + 16}" text-anchor="${share === 1 ? 'end' : share === 0 ? 'start' : 'middle'}">${percentWords(share)}</text>`)}
<text x="${LEFT + 4}" y="${TOP - 4}">Content with tickets that met their targets</text><text x="${WIDTH - RIGHT}" y="${HEIGHT - 6}" text-anchor="end">Targets met →</text>
${placed(judged).map(({ account, left, top }) => html`<circle class="${account.red.length > 0 ? 'red' : ''}" cx="${left}" cy="${top}" r="${round(Math.min(14, 3 + 1.5 * Math.sqrt(account.tickets)))}"><title>${account.name ?? account.key}: ${account.red.length} of ${account.redInside.n} red inside</title></circle>`)}
</svg><figcaption>${says} The larger the dot, the more tickets; customers on one spot stand side by side; shaded: green outside, red inside.</figcaption></figure>
<h3>By queue</h3>
<ul class="measures">${queues.filter(({ redInside }) => redInside.n > 0).map(({ key, redInside }) => shareLine(key ?? 'Without a queue', redInside, 'kept tickets red inside'))}</ul>
${red.length === 0 ? null : html`<h3>Whom to ask</h3>
<ul class="rows">${red.slice(0, SHOWN).map((account) => html`<li class="line"><a href="${customerPath(account.key!)}">${account.name ?? account.key}</a> <span>${account.red.length} of ${plural(account.redInside.n, 'kept ticket')} red inside: ${account.red.slice(0, 3).join(', ')}${account.red.length > 3 ? ' …' : ''}</span></li>`)}</ul>`}
<details><summary>The same as a table</summary><table><caption>Customers with answered tickets</caption><thead><tr><th scope="col">Customer</th><th scope="col">Tickets</th><th scope="col">Targets met</th><th scope="col">Red inside</th></tr></thead>
<tbody>${accounts.map((account) => html`<tr><td>${account.name ?? account.key}</td><td>${account.tickets}</td><td>${percentWords(account.slaKept.value ?? 0)}</td><td>${account.red.length} of ${account.redInside.n}</td></tr>`)}</tbody></table></details>
<p class="muted">${method}</p>`;
}

/** Where each customer lies; those on the same spot are drawn side by side. */
function placed(accounts: readonly Account[]): { account: Account; left: number; top: number }[] {
  const taken = new Map<string, number>();
  return accounts.map((account) => {
    const [left, top] = [x(account.slaKept.value ?? 0), y(content(account))];
    const before = taken.get(`${left} ${top}`) ?? 0;
    taken.set(`${left} ${top}`, before + 1);
    return { account, left: round(Math.max(LEFT, left - 9 * before)), top };
  });
}
