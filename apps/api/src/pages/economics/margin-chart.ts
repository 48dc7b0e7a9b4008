import type { EconomicsLine, EconomicsList } from '#read-model';
import { html, type Html } from '../html.js';
import { customerPath, moneyOf, moreIn, plural } from '../words.js';

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [560, 300, 12, 16, 30, 262];
const round = (length: number) => Math.round(length * 10) / 10;
const LISTED = 15;

/** Where each customer lies: what serving it cost against what is left of its income. Who costs more than it brings in is a hollow square, so that it is told apart in grey as well. */
export function marginChart({ customers, total, from, to }: EconomicsList): Html | null {
  const lines = customers.filter(({ margin }) => margin.n > 0);
  if (lines.length === 0) return null;
  const { currency } = lines[0]!;
  const most = Math.max(1, ...lines.map(({ margin }) => margin.costToServe));
  const [low, high] = [Math.min(0, ...lines.map(({ margin }) => margin.contribution)), Math.max(1, ...lines.map(({ margin }) => margin.contribution))];
  const x = (amount: number) => round(LEFT + (Math.max(0, amount) / most) * (WIDTH - LEFT - RIGHT));
  const y = (amount: number) => round(BOTTOM - ((amount - low) / (high - low)) * (BOTTOM - TOP));
  const money = (amount: number) => moneyOf([{ amount, currency }]);
  const negative = lines.filter(({ margin }) => margin.contribution < 0);
  // Only the greatest loss is named in the drawing: others lie close together, and their names would run into each other.
  const worst = negative.toSorted((one, other) => one.margin.contribution - other.margin.contribution)[0]?.customer;
  const says = `${negative.length === 0 ? 'No customer costs' : `${plural(negative.length, 'customer')} of ${lines.length} cost`} more to serve than it brings in, ${from} to ${to}.`;
  return html`<figure><svg class="chart scatter" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="margin-title margin-desc">
<title id="margin-title">Cost to serve against contribution, customer by customer</title><desc id="margin-desc">${says}</desc>
<text x="${LEFT}" y="14">↑ Contribution, up to ${money(high)}</text><text x="${WIDTH - RIGHT}" y="${HEIGHT - 6}" text-anchor="end">Cost to serve, up to ${money(most)} →</text>
<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(0)}" y2="${y(0)}"/><text class="name" x="${WIDTH - RIGHT}" y="${round(y(0) - 4)}" text-anchor="end">0: serving costs what comes in</text>
${lines.map(({ margin, name, customer }) => {
    const words = html`<title>${name ?? customer}: ${money(margin.contribution)} left, serving cost ${money(margin.costToServe)}</title>`;
    const [left, top] = [x(margin.costToServe), y(margin.contribution)];
    return margin.contribution < 0
      ? html`<rect class="loss" x="${round(left - 4)}" y="${round(top - 4)}" width="8" height="8">${words}</rect>${customer === worst ? html`<text class="name" x="${round(left > WIDTH / 2 ? left - 7 : left + 7)}" y="${round(top + 4)}" text-anchor="${left > WIDTH / 2 ? 'end' : 'start'}">${name ?? customer}</text>` : null}`
      : html`<circle cx="${left}" cy="${top}" r="4">${words}</circle>`;
  })}
</svg><figcaption>${says} Dots: something is left; hollow squares: less than nothing.${total > customers.length ? ` Of ${total} the ${customers.length} that come to least are drawn.` : ''}</figcaption></figure>
${lossesView(negative)}
<details><summary>The same as a table</summary><div class="scrolls"><table><caption>Those that come to least, ${from} to ${to}</caption><thead><tr><th scope="col">Customer</th><th scope="col">Income</th><th scope="col">Cost to serve</th><th scope="col">Contribution</th><th scope="col">CAC</th><th scope="col">Paid back</th></tr></thead>
<tbody>${lines.slice(0, LISTED).map((line) => html`<tr><td><a href="${customerPath(line.customer)}">${line.name ?? line.customer}</a></td><td>${money(line.margin.income)}</td><td>${money(line.margin.costToServe)}</td><td>${money(line.margin.contribution)}</td><td>${line.recovery ? money(line.recovery.cac) : 'not measured'}</td><td>${paybackText(line)}</td></tr>`)}</tbody></table></div>
<p><a href="/v1/economics/customers?format=csv&amp;all=true">All of them as a table (CSV)</a></p></details>`;
}

/** Who costs more than it brings in, the greatest loss first, in sight. */
function lossesView(negative: readonly EconomicsLine[]): Html | null {
  if (negative.length === 0) return null;
  const losses = negative.toSorted((one, other) => one.margin.contribution - other.margin.contribution);
  const money = (amount: number, { currency }: EconomicsLine) => moneyOf([{ amount, currency }]);
  return html`<h3>${losses.length === 1 ? 'The customer that costs' : `The ${losses.length} customers that cost`} more than they bring in</h3>
<ul class="rows">${losses.slice(0, LISTED).map((line) => html`<li class="line"><span><a href="${customerPath(line.customer)}">${line.name ?? line.customer}</a></span> <span>loses ${money(-line.margin.contribution, line)}: ${money(line.margin.income, line)} in, ${money(line.margin.costToServe, line)} to serve</span></li>`)}</ul>
${moreIn(losses.length - LISTED, 'customer', '/v1/economics/customers?negative=true&all=true')}`;
}

function paybackText({ recovery, left }: EconomicsLine): string {
  if (recovery === null) return 'not measured';
  if (recovery.paybackMonths !== null) return `in ${plural(recovery.paybackMonths, 'month')}`;
  return left ? 'never: has left' : `not yet, after ${plural(recovery.watched, 'month')}`;
}
