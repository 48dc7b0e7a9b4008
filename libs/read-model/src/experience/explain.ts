import type { Sql } from '#event-store';
import { isDue, newestOfEach, positiveFrom } from '#insight';
import { answersTable } from '../answers/answers-table.js';
import { factsOfText } from '../entities/kept-facts.js';
import { liveEntities } from '../entities/live-entities.js';
import { ticketsTable } from '../tickets/tickets-table.js';
import type { Experience, HeardAnswer } from './load.js';
import type { ExperienceWindow } from './window.js';

/** Figures that can name the facts behind them. */
export const EXPLAINABLE = ['nps', 'top-box', 'csat', 'ces', 'xla', 'response', 'resolve', 'first-response', 'reopened', 'escalated', 'sla'] as const;
export type Explainable = (typeof EXPLAINABLE)[number];

/** Where among the measures each stands. */
export const FIGURES: Readonly<Record<Explainable, string>> = {
  nps: '/nps/respondent', 'top-box': '/topBox', csat: '/csat', ces: '/ces/easy', xla: '/xla/happiness', response: '/response/rate', resolve: '/tickets/resolve/wall', 'first-response': '/tickets/firstResponse/wall',
  reopened: '/tickets/reopened', escalated: '/tickets/escalated', sla: '/tickets/slaKept',
};

export interface ExplainedFigure {
  readonly figure: Explainable;
  /** Surveys or tickets that it is made from. */
  readonly of: number;
  /** The facts that made it, those of the first 500; `more`: so many surveys or tickets are left out. */
  readonly events: readonly { readonly source: string; readonly id: string; readonly type: string; readonly customer: string; readonly about: string }[];
  readonly more: number;
}

const MOST = 500;
const ANSWERED = ['survey.responded', 'survey.response-revised'];
const TICKET_FACTS: Readonly<Partial<Record<Explainable, readonly string[]>>> = {
  resolve: ['ticket.opened', 'ticket.paused', 'ticket.resumed', 'ticket.resolved', 'ticket.reopened', 'ticket.closed'], 'first-response': ['ticket.opened', 'ticket.replied', 'ticket.resolved', 'ticket.closed'],
  reopened: ['ticket.resolved', 'ticket.reopened'], escalated: ['ticket.opened', 'ticket.escalated'], sla: ['ticket.opened', 'ticket.sla-missed'],
};

interface Asked { readonly explain: Explainable; readonly part: Experience | null; readonly window: ExperienceWindow }

/** The facts behind a figure: of each survey the answer that counts, of each ticket those that say it. */
export async function explainedBy(sql: Sql, tenant: string, { explain, part, window }: Asked): Promise<ExplainedFigure> {
  const things = part === null ? [] : thingsOf(explain, part, window.until);
  const shown = things.slice(0, MOST);
  const types = TICKET_FACTS[explain];
  const rows = await sql.query<{ customer: string; entity: string; facts: string }>(
    `select customer, entity, facts from ${await liveEntities(sql, types ? ticketsTable : answersTable)} where tenant = $1 and (customer, entity) in (select * from unnest($2::text[], $3::text[])) order by customer, entity`,
    [tenant, shown.map(({ customer }) => customer), shown.map(({ id }) => id)]);
  const events = rows.flatMap(({ customer, entity, facts }) => {
    const then = factsOfText(tenant, facts).filter(({ occurredAt }) => !window.past || Date.parse(occurredAt) <= Date.parse(window.until));
    const counted = types ? then.filter(({ type }) => types.includes(type)) : [...then.filter(({ type }) => explain === 'response' && type === 'survey.sent'), ...then.filter(({ type }) => ANSWERED.includes(type)).slice(-1)];
    return counted.map(({ source, id, type }) => ({ source, id, type, customer, about: entity }));
  });
  return { figure: explain, of: things.length, events, more: things.length - shown.length };
}

/** The things that are counted, and no others: `of` is the n of the figure; of times it has what still waits as well, which medians know. */
function thingsOf(explain: Explainable, { answers, askings, tickets }: Experience, until: string): { customer: string; id: string }[] {
  if (TICKET_FACTS[explain]) return tickets.filter(({ opened, everResolved }) => (explain === 'reopened' ? everResolved : opened !== null || !TIMES.has(explain))).map(({ customer, id }) => ({ customer, id }));
  if (explain === 'response') return askings.filter((asking) => isDue(asking, until)).map(({ customer, survey }) => ({ customer, id: survey }));
  return answersOf(explain, answers).map(({ customer, survey }) => ({ customer, id: survey }));
}

const TIMES: ReadonlySet<Explainable> = new Set(['resolve', 'first-response']);

/** Net scores have the newest answer of each person; lost time and mean effort have all that tell it, CSAT those that are judged. */
function answersOf(explain: Explainable, answers: readonly HeardAnswer[]): readonly Pick<HeardAnswer, 'customer' | 'survey'>[] {
  const own = answers.filter(({ kind }) => explain === 'top-box' || kind === explain);
  if (explain === 'nps') return newestOfEach(own);
  if (explain === 'csat') return own.filter((answer) => positiveFrom(answer) !== null);
  if (explain !== 'xla') return own;
  const newest = new Set(newestOfEach(own).map(({ survey }) => survey));
  return own.filter(({ survey, lostMinutes }) => lostMinutes !== null || newest.has(survey));
}
