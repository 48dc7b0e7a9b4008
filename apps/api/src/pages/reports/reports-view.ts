import type { Quarter } from '#insight';
import type { PublishedReport } from '#read-model';
import { html, type Html } from '../html.js';
import { empty } from '../layout.js';
import { momentOf, option } from '../words.js';
import { SHAPES } from './reports-form.dto.js';

export interface ReportsParts {
  readonly published: readonly PublishedReport[];
  /** The latest first; the first one still runs. */
  readonly quarters: readonly Quarter[];
  readonly segments: readonly string[];
  readonly timeZone: string;
}

const SHAPE_WORDS = { html: 'as a page', pdf: 'PDF', csv: 'CSV' } as const;

/** The strategic report: of which quarter, and what was published. */
export function reportsView({ published, quarters, segments, timeZone }: ReportsParts): Html {
  return html`<h1>Report</h1>
<p class="lead">The strategic report of a quarter: what was gained and lost, what hurts, what lies ahead, what is asked for</p>
<h2>As it stands now</h2>
<form class="filter" method="get" action="/reports/open" role="search" aria-label="Which report"><label>Quarter<select name="period">${quarters.map(({ name }, place) => option(name, place === 0 ? `${name}, so far` : name, quarters[1]?.name))}</select></label><label>Segment<select name="segment">${option('', 'All customers', '')}${segments.map((segment) => option(segment, segment, ''))}</select></label><label>Shape<select name="format">${SHAPES.map((shape) => option(shape, SHAPE_WORDS[shape], 'html'))}</select></label> <button>Make it</button></form>
<p class="muted">It is worked out when it is asked for, which takes some seconds. Facts that come later change it; what was published stays as it was.</p>
<h2>Published</h2>
${published.length === 0 ? empty('No report was published yet.', html`<code>npx touchline report publish${quarters[1] ? ` --period ${quarters[1].name}` : ''}</code> publishes one.`)
    : html`<ul class="rows">${published.map((report) => publishedRow(report, newerThan(report, published), timeZone))}</ul>`}`;
}

function publishedRow({ report, period, segment, at, by, files, supersedes }: PublishedReport, newer: PublishedReport | undefined, timeZone: string): Html {
  const path = `/v1/reports/${encodeURIComponent(report)}`;
  const shapes = SHAPES.filter((shape) => files.some(({ format }) => format === shape));
  return html`<li><h3>${report}</h3><p class="line"><span>${period}, ${segment ?? 'all customers'}: published ${momentOf(at, timeZone)} by ${by}</span> <span>${shapes.map((shape, place) => html`${place > 0 ? ' · ' : ''}<a href="${path}?format=${shape}" aria-label="${report}, ${SHAPE_WORDS[shape]}">${SHAPE_WORDS[shape]}</a>`)}</span></p>
${supersedes ? html`<p class="muted">Takes the place of ${supersedes.report}</p>` : null}${newer ? html`<p class="muted">${newer.report} took its place</p>` : null}</li>`;
}

const newerThan = ({ report }: PublishedReport, published: readonly PublishedReport[]): PublishedReport | undefined => published.find(({ supersedes }) => supersedes?.report === report);
