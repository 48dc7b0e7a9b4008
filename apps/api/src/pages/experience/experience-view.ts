import type { CoachingAnswer, ExperienceAnswers, OutagesAnswer, PainAnswer, WatermelonAnswer } from '#read-model';
import { EXPERIENCE_GROUPS } from '#read-model';
import { html, type Html } from '../html.js';
import { empty } from '../layout.js';
import { customerPath, dateOf, momentOf, moreIn, option, plural } from '../words.js';
import type { ExperienceForm } from './experience-form.dto.js';
import { coachingView } from './coaching-view.js';
import { minutesText, netLine, shareLine, shareText } from './figures.js';
import { outagesView } from './outages-view.js';
import { painView } from './pain-view.js';
import { subjectsView } from './subjects-view.js';
import { trendChart } from './trend-chart.js';
import { watermelonView } from './watermelon-view.js';

export interface ExperienceParts {
  readonly figures: ExperienceAnswers;
  readonly pain: PainAnswer;
  readonly outages: OutagesAnswer;
  readonly watermelon: WatermelonAnswer;
  readonly coaching: CoachingAnswer;
}

const GROUPED = 10;

/** How customers live through our service. */
export function experienceView({ figures, pain, outages, watermelon, coaching }: ExperienceParts, form: ExperienceForm): Html {
  const { from, to, today, overall, trend } = figures;
  const nothing = overall.answers.n === 0 && overall.tickets!.tickets === 0;
  return html`<h1>Experience</h1>
<p class="lead">How customers live through our service, from ${dateOf(from)} to ${dateOf(to)} in ${today.timeZone}</p>
<form class="filter" method="get" action="/experience" role="search" aria-label="Which time"><label>From<input type="date" name="from" value="${form.from ?? from}"></label><label>To<input type="date" name="to" value="${form.to ?? to}"></label><label>Told apart by<select name="by">${option('', 'Nothing', form.by)}${EXPERIENCE_GROUPS.map((group) => option(group, group, form.by))}</select></label> <button>Show</button></form>
${nothing ? empty('There are no answers and no tickets of this time.', html`Take a longer time, or send facts about tickets and surveys. ${unmeasured(figures)}`) : html`
<h2>What they say</h2>${answersSection(figures)}
${trendChart(trend)}
<h3>By what the question was about</h3>${subjectsView(figures)}
<h2>How tickets go</h2>${ticketsSection(figures)}
${groupsSection(figures)}
<h2>Green outside, red inside</h2>${watermelonView(watermelon)}
<h2>Users and payers</h2>${spreadSection(figures)}
<h2>Who answers</h2>${responseSection(figures)}${unmeasured(figures)}`}
<h2>Where it hurts</h2>${painView(pain)}
<h2>Outages</h2>${outagesView(outages)}
<h2>Before and after coaching</h2>${coachingView(coaching)}`;
}

const CALLED: Readonly<Record<string, string>> = { nps: 'NPS', 'top-box': 'excellent answers', csat: 'CSAT', ces: 'CES', xla: 'XLA', response: 'who answers', resolve: 'solved after', 'first-response': 'first reply', reopened: 'came back', escalated: 'escalated', sla: 'targets met' };

/** What is not measured, and what it would take. */
function unmeasured({ missing }: ExperienceAnswers): Html | null {
  const lacking = Object.entries(missing).filter(([, needs]) => needs !== null);
  return lacking.length === 0 ? null : html`<details><summary>Not measured: ${lacking.map(([figure]) => CALLED[figure] ?? figure).join(', ')}</summary><ul class="plain">${lacking.map(([figure, needs]) => html`<li>${CALLED[figure] ?? figure}: ${needs}</li>`)}</ul></details>`;
}

function answersSection({ overall: { answers, nps, topBox, csat, ces, xla } }: ExperienceAnswers): Html {
  const lost = xla.lostMinutes;
  return html`<p>${plural(answers.n, 'answer')} of ${plural(answers.people, 'person', 'people')} at ${plural(answers.accounts, 'customer')}. Bars show the interval in which the true figure lies in 19 of 20 cases.</p>
<ul class="measures">${shareLine('Excellent answers, all others being misses', topBox)}${csat.n > 0 ? shareLine('Satisfied (CSAT)', csat) : null}
${nps.respondent.n > 0 ? html`${netLine('Net promoter score, by person', nps.respondent, 'people')}${netLine('By customer', nps.account, 'customers')}${nps.arr.n > 0 ? netLine(`By what they pay (as much as ${Math.round(nps.arr.effectiveN * 10) / 10} equal customers say)`, nps.arr, 'customers') : null}` : null}
${ces.easy.n > 0 ? shareLine('It was easy (CES)', ces.easy) : null}${xla.happiness.n > 0 ? netLine('Happiness (XLA)', xla.happiness, 'people') : null}</ul>
${lost.n > 0 ? html`<p>Work lost: ${minutesText(lost.value)} a time, as ${plural(lost.n, 'answer')} say.</p>` : null}`;
}

