import type { OutagesAnswer } from '#read-model';
import { html, type Html } from '../html.js';
import { customerPath, momentOf, moreIn, plural } from '../words.js';
import { minutesText, shareText } from './figures.js';

type Outage = OutagesAnswer['outages'][number];
type Lived = Outage['customers'][number];

const SHOWN = 5;
const CUSTOMERS = 12;
const [WIDTH, ROW, TOP] = [400, 26, 6];
const round = (length: number) => Math.round(length * 10) / 10;

/** Outages of the time: in figures, and the newest drawn, customer by customer. */
export function outagesView({ figures, outages, method, asOf, today }: OutagesAnswer): Html {
  if (outages.length === 0) return html`<p>No outage began in the last year.</p>`;
  const { noticeLag, toldFirst, lastEtaError, longestSilence, updatesPerHour, withoutEta, workaround } = figures;
  const eta = lastEtaError.value;
  return html`<dl class="facts"><div><dt>First word after we saw it (median)</dt><dd>${minutesText(noticeLag.median)}${noticeLag.waiting > 0 ? `; ${noticeLag.waiting} never` : ''}</dd></div>
<div><dt>We spoke first</dt><dd>${shareText(toldFirst, 'cases')}</dd></div><div><dt>Over, against the end last named</dt><dd>${eta === null ? 'not known' : `${minutesText(Math.abs(eta))} ${eta >= 0 ? 'late' : 'early'} (mean of ${lastEtaError.n})`}; ${withoutEta} without a named end</dd></div>
<div><dt>Longest silence (mean)</dt><dd>${minutesText(longestSilence.value)}</dd></div><div><dt>Words an hour</dt><dd>${updatesPerHour.value === null ? 'not known: none lasted an hour' : Math.round(updatesPerHour.value * 10) / 10}</dd></div><div><dt>Work-around after (median)</dt><dd>${minutesText(workaround.median)}</dd></div></dl>
${outages.slice(0, SHOWN).map((outage, place) => outageView(outage, { place, asOf, timeZone: today.timeZone }))}
${moreIn(outages.length - SHOWN, 'older outage', '/v1/experience/outages')}
<p class="muted">${method}</p>`;
}

interface Around { readonly place: number; readonly asOf: string; readonly timeZone: string }

function outageView({ outage, service, customers }: Outage, { place, asOf, timeZone }: Around): Html {
  const shown = customers.slice(0, CUSTOMERS);
  const from = Math.min(...shown.map(({ startedAt }) => Date.parse(startedAt)));
  const to = Math.max(from + 1, ...shown.map(({ resolvedAt }) => Date.parse(resolvedAt ?? asOf)));
  const x = (at: string) => round(4 + ((Date.parse(at) - from) / (to - from)) * (WIDTH - 8));
  const says = `${plural(shown.length, 'customer')}: ${shown.filter(({ toldFirst }) => toldFirst).length} told by us first, ${shown.filter(({ notice }) => !notice.over).length} never told, ${shown.filter(({ etas }) => etas.length === 0).length} without a named end.`;
  return html`<h3>${outage}${service ? `, ${service}` : ''}, ${momentOf(new Date(from).toISOString(), timeZone)}</h3>
<figure><svg class="chart outage" viewBox="0 0 ${WIDTH} ${TOP + shown.length * ROW + 4}" role="img" aria-labelledby="outage-${place}-title outage-${place}-desc"><title id="outage-${place}-title">Outage ${outage} as customers lived through it</title><desc id="outage-${place}-desc">${says}</desc>
${shown.map((lived, row) => rowView(lived, TOP + row * ROW, x, asOf))}
</svg><figcaption>${says} Bar: how long it lasted. Dots: our words. Line: their report. Squares: ends that we named, as far as they fit.</figcaption></figure>
<ul class="plain">${shown.map((lived) => html`<li><a href="${customerPath(lived.customer)}">${lived.name ?? lived.customer}</a>: ${lived.lasted.over ? `over after ${minutesText(lived.lasted.minutes)}` : `goes on since ${minutesText(lived.lasted.minutes)}`}; ${lived.notice.over ? `first word after ${minutesText(lived.notice.minutes)}` : 'no word of ours'}${lived.reportedAt ? `, ${lived.toldFirst ? 'before' : 'after'} they reported it` : ''}; longest silence ${minutesText(lived.longestSilence)}</li>`)}</ul>
${customers.length > shown.length ? html`<p>${plural(customers.length - shown.length, 'customer')} more.</p>` : null}`;
}

function rowView({ name, customer, startedAt, resolvedAt, messages, etas, reportedAt }: Lived, top: number, x: (at: string) => number, asOf: string): Html {
  const end = resolvedAt ?? asOf;
  const within = (at: string) => Math.min(WIDTH - 4, Math.max(4, x(at)));
  return html`<text class="name" x="4" y="${top + 9}">${name ?? customer}</text><rect class="${resolvedAt ? 'watch' : 'at-risk'}" x="${x(startedAt)}" y="${top + 12}" width="${round(Math.max(1, x(end) - x(startedAt)))}" height="8"/>
${etas.map((eta) => html`<rect class="eta" x="${round(within(eta) - 3)}" y="${top + 13}" width="6" height="6"/>`)}${messages.map((message) => html`<circle cx="${within(message)}" cy="${top + 16}" r="3"/>`)}${reportedAt ? html`<line class="tick" x1="${within(reportedAt)}" x2="${within(reportedAt)}" y1="${top + 9}" y2="${top + 23}"/>` : null}`;
}
