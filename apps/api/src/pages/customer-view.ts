import { edgeWords } from '#insight';
import type { CustomerAnswer, HealthAnswer } from '#read-model';
import type { CustomerForm } from './forms.dto.js';
import { type Content, html, type Html } from './html.js';
import { roleWords } from './today-view.js';
import { customerPath, dateOf, fact, momentOf, moneyOf, nameOf, plural, pointsText, stateBadge } from './words.js';

/** What the customer is called; on an earlier day, what it was called then, under its own id where it was not yet known to be one with another. */
export const calledIn = (customer: CustomerAnswer, { customer: id, name }: HealthAnswer, { asOf }: CustomerForm): string => nameOf(asOf ? { id, name, knownAs: id === customer.id ? customer.knownAs : null } : customer);

/** Who the customer is and how they are, at a glance. */
export function customerHead(customer: CustomerAnswer, health: HealthAnswer, form: CustomerForm): Html {
  const { asOf, known } = form;
  const { mergedFrom, claimed, segment, industry, region, size, owner, status, arr, renewalOn, noticeOn, cancellation, customerSince, lastTouch, today, parent, children, aliases, conditions } = customer;
  const here = customerPath(customer.askedAs ?? customer.id);
  return html`<h1>${calledIn(customer, health, form)}</h1>
<p class="lead">${scoreBadge(asOf ? '' : status, health)} ${asOf ? html`at the end of ${dateOf(asOf)}${known ? ', as far as it was known then' : ''}` : dateOf(today.date)} in ${today.timeZone}</p>
${cardView(health)}
${mergedNotice(customer, health)}
${health.band === 'unknown' ? html`<p class="notice">Too little is known to tell: ${Math.floor(health.coverage)} % of what counts. <a href="#made-of">What is missing</a></p>` : null}
${health.held ? html`<p class="notice" role="status">A fact of this customer could not be read${health.heldBy ? html`: ${health.heldBy.type} of ${momentOf(health.heldBy.occurredAt, today.timeZone)}, at position ${health.heldBy.position}` : null}. The figures are those before it. Why, and what waits: <code>npx touchline projections parked</code></p>` : null}
${status === 'retracted' ? html`<p class="notice" role="status">All facts about this customer were taken back, so no list and no figure counts it.</p>` : null}
${claimed || status === 'retracted' ? null : html`<p class="notice" role="status">Nobody has registered this customer yet. Send customer.registered to give it a name, or customer.merged to make it one with another.</p>`}
${asOf ? html`<p class="muted">The name, score, reasons and changes are of that day; the rest is of today.</p>` : null}
<dl class="facts">${fact('A year', moneyOf(arr))}${fact('Cancellation', cancellationWords(cancellation))}${fact('Renewal', renewalOn && dateOf(renewalOn))}${fact('Last day to give notice', noticeOn && dateOf(noticeOn))}
${fact('Status', status)}${fact('Owner', owner)}${fact('Segment', segment)}${fact('Industry', industry)}${fact('Region', region)}${fact('Employees', size)}
${fact('Customer since', customerSince && dateOf(customerSince))}${fact('Last touch', lastTouch && dateOf(lastTouch.on))}
${fact('Known', `${Math.round(health.coverage)} % of what counts`)}${fact('Newest fact', health.dataAge === null ? 'none' : health.dataAge === 0 ? 'of that day' : `${plural(health.dataAge, 'day')} before`)}
${fact('Known elsewhere as', aliases.map(({ system, id: theirs }) => `${system}:${theirs}`).join(', '))}
${fact('Merged into it', mergedFrom.join(', '))}
${fact('Holds now', conditions.length === 0 ? null : conditions.map(({ say, since }, place) => html`${place > 0 ? '; ' : ''}${say}${since ? html` (since ${dateOf(since)})` : null}`))}
${fact('Part of', parent && html`<a href="${customerPath(parent)}">${parent}</a>`)}
${fact('Its parts', children.length === 0 ? null : children.map((child) => html`<a href="${customerPath(child)}">${child}</a> `))}</dl>
<form class="filter" method="get" action="${here}"><label>How it was on<input type="date" name="asOf" max="${today.date}" value="${asOf ?? today.date}" required></label>
<label class="check"><input type="checkbox" name="known" value="then"${known ? html` checked` : null}> only what was known then</label>
<button>Show</button>${asOf ? html` <a href="${here}">Back to today</a>` : null}</form>`;
}

