import { Query } from '@nestjs/cqrs';
import type { Sql } from '#event-store';
import { dayOfDate, type Mention, type Pain, painsOf, severityOfTicket, type Theme } from '#insight';
import { type AnswerRow, answersTable } from '../answers/answers-table.js';
import { toldOf } from '../answers/told-of.js';
import { liveEntities } from '../entities/live-entities.js';
import { read, type ReadModelOptions } from '../reading.js';
import { type Calendar } from '../tenant.js';
import { themesOf } from '../themes/themes-of.js';
import { LEAST_CODED, learntFrom, toldThemes, type WrittenAnswer } from '../themes/told-themes.js';
import { customersOf, type ExperienceCustomer } from './load.js';
import { rounded } from './measures.js';
import { NOW } from './methods.js';
import { type Keyed, rowsAt } from './rows-at.js';
import { ticketsTable } from '../tickets/tickets-table.js';
import { type ExperienceWindow, windowOf, type WindowOptions } from './window.js';

export interface PainAnswer {
  readonly today: Calendar['today'];
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  /** The worst first. `label`: the theme's, or the category as tickets have it. */
  readonly pains: readonly (Pain & { readonly label: string })[];
  /** Answers with words that are not excellent, of these such as no theme fits, and those whose words were erased. */
  readonly words: { readonly answers: number; readonly withoutTheme: number; readonly erased: number };
  /** Who told what words are about: people, the model, or the words of a theme. */
  readonly told: { readonly own: boolean; readonly coded: number; readonly leastCoded: number; readonly learnt: readonly { readonly theme: string; readonly support: number; readonly precision: number; readonly recall: number; readonly f1: number }[] };
  readonly method: string;
}

export class GetPain extends Query<PainAnswer> {
  constructor(readonly options: WindowOptions) {
    super();
  }
}

const DAYS = 365;
const METHOD = 'Mentions: answers that are not excellent and speak of a theme (severity: how far from the best answer), and tickets of a category (severity: low 0.25, normal 0.5, high 0.75, urgent 1; 1 where it came back or was escalated). '
  + 'Pain: over all mentions, severity x what the customer pays a year: a weight to rank by, not money, as an amount counts once a mention. Customers: of those with a subscription in the time. Growing or fading: the share of mentions in the second half of the time is more or less than half beyond chance (Wilson, 95 %). ' + NOW;

export async function getPain(model: ReadModelOptions, options: WindowOptions): Promise<PainAnswer> {
  const { tenant } = options;
  const found = await read(model.reader, tenant, async (sql) => {
    const window = await windowOf(sql, options, model.now(), DAYS);
    const answers = (await rowsAt(sql, answersTable, tenant, window, { by: ['answered_at'] })).filter(({ has_words, verdict }) => has_words && verdict !== 'excellent');
    const tickets = (await rowsAt(sql, ticketsTable, tenant, window, { by: ['first_at'] })).filter(({ category }) => category !== null);
    return { window, answers, tickets, customers: await customersOf(sql, tenant), ...await themesOf(sql, tenant), written: await writtenOf(model, sql, tenant, answers, window) };
  });
  const { window, answers, tickets, customers, themes, own, written } = found;
  // Learning takes a while: no connection is held meanwhile.
  const learnt = await learntFrom(tenant, [...written.values()], themes);
  const labelled = labels(themes);
  const ofWords = answers.flatMap((row): Mention[] => {
    const answer = written.get(keyOf(row));
    return answer ? toldThemes(answer, themes, learnt).map((theme) => ({ theme, customer: row.customer, at: row.answered_at!, severity: 1 - row.share!, of: { kind: 'survey', id: row.entity } })) : [];
  });
  const ofTickets = tickets.flatMap((row): Mention[] => themesOfCategory(row.category!, themes).map((theme) => ({ theme, customer: row.customer, at: row.first_at, severity: severityOfTicket(row), of: { kind: 'ticket', id: row.entity } })));
  const mentions = [...ofWords, ...ofTickets];
  const could = new Set([...mentions.map(({ customer }) => customer), ...[...customers.values()].filter((customer) => wasThere(customer, window)).map(({ id }) => id)]);
  const pains = painsOf(mentions, { from: window.begins, until: window.ends < window.until ? window.ends : window.until, customers: could.size, arrOf: (customer) => customers.get(customer)?.arr ?? null });
  const themed = new Set(ofWords.map(({ customer, of }) => keyOf({ customer, entity: of.id })));
  const erased = answers.filter((row) => !written.has(keyOf(row))).length;
  return rounded({
    today: window.calendar.today, from: window.from, to: window.to, asOf: window.until, method: METHOD, pains: pains.map((pain) => ({ ...pain, label: labelled(pain.theme) })),
    words: { answers: answers.length, withoutTheme: answers.length - erased - themed.size, erased },
    told: { own, coded: [...written.values()].filter(({ coded }) => coded !== null).length, leastCoded: LEAST_CODED, learnt: learnt?.themes.map(({ theme, heldOut }) => ({ theme, ...heldOut })) ?? [] },
  });
}

/** Whoever had a subscription in the time could have said something; of a customer that never had one nothing else is known than what it is today. */
function wasThere({ status, served }: ExperienceCustomer, { from, to }: ExperienceWindow): boolean {
  if (status === 'merged' || status === 'retracted') return false;
  return served.length === 0 ? status === 'active' : served.some(({ startedOn, endedOn }) => startedOn <= dayOfDate(to) && (endedOn === null || endedOn >= dayOfDate(from)));
}

const keyOf = ({ customer, entity }: { readonly customer: string; readonly entity: string }): string => JSON.stringify([customer, entity]);

/** What was written in the answers of the window, and in all that people coded: those are learnt from. Opened for this answer only. */
async function writtenOf(model: ReadModelOptions, sql: Sql, tenant: string, answers: readonly Keyed<AnswerRow>[], { until }: ExperienceWindow): Promise<ReadonlyMap<string, WrittenAnswer>> {
  const coded = await sql.query<Keyed<AnswerRow>>(`select customer, entity, contact, themes from ${await liveEntities(sql, answersTable)} where tenant = $1 and themes is not null and has_words`, [tenant]);
  const rows = new Map([...answers, ...coded].map((row) => [keyOf(row), row]));
  const told = await toldOf(model, sql, tenant, [...new Set([...rows.values()].map(({ customer }) => customer))], ['survey.responded', 'survey.response-revised']);
  const words = new Map([...told].flatMap(([customer, events]) => events.flatMap(({ occurredAt, data }) => (
    typeof data['verbatim'] === 'string' && Date.parse(occurredAt) <= Date.parse(until) ? [[keyOf({ customer, entity: String(data['survey']) }), data['verbatim']] as const] : []))));
  return new Map([...rows].flatMap(([key, { customer, entity, contact, themes }]) => (
    words.has(key) ? [[key, { customer, survey: entity, by: JSON.stringify([customer, contact ?? { entity }]), words: words.get(key)!, coded: themes }] as const] : [])));
}

/** The themes that name the category; where none does, the category itself. */
function themesOfCategory(category: string, themes: readonly Theme[]): string[] {
  const named = themes.filter(({ categories }) => categories.some((each) => each.toLowerCase() === category.toLowerCase())).map(({ id }) => id);
  return named.length > 0 ? named : [`category:${category}`];
}

const labels = (themes: readonly Theme[]) => (theme: string): string => themes.find(({ id }) => id === theme)?.label ?? theme.replace(/^category:/, '');
