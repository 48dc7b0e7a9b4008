import { registerOf } from '../demand/register.js';
import { revenueFigures } from '../revenue/portfolio.js';
import { plural } from '../words.js';
import { painsIn } from './asks.js';
import { type Block, number, type Page, type TableBlock, text } from './block.js';
import { isWithin, type ReportBook, worth } from './book.js';
import { calledOf } from './called.js';
import { lostTable } from './lost.js';
import { figureOf, missingOf } from './figure.js';
import { attentionOf } from './attention.js';
import { MORE_FIGURES, meetingsWithin, viewsIn } from './more-figures.js';
import { chanceWords, minorPer, moneyWords, wholeWords } from './words.js';

const ROWS = 10;
const column = (name: string, isNumber = false) => ({ name, isNumber });
const figure = (book: ReportBook, id: string): Block => ({ kind: 'figure', figure: figureOf(MORE_FIGURES.find((definition) => definition.id === id)!, book) });
const top = <T>(rows: readonly T[], cells: (row: T) => TableBlock['rows'][number]): Pick<TableBlock, 'rows' | 'more'> => ({ rows: rows.slice(0, ROWS).map(cells), more: Math.max(0, rows.length - ROWS) });
const untold = (book: ReportBook, types: readonly string[]): string | null => missingOf({ needs: [types] }, book.types);

/** What moved ARR, who is at risk, and who was kept. */
export function riskPage(book: ReportBook): Page {
  const money = (amount: number) => moneyWords(amount, book.currency);
  const atRisk = book.accounts.flatMap(({ customer, name, leftSince, risk, arr }) => (risk === null || worth(book, arr) === 0 ? [] : [{ customer, name, leftSince, risk, amount: worth(book, arr), lost: Math.round(worth(book, arr) * risk) }]))
    .sort((a, b) => b.lost - a.lost || (a.customer < b.customer ? -1 : 1));
  const saved = book.accounts.flatMap(({ customer, name, saved: own, arr, status }) => own.filter(({ at }) => isWithin(book.spans[0]!, at)).map((one) => ({ ...one, customer, name, status, amount: worth(book, arr) }))).sort((a, b) => b.amount - a.amount || (a.at < b.at ? -1 : 1));
  const missing = untold(book, ['subscription.started']);
  return {
    id: 'risk', title: 'At risk and saved', blocks: [
      ...waterfall(book, money),
      ...(missing ? [{ kind: 'sentence' as const, text: `Who is at risk: ${missing}.` }] : [{
        kind: 'table' as const, id: 'at risk', title: `${money(atRisk.reduce((sum, { lost }) => sum + lost, 0))} a year at risk within 90 days`, none: 'Nobody who pays may leave.', ...top(atRisk, (one) => [text(calledOf(one)), number(money(one.amount), one.amount), number(chanceWords(one.risk), one.risk), number(money(one.lost), one.lost)]),
        columns: [column('Customer'), column('Pays a year', true), column('Chance to leave', true), column('At risk', true)],
      }]),
      lostTable(book),
      {
        kind: 'table', id: 'saved', title: 'Saved in the quarter', none: untold(book, ['subscription.cancellation-withdrawn', 'task.done']) ?? 'Nobody took a notice back, and no task was done with the outcome saved.',
        columns: [column('Customer'), column('How'), column('On'), column('Pays a year', true), column('Fact')], ...top(saved, (one) => [text(one.name ?? one.customer), text(one.how), text(one.at.slice(0, 10)), number(money(one.amount), one.amount), text(`${one.event.source}/${one.event.id}`)]),
      },
    ],
  };
}

function waterfall(book: ReportBook, money: (amount: number) => string): Block[] {
  if (untold(book, ['subscription.started'])) return [];
  const { waterfall: of } = revenueFigures(book.ledgers[0]!, book.policy);
  const moves = [['new', of.new, 1], ['expansion', of.expansion, 1], ...(of.escalator === 0 ? [] : [['agreed rises', of.escalator, 1] as const]), ['reactivation', of.reactivation, 1], ['contraction', of.contraction, -1], ['churn', of.churn, -1]] as const;
  const change = of.end - of.start;
  const marks = [{ name: 'start', value: of.start, label: money(of.start) }, ...moves.map(([name, value, sign]) => ({ name, value: sign * value + 0, label: `${value === 0 ? '' : sign * value > 0 ? '+' : '−'}${money(Math.abs(value))}` })), { name: 'end', value: of.end, label: money(of.end) }];
  return [{ kind: 'chart', id: 'arr', shape: 'waterfall', axis: `ARR, ${book.currency}`, per: minorPer(book.currency), title: `ARR ${change === 0 ? 'stayed at' : `${change > 0 ? 'grew' : 'shrank'} by ${money(Math.abs(change))} to`} ${money(of.end)}`, alt: marks.map(({ name, label }) => `${name} ${label}`).join('; '), marks }];
}

