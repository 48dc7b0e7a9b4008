import { Query } from '@nestjs/cqrs';
import { csatOf, dateOfDay, dayOfDate, type Figure, npsByRespondent, proportion, slaKept, type Spread, spreadOf, topBoxOf } from '#insight';
import { assertPart } from '../part-unknown.js';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { recoverySettings } from '../recoveries/settings.js';
import { type Calendar, startOfDay } from '../tenant.js';
import { LEAST, shownAgents } from './agents.js';
import { explainedBy, type ExplainedFigure, type Explainable, FIGURES } from './explain.js';
import { type ExperienceGroup, grouped, hasTickets } from './grouped.js';
import { type Experience, loadExperience } from './load.js';
import { type Measures, measuresOf, rounded } from './measures.js';
import { missingIn } from './missing.js';
import { METHODS } from './methods.js';
import { type ExperienceWindow, isIn, windowOf, type WindowOptions } from './window.js';

export interface GetExperienceOptions extends WindowOptions {
  readonly by?: ExperienceGroup;
  /** Names the facts behind one figure: of all, or with `key` of one group. */
  readonly explain?: Explainable;
  readonly key?: string;
}

export interface ExperienceAnswers {
  readonly today: Calendar['today'];
  readonly from: string;
  readonly to: string;
  /** What had happened by then counts. */
  readonly asOf: string;
  readonly overall: Measures;
  /** Of each figure of `overall` that is null, what it would take. */
  readonly missing: Readonly<Record<Explainable, string | null>>;
  readonly by: ExperienceGroup | null;
  readonly groups: readonly (Measures & { readonly key: string | null })[];
  /** Agents with fewer tickets, or fewer answers, than `under` are not shown, nor those through whom one of these could be told; so many are not. The same holds for each figure of those that are. */
  readonly hidden: { readonly agents: number; readonly under: number } | null;
  /** Twelve stretches of the time, equal to a day; days where there are fewer. */
  readonly trend: readonly TrendPoint[];
  /** Answers by what the question was about, over the same stretches. */
  readonly subjects: readonly SubjectTrend[];
  readonly spread: Omit<Spread, 'warned'> & { readonly warned: readonly (Spread['warned'][number] & { readonly name: string | null })[] };
  /** How each figure is worked out. */
  readonly methods: Readonly<Record<string, string>>;
  readonly explained: ExplainedFigure | null;
}

export interface TrendPoint {
  readonly from: string;
  readonly to: string;
  readonly nps: Figure;
  readonly csat: Figure;
  readonly topBox: Figure;
  readonly slaKept: Figure;
  readonly tickets: number;
}

/** `key` null: nobody said what the question was about. */
export interface SubjectTrend {
  readonly key: string | null;
  readonly topBox: Figure;
  readonly csat: Figure;
  readonly trend: readonly Pick<TrendPoint, 'from' | 'to' | 'topBox' | 'csat'>[];
}

export class GetExperience extends Query<ExperienceAnswers> {
  constructor(readonly options: GetExperienceOptions) {
    super();
  }
}

const POINTS = 12;

export async function getExperience(model: ReadModelOptions, { by, explain, key, ...options }: GetExperienceOptions): Promise<ExperienceAnswers> {
  const { tenant } = options;
  return read(model.reader, tenant, async (sql) => {
    const window = await windowOf(sql, options, model.now());
    const experience = await loadExperience(sql, tenant, window);
    const measuring = { until: window.until, work: (await recoverySettings(sql, tenant)).calendar };
    const all = by === undefined ? new Map<string | null, Experience>() : grouped(experience, by);
    const parts = [...all].map(([name, part]) => ({ key: name, part, measures: measuresOf(part, { ...measuring, withTickets: hasTickets(by!) }) }));
    const { shown, isTold } = by === 'agent' ? shownAgents(parts) : { shown: parts, isTold: () => true };
    const { warned, ...spread } = spreadOf(experience.answers, window.until, (customer) => experience.customers.get(customer)?.status !== 'ended');
    const asked = explain === undefined || key === undefined ? null : partOf(shown, key, by);
    const named = asked === null || !isTold(key!, FIGURES[explain!]) ? null : asked;
    const overall = measuresOf(experience, { ...measuring, withTickets: true });
    return rounded({
      today: window.calendar.today, from: window.from, to: window.to, asOf: window.until,
      overall, missing: missingIn(overall), by: by ?? null,
      groups: shown.map(({ key: name, measures }) => ({ key: name, ...measures })).sort((a, b) => b.answers.n - a.answers.n || (b.tickets?.tickets ?? 0) - (a.tickets?.tickets ?? 0) || ((a.key ?? '') < (b.key ?? '') ? -1 : 1)),
      hidden: by === 'agent' ? { agents: parts.length - shown.length, under: LEAST } : null,
      trend: trendOf(experience, window), subjects: subjectsOf(experience, window), methods: METHODS,
      spread: { ...spread, warned: warned.map((account) => ({ ...account, name: experience.customers.get(account.customer)?.name ?? null })) },
      explained: explain === undefined ? null : await explainedBy(sql, tenant, { explain, part: key === undefined ? experience : named, window }),
    });
  });
}

/** @throws QueryRefused naming the groups that there are; who is not shown is no other than who is not there */
function partOf(shown: readonly { readonly key: string | null; readonly part: Experience }[], key: string, by: ExperienceGroup | undefined): Experience {
  if (by === undefined) throw new QueryRefused('invalid-parameter', 'key names a group: say `by` as well.', 'key');
  assertPart('key', key, shown.flatMap((each) => each.key ?? []).sort(), by);
  return shown.find((each) => each.key === key)!.part;
}

function trendOf(experience: Experience, window: ExperienceWindow): TrendPoint[] {
  const [first, last] = [dayOfDate(window.from), dayOfDate(window.to)];
  const [days, stretches] = [last - first + 1, Math.min(POINTS, last - first + 1)];
  return Array.from({ length: stretches }, (_, turn) => {
    const [from, to] = [turn, turn + 1].map((edge) => first + Math.floor((edge * days) / stretches)).map((day, place) => day - place) as [number, number];
    const part = { begins: startOfDay(from, window.calendar.dayOf), ends: startOfDay(to + 1, window.calendar.dayOf) };
    const answers = experience.answers.filter(({ at }) => isIn(part, at));
    const tickets = experience.tickets.filter(({ firstAt }) => isIn(part, firstAt));
    return {
      from: dateOfDay(from), to: dateOfDay(to), nps: npsByRespondent(answers.filter(({ kind }) => kind === 'nps')), csat: csatOf(answers), topBox: topBoxOf(answers),
      slaKept: proportion(tickets.filter(slaKept).length, tickets.length), tickets: tickets.length,
    };
  });
}

function subjectsOf(experience: Experience, window: ExperienceWindow): SubjectTrend[] {
  return [...grouped(experience, 'subject')].map(([key, part]) => ({
    key, topBox: topBoxOf(part.answers), csat: csatOf(part.answers), trend: trendOf(part, window).map(({ from, to, topBox, csat }) => ({ from, to, topBox, csat })),
  })).sort((a, b) => Number(a.key === null) - Number(b.key === null) || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
}
