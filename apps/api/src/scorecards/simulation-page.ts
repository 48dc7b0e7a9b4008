import type { Simulation } from '#insight';
import type { Simulated } from '#read-model';
import { tableOf } from '../churn/figure.js';
import { count } from '../churn/figure-words.js';
import { policyOf } from '../churn/backtest-style.js';
import { type Content, Html, html } from '../pages/html.js';
import { bandWords, dateOf, dateText, fact, plural, pointsText, signed } from '../pages/words.js';
import { alarmsDrawing } from './alarms-drawing.js';
import { bandsDrawings } from './bands-drawing.js';
import { leadsDrawing } from './leads-drawing.js';
import { rankingDrawing } from './ranking-drawing.js';
import { SIMULATION_STYLE } from './simulation-style.js';
import { turnsDrawing } from './turns-drawing.js';

/** What a draft would have said, drawn: a whole page in one file that needs nothing else and runs nothing. */
export function simulationPage({ simulation, madeFrom: { upTo, knownAt, held } }: Simulated): string {
  const { say, cards, from, to, customers, churns, movers, ranking } = simulation;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="${policyOf(SIMULATION_STYLE)}">
<title>${say} · Touchline</title>
<style>${new Html(SIMULATION_STYLE)}</style>
</head>
<body><main>
<h1>${say}</h1>
<dl class="facts">${fact('Draft', cards.draft.join(', '))}${fact('Published', cards.published.join(', '))}${fact('Days', html`${dateOf(from)} to ${dateOf(to)}`)}${fact('Customers', count(customers))}${fact('Known at', knownAt)}${fact('Up to position', upTo)}</dl>
${held === 0 ? null : html`<p>${plural(held, 'customer')} left out, of whom a fact cannot be read.</p>`}
<p>Every customer was scored at every day's close under both, with what is known of that day now; corrections and facts that were told late are in it.</p>
<h2>Who is where</h2><div class="drawings">${turnsDrawing(simulation)}${bandsDrawings(simulation)}</div>
<h2>Does it warn?</h2>
<p>A departure is a notice that stands, a decision not to renew, or an end, whichever came first; mergers are none. It was warned of by the unbroken run of days at risk up to the day before. A false alarm is a customer who comes to at risk while under contract and without notice, and gives none within 90 days.</p>
<div class="drawings">${leadsDrawing(simulation)}${alarmsDrawing(simulation)}${ranking.figures.map((one) => rankingDrawing(ranking, one))}</div>
<p class="muted">Ranks are compared among customers of the same month's end, under contract for four weeks, whose next 90 days are over; intervals are from resamples of whole parent accounts.${ranking.unscored === 0 ? null : ` ${count(ranking.unscored)} rows are left out, of which one of both has no score.`}</p>
${churns.length === 0 ? null : tableOf({ head: ['Departure', 'On', 'Draft: days at risk before', 'Watch or worse', 'Published: days at risk before', 'Watch or worse'], rows: churns.map(churnRow) }, 'Every departure')}
<h2>Who moves most</h2>
${movers.length === 0 ? html`<p>Nobody's score moves.</p>` : tableOf({ head: ['Customer', 'Published', 'Draft', 'Points', 'Why'], rows: movers.map(moverRow) }, `The biggest movers on ${dateText(to)}`)}
</main></body>
</html>
`.text;
}

function churnRow({ customer, name, on, draft, published }: Simulation['churns'][number]): Content[] {
  const days = ({ days: many, isLonger }: Simulation['churns'][number]['draft']['atRisk']) => (many === null ? 'not at all' : `${many}${isLonger ? ' or more' : ''}`);
  return [name ?? customer, dateText(on), days(draft.atRisk), days(draft.watch), days(published.atRisk), days(published.watch)];
}

function moverRow({ customer, name, published, draft, points, say }: Simulation['movers'][number]): Content[] {
  const shown = ({ score, band }: typeof draft) => `${pointsText(score)}, ${bandWords[band]!.toLowerCase()}`;
  return [name ?? customer, shown(published), shown(draft), signed(points), say];
}