/** What hurts, and what was found to be the cause. */
export function painPage(book: ReportBook): Page {
  const pains = painsIn(book);
  const missing = untold(book, ['ticket.opened', 'survey.themed']);
  const causes = new Map<string, { n: number; prevented: number; customers: Set<string> }>();
  for (const { customer, recoveries } of book.accounts) for (const { cause, since, prevention } of recoveries) {
    if (cause === null || !isWithin(book.spans[0]!, since)) continue;
    const own = causes.get(cause.toLowerCase()) ?? { n: 0, prevented: 0, customers: new Set() };
    causes.set(cause.toLowerCase(), { n: own.n + 1, prevented: own.prevented + (prevention && prevention.noneBecause === null ? 1 : 0), customers: own.customers.add(customer) });
  }
  const worst = pains.slice(0, ROWS);
  // What ranks them is drawn; where nobody pays anything, mentions do.
  const isMoney = worst.some(({ pain }) => (pain?.amount ?? 0) > 0);
  const score = (pain: (typeof pains)[number]['pain']) => moneyWords(pain?.amount ?? 0, pain?.currency ?? book.currency);
  return {
    id: 'pains', title: 'What hurts, and why', blocks: [
      ...(worst.length === 0 ? [{ kind: 'sentence' as const, text: missing ? `What hurts: ${missing}.` : 'Nothing was said to hurt in the quarter.' }] : [{
        kind: 'chart' as const, id: 'pains', shape: 'bars' as const, axis: isMoney ? `severity times ${book.currency} a year` : 'mentions in the quarter', per: isMoney ? minorPer(book.currency) : 1,
        title: `${worst[0]!.theme} hurts most: ${isMoney ? `${score(worst[0]!.pain)} of severity times yearly amount, ` : ''}${plural(worst[0]!.mentions, 'mention')}, ${worst[0]!.trend.says}`, alt: worst.map(({ theme, mentions, pain }) => `${theme}: ${isMoney ? `${score(pain)}, ` : ''}${plural(mentions, 'mention')}`).join('; '),
        marks: worst.map(({ theme, mentions, pain }) => (isMoney ? { name: theme, value: pain?.amount ?? 0, label: score(pain) } : { name: theme, value: mentions, label: String(mentions) })),
      }]),
      {
        kind: 'table', id: 'pains', title: 'Points of pain, worst first', none: missing ?? 'None.', columns: [column('About'), column('Mentions', true), column('Customers', true), column('Severity of 1', true), column('ARR of these', true), column('Severity times ARR', true), column('Trend')],
        ...top(pains, ({ theme, mentions, customers, severity, arr, pain, trend }) => [text(theme), number(String(mentions), mentions), number(`${Math.round((customers.value ?? 0) * customers.n)} of ${customers.n}`, customers.value), number((severity.value ?? 0).toFixed(2), severity.value), number(moneyWords(arr.reduce((sum, { amount }) => sum + amount, 0), book.currency), arr.reduce((sum, { amount }) => sum + amount, 0)), pain === null ? number('not measured', null) : number(score(pain), pain.amount), text(trend.says)]),
      },
      { kind: 'sentence', quiet: true, text: 'The worst has most of severity times ARR: of each mention its severity times what its customer pays a year, added up. Who mentions it twice counts twice, so it is not the mean severity times the ARR of these. From the categories of tickets, and from what people of ours said that answers are about; words that customers wrote are not opened, so that the report stays the same when a person is erased.' },
      {
        kind: 'table', id: 'causes', title: 'Causes found', none: untold(book, ['recovery.cause-identified']) ?? 'None was found of what was opened in the quarter.', columns: [column('Cause'), column('Recoveries', true), column('Customers', true), column('With a prevention', true)],
        ...top([...causes].sort((a, b) => b[1].n - a[1].n || (a[0] < b[0] ? -1 : 1)), ([cause, { n, prevented, customers }]) => [text(cause), number(String(n), n), number(String(customers.size), customers.size), number(String(prevented), prevented)]),
      },
    ],
  };
}

