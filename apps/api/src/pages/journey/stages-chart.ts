import type { JourneyAnswer } from '#read-model';
import { html, type Html } from '../html.js';
import { moneyOf, plural } from '../words.js';

type Stage = JourneyAnswer['stages'][number];

const [WIDTH, LABEL, LANE, TOP, RIGHT] = [400, 122, 38, 20, 8];
const round = (length: number) => Math.round(length * 10) / 10;

/** "34 days, between 21 and 60". */
export function daysText({ value, low, high }: { readonly value: number | null; readonly low: number | null; readonly high: number | null }): string {
  if (value === null) return low === null ? 'not reached' : `not reached, at least ${plural(low, 'day')}`;
  return `${plural(value, 'day')}${low === null ? '' : high === null ? `, at least ${low}` : `, between ${low} and ${high}`}`;
}

const stayText = ({ dwell }: Stage): string => (dwell === null || dwell.left === 0 ? '' : dwell.median.value === null ? 'half not left yet' : `median ${plural(dwell.median.value, 'day')}`);

/** What fits beside a bar; the table has the whole name. */
const short = (label: string) => (label.length <= 18 ? label : `${label.slice(0, 17)}…`);

/** The stages, one below the other: customers in each as a bar, how long they stay beside it; and the same as a table. */
export function stagesChart(stages: readonly Stage[]): Html {
  const most = Math.max(1, ...stages.map(({ customers }) => customers ?? 0));
  const height = TOP + stages.length * LANE + 4;
  const now = stages.filter(({ customers, ends }) => customers !== null && ends === null).toSorted((a, b) => b.customers! - a.customers!)[0];
  const says = now ? `Most customers on their way are in ${now.label}: ${now.customers}.` : 'No stage has been entered.';
  return html`<figure><svg class="chart stages" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="stages-title stages-desc">
<title id="stages-title">Customers in each stage</title><desc id="stages-desc">${says} The table says the same.</desc>
<text x="4" y="13">Customers in each stage, and how long they stay</text>
${stages.map((stage, place) => {
    const y = TOP + place * LANE;
    const length = round(((stage.customers ?? 0) / most) * (WIDTH - LABEL - RIGHT - 30));
    return html`<text x="4" y="${y + 17}">${short(stage.label)}</text><rect class="lane${stage.ends ? ' ended' : ''}" x="${LABEL}" y="${y + 5}" width="${Math.max(1, length)}" height="16"/>
<text x="${LABEL + Math.max(1, length) + 5}" y="${y + 18}">${stage.customers ?? '–'}</text><text class="name" x="${LABEL}" y="${y + 33}">${stage.missing ? 'not measured' : [stayText(stage), stage.stuck ? `${stage.stuck} stuck` : ''].filter((part) => part).join(' · ')}</text>`;
  })}
</svg><figcaption>${says}</figcaption></figure>
<details><summary>The same as a table</summary><div class="scrolls"><table><caption>Stages</caption><thead><tr><th scope="col">Stage</th><th scope="col">Customers</th><th scope="col">They pay a year</th><th scope="col">Visits</th><th scope="col">Median stay</th><th scope="col">Nine of ten</th><th scope="col">Stuck</th></tr></thead>
<tbody>${stages.map(({ label, customers, arr, visits, dwell, stuck, limit, missing }) => (missing
    ? html`<tr><td>${label}</td><td colspan="6">${missing}</td></tr>`
    : html`<tr><td>${label}</td><td>${customers}</td><td>${moneyOf(arr)}</td><td>${visits}</td><td>${dwell ? daysText(dwell.median) : '–'}</td><td>${dwell?.p90 == null ? '–' : plural(dwell.p90, 'day')}</td><td>${stuck === null ? '–' : `${stuck} beyond ${plural(limit!.days, 'day')}`}</td></tr>`))}</tbody></table></div></details>`;
}
