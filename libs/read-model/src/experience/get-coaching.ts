import { Query } from '@nestjs/cqrs';
import { beforeAfter, type Coaching, type CoachingFigures, coachingsIn, dateOfDay, dayOfDate } from '#insight';
import type { WorkingCalendar } from '#journey';
import { assertPart } from '../part-unknown.js';
import { read, type ReadModelOptions } from '../reading.js';
import { recoverySettings } from '../recoveries/settings.js';
import { companyFacts } from '../report/gather.js';
import { type Calendar, startOfDay } from '../tenant.js';
import { shownAgents } from './agents.js';
import { explainedBy, type ExplainedFigure, FIGURES } from './explain.js';
import { grouped } from './grouped.js';
import { type Experience, loadExperience } from './load.js';
import { measuresOf, rounded } from './measures.js';
import { type ExperienceWindow, isIn, windowOf, type WindowOptions } from './window.js';

export interface CoachingOptions extends WindowOptions {
  /** Days before, and as many after. */
  readonly days?: number;
  /** Names the answers behind the shares of excellent ones before and after this coaching. */
  readonly explain?: string;
}

interface Stretch { readonly from: string; readonly to: string; readonly tickets: number }

export interface CoachingLine extends Coaching {
  /** Tickets that were opened then. */
  readonly before: Stretch;
  readonly after: Stretch;
  readonly figures: CoachingFigures;
  /** The same of all other queues or agents: what changed there was not coached by this. */
  readonly others: CoachingFigures;
}

export interface CoachingAnswer {
  readonly today: Calendar['today'];
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly days: number;
  /** Those given from `from` to `to`, the newest first. */
  readonly coachings: readonly CoachingLine[];
  /** How many of them can be told of. */
  readonly coverage: { readonly measured: number; readonly of: number };
  readonly missing: string | null;
  readonly method: string;
  readonly explained: { readonly before: ExplainedFigure; readonly after: ExplainedFigure } | null;
}

export class GetCoaching extends Query<CoachingAnswer> {
  constructor(readonly options: CoachingOptions) {
    super();
  }
}

const YEAR = 365;
const DAYS = 90;
const AGENT = 'not told: of an agent only what stands on 30 tickets and 30 answers, before and after, and tells nobody of whom less is known';
const METHOD = 'Answers about tickets of the agent or queue, counted where the ticket was opened and the answer given in the same stretch: as many days before the day of the coaching as after it; the day itself is in neither. Shares: Wilson; difference: after less before (Newcombe). '
  + 'Below 30 answers on either side no share is told, nor before the time after is over. It is what changed, not what the coaching did: nobody drew lots who was coached, and whoever is coached after bad weeks gets better anyway. Beside it the same of all others.';

/** What customers said before and after somebody of ours was coached. @throws QueryRefused naming the parameter */
export async function getCoaching(model: ReadModelOptions, { days = DAYS, explain, ...options }: CoachingOptions): Promise<CoachingAnswer> {
  const { tenant } = options;
  return read(model.reader, tenant, async (sql) => {
    const asked = await windowOf(sql, options, model.now(), YEAR);
    const coachings = coachingsIn(await companyFacts(sql, tenant)).filter(({ givenOn }) => givenOn >= asked.from && givenOn <= asked.to && dayOfDate(givenOn) <= asked.calendar.dayOf(asked.until));
    if (explain !== undefined) assertPart('explain', explain, coachings.map(({ coaching }) => coaching), 'coaching');
    // What lies around all of them is read once.
    const around: ExperienceWindow = { ...asked, begins: startOfDay(dayOfDate(asked.from) - days, asked.calendar.dayOf), ends: startOfDay(dayOfDate(asked.to) + days + 1, asked.calendar.dayOf) };
    const experience = await loadExperience(sql, tenant, around);
    const { calendar: work } = await recoverySettings(sql, tenant);
    const found = coachings.map((coaching) => lineOf(coaching, { experience, window: around, days, work }));
    const named = found.find(({ line }) => line.coaching === explain && line.figures.topBox.missing === null);
    const explained = async (part: Experience | null) => explainedBy(sql, tenant, { explain: 'top-box', part, window: around });
    return rounded({
      today: asked.calendar.today, from: asked.from, to: asked.to, asOf: asked.until, days, coachings: found.map(({ line }) => line), coverage: { measured: found.filter(({ line }) => line.figures.topBox.missing === null).length, of: found.length },
      missing: found.length === 0 ? 'not measured; needs company.coaching-given' : null, method: METHOD, explained: explain === undefined ? null : { before: await explained(named?.before ?? null), after: await explained(named?.after ?? null) },
    });
  });
}

interface Around { readonly experience: Experience; readonly window: ExperienceWindow; readonly days: number; readonly work: WorkingCalendar }

function lineOf(coaching: Coaching, { experience, window, days, work }: Around): { line: CoachingLine; before: Experience; after: Experience } {
  const day = dayOfDate(coaching.givenOn);
  const stretches = [[day - days, day - 1], [day + 1, day + days]] as const;
  const [before, after] = stretches.map(([first, last]) => partOf(experience, { begins: startOfDay(first, window.calendar.dayOf), ends: startOfDay(last + 1, window.calendar.dayOf) })) as [Experience, Experience];
  const [own, rest] = [true, false].map((isOwn) => [before, after].map((part) => ofWhom(part, coaching, isOwn))) as [[Experience, Experience], [Experience, Experience]];
  const isOver = window.until >= startOfDay(day + days + 1, window.calendar.dayOf);
  const told = coaching.of === 'queue' ? [] : [before, after].map((part) => toldOf(part, { until: window.until, work }));
  const why = (figure: 'top-box' | 'csat') => (!isOver ? `not measured yet: the time after ends on ${dateOfDay(day + days)}` : told.every((isTold) => isTold(coaching.who, FIGURES[figure])) ? null : AGENT);
  const withheld = { topBox: why('top-box'), csat: why('csat') };
  const said = (place: 0 | 1): Stretch => ({ from: dateOfDay(stretches[place][0]), to: dateOfDay(stretches[place][1]), tickets: own[place].tickets.length });
  return { before: own[0], after: own[1], line: { ...coaching, before: said(0), after: said(1), figures: beforeAfter(own[0].answers, own[1].answers, withheld), others: beforeAfter(rest[0].answers, rest[1].answers, withheld) } };
}

/** Tickets opened in a stretch, and the answers given in it about them. */
function partOf({ customers, tickets, answers }: Experience, stretch: Pick<ExperienceWindow, 'begins' | 'ends'>): Experience {
  return { customers, askings: [], tickets: tickets.filter(({ firstAt }) => isIn(stretch, firstAt)), answers: answers.filter(({ at, about }) => about !== null && isIn(stretch, at) && isIn(stretch, about.firstAt)) };
}

/** Those of whom it is not known belong to nobody. */
function ofWhom({ tickets, answers, ...part }: Experience, { of, who }: Coaching, isOwn: boolean): Experience {
  const counts = (name: string | null) => name !== null && (name === who) === isOwn;
  return { ...part, tickets: tickets.filter((ticket) => counts(ticket[of])), answers: answers.filter(({ about }) => counts(about![of])) };
}

/** Which figures of which agents would be told, were they told apart. */
function toldOf(part: Experience, { until, work }: { readonly until: string; readonly work: WorkingCalendar }): (key: string, figure: string) => boolean {
  return shownAgents([...grouped(part, 'agent')].map(([key, own]) => ({ key, part: own, measures: measuresOf(own, { until, work, withTickets: false }) }))).isTold;
}