/** What customers ask for, and what we promised. */
export function demandPage(book: ReportBook): Page {
  const all = book.accounts.flatMap(({ requests }) => requests);
  const { themes, total } = registerOf(all, book.window.asOf, 'arr');
  const delivered = (requests: readonly (typeof all)[number][]) => requests.filter(({ deliveredAt }) => deliveredAt !== null).length;
  const inMoney = (amounts: Parameters<typeof worth>[1] | null) => (amounts === null ? number('not measured', null) : number(moneyWords(worth(book, amounts), book.currency), worth(book, amounts)));
  const missing = untold(book, ['feedback.request-raised']);
  const late = book.accounts.flatMap(({ name, customer, promises, arr }) => promises.filter(({ state }) => state === 'overdue' || state === 'broken').map((one) => ({ ...one, customer, name, amount: worth(book, arr) }))).sort((a, b) => b.amount - a.amount || (a.madeAt < b.madeAt ? -1 : 1));
  return {
    id: 'demand', title: 'What they ask for, and what we promised', blocks: [
      { kind: 'sentence', text: missing ? `What customers ask for: ${missing}.` : total.requests === 0 ? 'Nobody has asked for anything so far.' : `${plural(total.requests, 'request')} of ${plural(total.accounts, 'customer')} so far; answered: ${wholeWords(total.answered)}, delivered: ${wholeWords(delivered(all))}, told to the customer: ${wholeWords(total.told)}.` },
      {
        kind: 'table', id: 'demand', title: 'Requests by theme, by what those who ask pay', none: missing ?? 'None.', columns: [column('Theme'), column('Requests', true), column('Customers', true), column('ARR', true), column('ARR at risk', true), column('Answered', true), column('Delivered', true), column('Told', true)],
        ...top(themes, (one) => [text(one.theme ?? 'no theme said'), number(String(one.requests), one.requests), number(String(one.accounts), one.accounts), inMoney(one.arr), inMoney(one.arrAtRisk), number(String(one.answered), one.answered), number(String(delivered(one.items)), delivered(one.items)), number(String(one.told), one.told)]),
      },
      { kind: 'sentence', quiet: true, text: 'Answered: a department of ours said yes or no. Delivered: an initiative that names the request is there for that customer. Told: the customer heard of either. Told also counts who heard of what was delivered without an answer before, so it may be more than answered. A request of two themes counts in both.' },
      { kind: 'heading', level: 2, text: 'Promises' },
      figure(book, 'promises-kept'),
      {
        kind: 'table', id: 'promises', title: 'Promises broken, or past their day', none: untold(book, ['promise.made']) ?? 'None.', columns: [column('Customer'), column('Promise'), column('Due'), column('State'), column('Pays a year', true)],
        ...top(late, (one) => [text(one.name ?? one.customer), text(one.what === null ? one.promise : `${one.what} (${one.promise})`), text(one.dueOn ?? ''), text(one.state), number(moneyWords(one.amount, book.currency), one.amount)]),
      },
    ],
  };
}

/** The appendix: how far what is known of customers is used. */
export function maturityPage(book: ReportBook): Page {
  const decisions = book.company.decisions.filter(({ state }) => state !== 'asked').toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const roles = new Map<string, Set<string>>();
  const meetings = meetingsWithin(book, 0);
  const looks = viewsIn(book, 0);
  for (const { role, viewer } of looks) roles.set(role, (roles.get(role) ?? new Set()).add(viewer));
  return {
    id: 'maturity', title: 'Appendix: how what we know of customers is used', blocks: [
      ...['decisions-with-evidence', 'decisions-corporate', 'sponsor-coverage', 'answer-to-action', 'report-views', 'attention-share', 'attention-minutes'].map((id) => figure(book, id)),
      {
        kind: 'table', id: 'decisions', title: 'Decisions recorded', none: untold(book, ['company.decision-recorded']) ?? 'None was taken or declined.', columns: [column('Decision'), column('State'), column('Binds'), column('On'), column('Evidence', true)],
        ...top(decisions, ({ decision, what, state, level, at, evidence }) => [text(`${decision}: ${what}`), text(state), text(level === 'corporate' ? 'the company' : 'daily work'), text(at.slice(0, 10)), number(String(evidence.length), evidence.length)]),
      },
      {
        kind: 'table', id: 'meetings', title: 'Meetings of the board and the management', none: untold(book, ['company.meeting-held']) ?? 'None of the quarter was recorded.', columns: [column('Meeting'), column('Who met'), column('On'), column('Minutes', true), column('On customers', true), column('Topics about customers'), column('Fact')],
        ...top(meetings, (one) => {
          const { minutes, onCustomers } = attentionOf([one]);
          const topics = one.agenda.filter(({ aboutCustomers }) => aboutCustomers).map(({ topic, decision }) => (decision === undefined ? topic : `${topic} (${decision})`));
          return [text(one.meeting), text(one.body === 'board' ? 'the board' : 'the management'), text(one.heldOn), number(String(minutes), minutes), number(String(onCustomers), onCustomers), text(topics.join('; ') || 'none'), text(`${one.event.source}/${one.event.id}`)];
        }),
      },
      {
        kind: 'table', id: 'readers', title: 'Who reads this', none: untold(book, ['company.report-viewed']) ?? 'Nobody looked at a published report in the quarter.', columns: [column('Role'), column('People', true), column('Looks', true)],
        ...top([...roles].sort((a, b) => (a[0] < b[0] ? -1 : 1)), ([role, people]) => [text(role), number(String(people.size), people.size), number(String(looks.filter((look) => look.role === role).length), looks.filter((look) => look.role === role).length)]),
      },
    ],
  };
}
