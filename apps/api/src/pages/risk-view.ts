import { percentWords } from '#insight';
import type { ChurnRiskAnswer } from '#read-model';
import { driversView } from './drivers-view.js';
import { type Content, html, type Html } from './html.js';
import { survivalChart } from './survival-chart.js';
import { customerPath, dateOf, fact, moneyOf } from './words.js';

/** The risk that a customer leaves: how likely by when, what makes it, what is at risk, and how far to rely on it. */
export function riskView(risk: ChurnRiskAnswer): Html {
  const { say, chances, survival, explained, arrAtRisk, acquisition, confidence, comparable, alike, buyer, model, standing, heldOut } = risk;
  return html`<h2 id="risk">Risk of leaving</h2>
<p class="lead">${say}</p>
${heldOut === null ? null : html`<p>Held out of the experiment ${heldOut}: nothing is to be done to keep them.</p>`}
${chances.length === 0 ? null : html`<dl class="facts">${fact('A year at risk', moneyOf(arrAtRisk))}${said('Decided not to renew', risk.decision)}${said('Notice', risk.notice)}${said('Takes effect', risk.effect)}</dl>
${chancesTable(chances)}
${survivalChart(survival)}`}
${explained === null ? null : driversView(explained)}
${acquisition.map(({ say: words }) => html`<p>${words}</p>`)}
${buyer === null ? null : html`<p>${buyer.say}</p>`}
${comparable === null ? null : html`<p>${comparable.say}</p>`}
${alike.length === 0 ? null : html`<p>Most alike: ${alike.map(({ customer, name, on, left }, index) => html`${index > 0 ? '; ' : ''}<a href="${customerPath(customer)}">${name ?? customer}</a> at the end of ${dateOf(on)}, who ${left ? 'left' : 'stayed'}`)}.</p>`}
${standing === 'running' || standing === 'notice' ? html`<p class="muted">${model.say} ${confidence.level === 'prior' ? null : `Confidence: ${confidence.level}. `}${confidence.say}</p>` : null}`;
}

const said = (term: string, on: ChurnRiskAnswer['notice']): Content => fact(term, on && dateOf(on.on));

const chancesTable = (chances: ChurnRiskAnswer['chances']): Html => html`<table><caption>Chance to leave, with the interval that holds it 95 times in 100</caption>
<thead><tr><th scope="col">Within</th><th scope="col">By</th><th scope="col">Chance</th><th scope="col">From – to</th></tr></thead>
<tbody>${chances.map(({ horizon, until, probability, low, high }) => html`<tr><th scope="row">${horizon === 'renewal' ? '30 days after the next renewal' : `${horizon} days`}</th><td>${dateOf(until)}</td><td>${percentWords(probability)}</td><td>${low === high ? '' : `${percentWords(low)} – ${percentWords(high)}`}</td></tr>`)}</tbody></table>`;