/** The score on the card's own scale, with the points beside it where those are others. */
function scoreBadge(status: string, { band, score, shown }: Pick<HealthAnswer, 'band' | 'score' | 'shown'>): Html {
  if (score === null || status === 'ended' || (shown.max === 100 && shown.score === score)) return stateBadge(status, band, score);
  return html`${stateBadge(status, band, score, `${shown.score} of ${shown.max}`)} (${pointsText(score)} of 100)`;
}

/** Which card scored, and where its bands begin. */
function cardView({ card, bands }: Pick<HealthAnswer, 'card' | 'bands'>): Html {
  return html`<p class="muted" id="card">By the scorecard ${card.label ?? card.id} (${card.id}, version ${card.version}): ${edgeWords(bands)} of 100${bands.margin > 0 ? `; a band is left ${bands.margin} points beyond its edge` : null}</p>`;
}

/** That who was asked for is one with another: now, on the day that is shown, or both. */
function mergedNotice(customer: CustomerAnswer, health: HealthAnswer): Html | null {
  const asked = customer.askedAs ?? health.askedAs;
  if (asked === null) return null;
  const other = (id: string, name: string) => html`<a href="${customerPath(id)}">${name}</a>`;
  return html`<p class="notice" role="status">${health.askedAs === null ? html`${asked} is merged into ${other(customer.id, nameOf(customer))}, which was not known on that day: what is said of that day is of ${asked} alone.`
    : customer.askedAs === null ? html`On that day ${asked} was merged into ${other(health.customer, health.customer)}: what is said of that day is of both.`
    : html`${asked} is merged into this customer. Until customer.unmerged is sent for it, its facts are part of this story.`}</p>`;
}

/** "asked for on 30 Oct, ends on 27 Feb" */
const cancellationWords = (cancellation: CustomerAnswer['cancellation']): Content => (
  cancellation && html`asked for on ${dateOf(cancellation.requestedOn)}${cancellation.effectiveOn ? html`, takes effect on ${dateOf(cancellation.effectiveOn)}` : null}`);

export function peopleView({ contacts }: CustomerAnswer): Html {
  return html`<h2 id="contacts">Contacts</h2>
${contacts.length === 0 ? html`<p>Nobody is known yet. Send contact.added to say who pays and who uses.</p>` : html`<ul class="plain">${contacts.map((contact) => html`<li><strong>${contact.name ?? 'Name not known'}</strong>${contact.title ? `, ${contact.title}` : ''}
<span class="muted">(${roleWords(contact)}${contact.leftOn ? html`; left ${dateOf(contact.leftOn)}` : null})</span>${mail(contact.email)}</li>`)}</ul>`}`;
}

const mail = (email: string | null): Content => (email ? html` <a href="mailto:${encodeURIComponent(email).replace('%40', '@')}">${email}</a>` : null);

export function subscriptionsView({ subscriptions }: CustomerAnswer): Html {
  return html`<h2 id="subscriptions">Subscriptions</h2>
${subscriptions.length === 0 ? html`<p>None. They come with subscription.started.</p>` : html`<ul class="plain">${subscriptions.map(({ id, product, state, arr, renewsOn, noticeOn, cancellation }) => html`<li><strong>${product ?? id}</strong> (${state})
<dl class="facts">${fact('A year', arr && moneyOf([arr]))}${fact('Cancellation', cancellationWords(cancellation))}${fact('Renews', renewsOn && dateOf(renewsOn))}${fact('Last day to give notice', noticeOn && dateOf(noticeOn))}</dl></li>`)}</ul>`}`;
}