function ticketsSection({ overall: { tickets } }: ExperienceAnswers): Html {
  const { tickets: count, open, resolve, firstResponse, reopened, escalated, slaKept } = tickets!;
  return html`<p>${plural(count, 'ticket')} opened, ${open} of them open.</p>
<dl class="facts"><div><dt>Solved after (median, working time)</dt><dd>${minutesText(resolve.working.median)}</dd></div><div><dt>Nine of ten</dt><dd>${minutesText(resolve.working.p90, 'too many are open to say')}</dd></div><div><dt>On the wall (median)</dt><dd>${minutesText(resolve.wall.median)}</dd></div><div><dt>First reply (median, working time)</dt><dd>${minutesText(firstResponse.working.median)}</dd></div></dl>
<ul class="measures">${shareLine('Targets met', slaKept, 'tickets')}${shareLine('Came back', reopened, 'solved tickets')}${shareLine('Escalated', escalated, 'tickets')}</ul>`;
}

function groupsSection({ by, groups, hidden }: ExperienceAnswers): Html | null {
  if (by === null) return null;
  return html`<h2>By ${by}</h2>${hidden ? html`<p>${plural(hidden.agents, 'agent')} not shown: fewer than ${hidden.under} tickets or answers, or one such could be told through them. Single figures likewise.</p>` : null}
<ul class="rows">${groups.slice(0, GROUPED).map(({ key, topBox, tickets }) => html`<li><h3>${key ?? 'Not known'}</h3><ul class="measures">${shareLine('Excellent answers', topBox)}${tickets ? html`${shareLine('Targets met', tickets.slaKept, 'tickets')}` : null}</ul>${tickets ? html`<p>Solved after ${minutesText(tickets.resolve.working.median)} of working time (median), came back ${shareText(tickets.reopened, 'solved tickets')}</p>` : null}</li>`)}</ul>
${moreIn(groups.length - GROUPED, 'group', `/v1/experience?by=${by}`)}`;
}

function spreadSection({ spread: { users, payers, warned, lag }, today }: ExperienceAnswers): Html {
  return html`<ul class="measures">${shareLine('Users, mean place on the scale', users)}${shareLine('Payers', payers)}</ul>
${warned.length === 0 ? html`<p>No customer's users have fallen before its payers.</p>` : html`<p>Users have fallen and payers have not yet: the time to do something.</p><ul class="rows">${warned.slice(0, GROUPED).map(({ customer, name, usersFell }) => html`<li class="line"><a href="${customerPath(customer)}">${name ?? customer}</a> <span>users fell by ${momentOf(usersFell!, today.timeZone)}</span></li>`)}</ul>`}
${lag.n > 0 ? html`<p>Of ${plural(lag.n, 'customer')} whose users fell, payers followed at ${lag.followed}${lag.medianDays === null ? '' : `, in the median after ${plural(Math.round(lag.medianDays), 'day')}`}.</p>` : null}`;
}

function responseSection({ overall: { response: { rate, waiting, bias } } }: ExperienceAnswers): Html {
  const groups = [...bias.segment.map((each) => ({ ...each, what: 'segment' })), ...bias.role.map((each) => ({ ...each, what: 'role' }))].filter(({ difference: { low, high } }) => low !== null && high !== null && (low > 0 || high < 0));
  return html`<ul class="measures">${shareLine('Answered', rate, 'surveys that were due')}</ul>${waiting > 0 ? html`<p>${plural(waiting, 'survey')} sent lately and not counted yet.</p>` : null}
${groups.length === 0 ? html`<p>No segment or role answers clearly more or less than the others.</p>` : html`<ul class="plain">${groups.map(({ group, what, difference, asked, answered }) => html`<li>${what === 'segment' ? 'Segment' : 'Role'} ${group ?? 'not known'} answers ${difference.value! > 0 ? 'more' : 'less'} than the others: ${answered} of ${asked}, so it is heard too ${difference.value! > 0 ? 'much' : 'little'}.</li>`)}</ul>`}`;
}
