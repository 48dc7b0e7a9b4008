import type { ChurnRiskAnswer } from '#read-model';
import { html, type Html } from './html.js';
import { dateOf, plural } from './words.js';

type Explained = NonNullable<ChurnRiskAnswer['explained']>;
type Driver = Explained['drivers'][number];

const FEW = 6;
/** Less than this hardly changes the odds. */
const LEAST = 0.02;

/** What makes the risk: each feature with a bar to the right where it raises the risk and to the left where it lowers it. */
export function driversView({ base, drivers, calibration, logOdds }: Explained): Html {
  const moving = drivers.filter((driver) => Math.abs(driver.logOdds) >= LEAST);
  const still = drivers.length - moving.length;
  const most = Math.max(...drivers.map((driver) => Math.abs(driver.logOdds)), LEAST);
  return html`<h3 id="drivers">What makes the risk</h3>
<p class="muted">Bars to the right raise it, to the left lower it. Log-odds of ${base.toFixed(4)} to begin with, the lines below${calibration === 0 ? '' : ` and ${calibration.toFixed(4)} of calibration`} sum to ${logOdds.toFixed(4)}.</p>
${moving.length === 0 ? html`<p>Nothing that is known sets this customer apart.</p>` : list(moving.slice(0, FEW), most)}
${moving.length > FEW ? html`<details><summary>${moving.length - FEW} more that change it</summary>${list(moving.slice(FEW), most)}</details>` : null}
${still > 0 ? html`<p class="muted">${still} more hardly change it.</p>` : null}`;
}

const list = (drivers: readonly Driver[], most: number): Html => html`<ul class="measures">${drivers.map((driver) => driverView(driver, most))}</ul>`;

function driverView({ label, logOdds, say, events }: Driver, most: number): Html {
  const width = Math.round((50 * Math.abs(logOdds)) / most);
  return html`<li><p class="measure"><strong>${label}</strong> <span>${logOdds > 0 ? '+' : '−'}${Math.abs(logOdds).toFixed(4)}</span></p>
<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="${logOdds > 0 ? 'poor' : 'good'}" x="${logOdds > 0 ? 50 : 50 - width}" width="${width}" height="6"/></svg>
<p>${say}</p>
${events.length === 0 ? null : html`<details><summary>${plural(events.length, 'event')}<span class="hidden"> behind ${label}</span></summary><ul class="plain">${events.map(({ type, occurredAt, source, id }) => html`<li>${dateOf(occurredAt.slice(0, 10))} ${type} <span class="muted">(${source} ${id})</span></li>`)}</ul></details>`}</li>`;
}
