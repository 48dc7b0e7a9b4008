import type { OutcomesAnswer, PromisesAnswer } from '#read-model';
import { shareLine } from '../experience/figures.js';
import { html, type Html } from '../html.js';
import { dateOf, moneyOf, plural } from '../words.js';
import { heading, lines, linkTo, unmeasured, yearly } from './parts.js';

export function outcomesView({ notMeasured, figures, rejected, theirs, ours, withoutGoal, policy }: OutcomesAnswer): Html {
  const without = html`<h3>No goal of theirs is known</h3>${lines(withoutGoal.items, withoutGoal.items.length + withoutGoal.more, (customer) => html`<span>${linkTo(customer)}</span> <span>${yearly(customer.arr)}</span>`, '/v1/demand/outcomes')}`;
  if (notMeasured) return html`${unmeasured(notMeasured)}${without}`;
  const { value } = figures;
  const worth = (amounts: typeof value.claimed) => (amounts.length === 0 ? 'no value named' : moneyOf(amounts));
  return html`<dl class="facts">${heading('Claimed', html`${figures.claimed}, ${worth(value.claimed)}`)}${heading('Confirmed', html`${figures.confirmed}, ${worth(value.confirmed)}`)}${heading('Rejected', html`${figures.rejected}, ${worth(value.rejected)}`)}${heading('Not answered', html`${figures.open}, ${worth(value.open)}`)}</dl>
<ul class="measures">${shareLine('Confirmed, of those answered', figures.confirmedShare, 'outcomes')}${shareLine('Their goals attained, of those due', theirs.attainment, 'goals')}${shareLine('Ours', ours.attainment, 'goals')}</ul>
<p>Their goals: ${theirs.open} open, ${theirs.overdue} of them overdue, ${theirs.missed} missed, ${theirs.declared} attained only as we say. Ours: ${ours.open} open, ${ours.overdue} overdue, ${ours.missed} missed, ${ours.declared} only as we say.</p>
<h3>They do not agree</h3>${lines(rejected.items, rejected.items.length + rejected.more, ({ customer, outcome, value: claimed }) => html`<span>${linkTo(customer)}: ${outcome}</span> <span>${claimed ? moneyOf([claimed]) : 'no value named'}</span>`, '/v1/demand/outcomes')}${without}<p class="muted">${policy}</p>`;
}

export function promisesView({ notMeasured, figures, kinds, overdue, broken, policy }: PromisesAnswer): Html {
  if (notMeasured) return unmeasured(notMeasured);
  const line = ({ customer, promise, dueOn, kind }: (typeof overdue.items)[number]) => html`<span>${linkTo(customer)}: ${promise}${kind ? ` (${kind})` : ''}</span> <span>${dueOn === null ? 'without a day' : html`due ${dateOf(dueOn)}`}</span>`;
  return html`<ul class="measures">${shareLine('Kept, of those kept or broken', figures.keptRate, 'promises')}${shareLine('Kept, of those due', figures.keptOfDue, 'promises')}${kinds.length > 1 ? kinds.map(({ kind, keptRate }) => shareLine(kind ?? 'Of no kind that anybody named', keptRate, 'promises')) : null}</ul>
<p>${plural(figures.promises, 'promise')}: ${figures.kept} kept (${figures.late} late), ${figures.broken} broken, ${figures.open} open, ${figures.overdue} overdue.</p>
<h3>Overdue</h3>${lines(overdue.items, overdue.items.length + overdue.more, line, '/v1/demand/promises')}<h3>Broken</h3>${lines(broken.items, broken.items.length + broken.more, line, '/v1/demand/promises')}<p class="muted">${policy}</p>`;
}
