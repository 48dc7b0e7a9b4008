import { JOURNEY_GROUPINGS, percentWords } from '#insight';
import type { JourneyAnswer } from '#read-model';
import { shareLine, shareText } from '../experience/figures.js';
import { html, type Html } from '../html.js';
import { empty } from '../layout.js';
import { customerPath, dateOf, momentOf, moneyOf, moreIn, option, plural } from '../words.js';
import { BY_WORDS, groupsSection, trendSection } from './groups-view.js';
import type { JourneyForm } from './journey-form.dto.js';
import { stagesChart } from './stages-chart.js';
import { valueChart } from './value-chart.js';
import { verdictText } from './verdict.js';

/** Where customers are on their journey, how long it takes, who is stuck, what is missed. */
export function journeyView(journey: JourneyAnswer, form: JourneyForm): Html {
  const { asOf, today, map, customers, stages, timeToValue, methods } = journey;
  const labels = new Map(stages.map(({ stage, label }) => [stage, label]));
  return html`<h1>Journey</h1>
<p class="lead">${plural(customers.inStage, 'customer')} in a stage as of ${momentOf(asOf, today.timeZone)}, by ${map.decided ? `version ${map.version} of your map` : 'the map to begin with'}; ${customers.n - customers.seen} of ${customers.n} without a fact that it needs${customers.held > 0 ? `; ${customers.held} held back` : ''}</p>
<form class="filter" method="get" action="/journey" role="search" aria-label="As of when"><label>As of<input type="date" name="asOf" value="${form.asOf}"></label><label>Time to value since<select name="start">${timeToValue.starts.map(({ start, label }) => option(start, label, timeToValue.start))}</select></label><label>Told apart by<select name="by">${option('', 'nothing', form.by ?? '')}${JOURNEY_GROUPINGS.map((by) => option(by, BY_WORDS[by], form.by ?? ''))}</select></label> <button>Show</button></form>
${customers.seen === 0 ? empty('No customer has been on the way yet.', 'Send facts about sales, subscriptions, deployments and renewals.') : html`
<h2>Stages</h2>${stagesChart(stages)}
${transitionsSection(journey, labels)}
<p class="muted">${methods['dwell']}</p>
<h2>Stuck</h2>${stuckSection(journey, labels)}
<h2>Time to value</h2>${timeToValue.missing ? html`<p>${timeToValue.missing}</p>` : valueChart(timeToValue)}<p class="muted">${timeToValue.leftWithout > 0 ? `${plural(timeToValue.leftWithout, 'customer')} left without. ` : null}${methods['timeToValue']}</p>
${trendSection(journey)}
${groupsSection(journey)}
<h2>What is expected</h2>${expectedSection(journey, labels)}
<h2>Missed lately</h2>${missedSection(journey)}
<h2>Moments and renewal</h2>${renewalSection(journey)}
<h2>Ways of those who left and those who renewed</h2>${pathsSection(journey, labels)}`}`;
}

type Labels = ReadonlyMap<string, string>;

function transitionsSection({ transitions }: JourneyAnswer, labels: Labels): Html | null {
  if (transitions.length === 0) return null;
  return html`<details><summary>From where to where</summary><div class="scrolls"><table><caption>Moves from stage to stage</caption><thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">Moves</th><th scope="col">Of all out of it</th></tr></thead>
<tbody>${transitions.map(({ from, to, n, share }) => html`<tr><td>${labels.get(from)}</td><td>${to === null ? 'no stage' : labels.get(to)}</td><td>${n}</td><td>${percentWords(share)}</td></tr>`)}</tbody></table></div></details>`;
}

const who = ({ customer, name, arr }: { customer: string; name: string | null; arr: readonly { amount: number; currency: string }[] }) => html`<a href="${customerPath(customer)}#journey">${name ?? customer}</a>${arr.length === 0 ? null : html` <span class="muted">${moneyOf(arr)} a year</span>`}`;

function stuckSection({ stuck, stalled }: JourneyAnswer, labels: Labels): Html {
  return html`${stuck.n === 0 ? html`<p>Nobody is in a stage for too long.</p>` : html`<ul class="rows">${stuck.items.map((item) => html`<li class="line"><span>${who(item)}</span> <span>${labels.get(item.stage)} since ${dateOf(item.since)}: ${plural(item.days, 'day')}, ${item.limit.by === 'declared' ? 'the limit is' : 'nine of ten stay at most'} ${item.limit.days}</span></li>`)}</ul>${more(stuck)}`}
<h3>Stalled deployments</h3>${stalled.missing ? html`<p>${stalled.missing}</p>` : stalled.n === 0 ? html`<p>None.</p>` : html`<ul class="rows">${stalled.items.map((item) => html`<li class="line"><span>${who(item)}</span> <span>${item.said ? 'said to have stalled' : 'two weeks after its planned day'} since ${dateOf(item.since)}</span></li>`)}</ul>${more(stalled)}`}`;
}

const more = ({ n, items }: { readonly n: number; readonly items: readonly unknown[] }) => moreIn(n - items.length, 'line', '/v1/journey?limit=1000');

function expectedSection({ expectations, methods }: JourneyAnswer, labels: Labels): Html {
  return html`<ul class="measures">${expectations.map(({ kind, label, stage, rate, missing, waiting }) => {
    const what = html`${label} <span class="muted">${kind === 'moment' ? 'moment of truth' : labels.get(stage!)}</span>`;
    return missing ? html`<li><div class="measure"><span>${what}</span> <span>${missing}</span></div></li>` : rate.n === 0 ? html`<li><div class="measure"><span>${what}</span> <span>${waiting} waited for, none settled</span></div></li>` : shareLine(what, rate, 'occasions');
  })}</ul><p class="muted">${methods['expectations']}</p>`;
}

function missedSection({ missed }: JourneyAnswer): Html {
  if (missed.n === 0) return html`<p>Nothing was missed.</p>`;
  return html`<ul class="rows">${missed.items.map((item) => html`<li class="line"><span>${who(item)}</span> <span>${item.label}: due by ${dateOf(item.dueOn)}${item.lateOn ? html`, came on ${dateOf(item.lateOn)}` : ''}</span></li>`)}</ul>${more(missed)}`;
}

function renewalSection({ renewals, methods }: JourneyAnswer): Html {
  if (renewals.missing) return html`<p>${renewals.missing}</p>`;
  return html`<p>Renewed: ${shareText(renewals.renewed, 'customers')} who decided.</p>
<ul class="rows">${renewals.moments.map(({ label, met, missed, difference, verdict }) => html`<li><h3>${label}</h3><p>${verdictText(verdict, difference, 'Those who met it')}</p>
<ul class="measures">${shareLine('Renewed, of those who met it', met.rate, 'customers')}${shareLine('Renewed, of those who missed it', missed.rate, 'customers')}</ul></li>`)}</ul><p class="muted">${methods['renewals']}</p>`;
}

function pathsSection({ paths, methods }: JourneyAnswer, labels: Labels): Html {
  const ways = (title: string, { n, items }: JourneyAnswer['paths']['churned']) => html`<h3>${title}: ${plural(n, 'customer')}</h3>
${n === 0 ? null : html`<ol class="rows">${items.slice(0, 5).map((path) => html`<li class="line"><span>${path.stages.length === 0 ? 'no stage before' : path.stages.map((stage) => labels.get(stage)).join(' → ')}</span> <span>${plural(path.n, 'customer')}, ${percentWords(path.share)}</span></li>`)}</ol>`}`;
  return html`${ways('Left', paths.churned)}${ways('Renewed', paths.renewed)}<p class="muted">${methods['paths']}</p>`;
}
