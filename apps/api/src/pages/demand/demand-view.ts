import type { CompetitionAnswer, DemandAnswer, InitiativesAnswer, OutcomesAnswer, PresenceAnswer, PromisesAnswer, TraceabilityAnswer } from '#read-model';
import { DEMAND_SORTS } from '#insight';
import { html, type Html } from '../html.js';
import { momentOf, moreIn, option, plural } from '../words.js';
import { competitionView } from './competition-view.js';
import type { DemandForm } from './demand-form.dto.js';
import { initiativesView, traceabilityView } from './initiatives-view.js';
import { outcomesView, promisesView } from './outcomes-view.js';
import { lines, linkTo, SHOWN, unmeasured, yearly } from './parts.js';
import { presenceView } from './presence-view.js';

export interface DemandParts {
  readonly demand: DemandAnswer;
  readonly initiatives: InitiativesAnswer;
  readonly traceability: TraceabilityAnswer;
  readonly outcomes: OutcomesAnswer;
  readonly competition: CompetitionAnswer;
  readonly promises: PromisesAnswer;
  readonly presence: PresenceAnswer;
}

const SORT_WORDS = { arr: 'what they pay', risk: 'what of it is at risk', accounts: 'customers', requests: 'requests', age: 'waiting' } as const;

export function demandView({ demand, initiatives, traceability, outcomes, competition, promises, presence }: DemandParts, form: DemandForm): Html {
  return html`<h1>Demand</h1>
<p class="lead">What customers ask for, what we do of it, and who hears of it, as of ${momentOf(demand.asOf, demand.today.timeZone)}</p>
<form class="filter" method="get" action="/demand" role="search" aria-label="Which moment and order"><label>As of<input type="date" name="asOf" value="${form.asOf ?? ''}"></label><label>Themes by<select name="sort">${DEMAND_SORTS.map((sort) => option(sort, SORT_WORDS[sort], form.sort ?? 'arr'))}</select></label> <button>Show</button></form>
<h2>What they ask for</h2>${registerView(demand)}
<h2>What we do of it</h2>${initiativesView(initiatives)}
<h2>How much of it they had asked for</h2>${traceabilityView(traceability)}
<h2>What was gained</h2>${outcomesView(outcomes)}
<h2>Promises</h2>${promisesView(promises)}
<h2>Competitors</h2>${competitionView(competition)}
<h2>Who is not heard of</h2>${presenceView(presence)}`;
}

function registerView({ notMeasured, noRisk, total, themes, tools, policy }: DemandAnswer): Html {
  const heaviest = Math.max(1, ...themes.items.map(({ requests }) => requests));
  return html`${notMeasured ? unmeasured(notMeasured) : html`<p>${plural(total.requests, 'request')} of ${plural(total.accounts, 'customer')}, paying ${yearly(total.arr)}; ${total.open} open, ${total.told} told${total.oldestDays === null ? '' : `, the oldest open for ${plural(total.oldestDays, 'day')}`}.</p>
<ul class="rows">${themes.items.slice(0, SHOWN).map(({ theme, requests, accounts, arr, arrAtRisk, open, answered, told, oldestDays, initiatives, list }) => html`<li><h3>${theme ?? 'Without a theme'}</h3>
<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="${plural(requests, 'request')}, ${open} open"><rect class="track" width="100" height="8"/><rect class="fair" width="${Math.round((1000 * requests) / heaviest) / 10}" height="8"/></svg>
<p>${plural(requests, 'request')} of ${plural(accounts, 'customer')}, paying ${yearly(arr)}, of it at risk ${arrAtRisk === null ? 'not known' : yearly(arrAtRisk)}. ${answered} answered, ${told} told, ${open} open${oldestDays === null ? '' : `, the oldest for ${plural(oldestDays, 'day')}`}. ${initiatives.length > 0 ? `Answered by ${initiatives.join(', ')}.` : 'No initiative answers it.'}</p>
<p class="muted">Who asks: ${[...new Map(list.items.map(({ customer }) => [customer.id, customer])).values()].slice(0, SHOWN).map((customer, place) => html`${place > 0 ? ', ' : ''}${linkTo(customer)}`)}</p></li>`)}</ul>
${moreIn(themes.items.length + themes.more - SHOWN, 'theme', '/v1/demand')}<p class="muted">${policy}</p>`}${noRisk ? unmeasured(noRisk) : null}
<h3>Used in our place</h3>${lines(tools.items, tools.items.length + tools.more, ({ tool, accounts, seats, firstSeats, seen }) => html`<span>${tool}: at ${plural(accounts, 'customer')}${seats === null ? '' : `, ${plural(seats, 'seat')}${firstSeats === null || firstSeats === seats ? '' : ` (first seen with ${firstSeats})`}`}</span> <span>${seen.slice(0, 3).map(({ customer }, place) => html`${place > 0 ? ', ' : ''}${linkTo(customer)}`)}</span>`, '/v1/demand')}`;
}

