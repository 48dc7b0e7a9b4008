import { percentWords } from '#insight';
import type { Choices, CustomerPage, CustomerSummary } from '#read-model';
import type { CustomersForm } from './forms.dto.js';
import { type Content, html, type Html } from './html.js';
import { empty } from './layout.js';
import { ownerField } from './owner-filter.js';
import { address, bandOrder, bandWords, customerPath, dateOf, fact, moneyOf, nameOf, option, overrideMark, pointsText, stateBadge } from './words.js';

const SORTS = { score: 'Lowest score first', '-score': 'Highest score first', '-arr': 'Most a year first', arr: 'Least a year first', '-risk': 'Highest risk first', risk: 'Lowest risk first', '-arrAtRisk': 'Most at risk first', arrAtRisk: 'Least at risk first', divergence: 'Payer and user furthest apart first', renewal: 'Next renewal first', name: 'Name', id: 'Id' };

/** What the filter offers, and what it stands on. */
export interface Filter {
  readonly form: CustomersForm;
  /** Whose customers; undefined: everybody's. */
  readonly listOf: string | undefined;
  readonly choices: Choices;
  readonly me: string;
}

export function customersView({ customers, next, today }: CustomerPage, by: Filter): Html {
  const { form, listOf } = by;
  const { cursor: _, ...kept } = form;
  return html`<h1>${titleOf(form)}</h1>
<p class="lead">${dateOf(today.date)} in ${today.timeZone} · ${listOf ? `customers of ${listOf}` : 'customers of everybody'}</p>
${shortcuts(form)}
${filter(by)}
${customers.length === 0 ? nothing(form, listOf) : html`<ul class="rows">${customers.map((customer) => html`<li>${customerRow(customer)}</li>`)}</ul>`}
<p class="paging">${form.cursor ? html`<a href="${address('/customers', kept)}">First page</a>` : null}
${next ? html`<a rel="next" href="${address('/customers', { ...kept, cursor: next })}">Next page</a>` : null}</p>`;
}

export function titleOf({ band, claimed, status }: CustomersForm): string {
  if (status === 'ended') return 'Customers who ended';
  if (status === 'all') return 'Customers, also those who ended';
  if (claimed === 'false') return 'Customers that nobody has registered';
  return band === 'unknown' ? 'Customers of whom we cannot tell' : 'Customers';
}

function shortcuts({ band, claimed, owner, status }: CustomersForm): Html {
  const link = (words: string, parameters: Record<string, string>, here: boolean) => (
    html`<li><a href="${address('/customers', { ...parameters, owner })}"${here ? html` aria-current="true"` : null}>${words}</a></li>`);
  return html`<nav aria-label="Lists"><ul class="chips">${link('All', {}, band === undefined && claimed === undefined && status === undefined)}
${bandOrder.map((each) => link(bandWords[each]!, { band: each }, band === each))}${link('Unclaimed', { claimed: 'false' }, claimed === 'false')}${link('Ended', { status: 'ended' }, status === 'ended')}</ul></nav>`;
}

function filter({ form: { q, band, segment, claimed, sort, status }, listOf, choices, me }: Filter): Html {
  const segments = [...new Set([...choices.segments, ...(segment === undefined ? [] : [segment])])];
  return html`<form class="filter" method="get" action="/customers" role="search">
<label>Name or id<input type="search" name="q" value="${q}" maxlength="200"></label>
<label>Band<select name="band">${option('', 'Any', band)}${bandOrder.map((each) => option(each, bandWords[each]!, band))}</select></label>
<label>Segment<select name="segment">${option('', 'Any', segment)}${segments.map((each) => option(each, each, segment))}</select></label>
${ownerField(choices.owners, listOf, me)}
<label>Order<select name="sort">${Object.entries(SORTS).map(([value, words]) => option(value, words, sort ?? 'score'))}</select></label>
${claimed ? html`<input type="hidden" name="claimed" value="${claimed}">` : null}${status ? html`<input type="hidden" name="status" value="${status}">` : null}
<button>Show</button></form>`;
}

function customerRow(customer: CustomerSummary): Html {
  const { id, status, segment, owner, arr, renewalOn, cancellation, score, band, perspectives, standing, risk, arrAtRisk, held, claimed, say } = customer;
  return html`<h2><a href="${customerPath(id)}">${nameOf(customer)}</a> ${stateBadge(status, band, score)}${overrideMark(customer)}</h2>
<dl class="facts">${fact('A year', moneyOf(arr))}${standing === 'notice' ? fact('Notice', 'given') : null}${fact('Risk in 90 days', risk === null ? null : percentWords(risk / 100))}${fact('A year at risk', moneyOf(arrAtRisk))}${fact('Renewal', renewalOn && dateOf(renewalOn))}${fact('Cancelled', cancellation && (cancellation.effectiveOn ? html`for ${dateOf(cancellation.effectiveOn)}` : 'no day is known'))}${fact('Segment', segment)}${fact('Owner', owner)}
${seenFact(perspectives)}
${status === 'prospect' ? fact('Status', 'prospect') : null}${claimed ? null : fact('Registered', 'not yet')}${held ? fact('Held', 'a fact could not be read') : null}</dl>
${say[0] && band !== 'healthy' && status !== 'ended' ? html`<p class="muted">${say[0]}</p>` : null}`;
}

/** What those see from whose side the customer is looked at; nothing where neither is known. */
function seenFact(perspectives: CustomerSummary['perspectives']): Content {
  const views = ([['Payer', perspectives?.payer], ['User', perspectives?.user]] as const).flatMap(([who, view]) => (view ? [{ who, score: view.score }] : []));
  if (views.every(({ score }) => score === null)) return null;
  const words = views.map(({ score }) => (score === null ? 'not known' : pointsText(score))).join(' and ');
  return fact(views.length === 2 ? 'Payer and user see' : `${views[0]!.who} sees`, `${words}${perspectives?.say ? ', far apart' : ''}`);
}

function nothing(form: CustomersForm, listOf: string | undefined): Html {
  if (form.claimed === 'false') return empty('Every customer has been registered.', html`<a href="/customers">See all customers</a>.`);
  if (form.q ?? form.band ?? form.status ?? form.segment ?? listOf) return empty('No customer matches.', html`Take a condition away, or <a href="/customers?owner=all">see everybody's customers</a>.`);
  return empty('There are no customers yet.', html`They appear with the first event that names them. <a href="/docs">How to send events</a>.`);
}
