import { Query } from '@nestjs/cqrs';
import { alteredStory, type ChurnModel, converterOf, type ExchangeRates, factsOfIncident, HEADLINE, INCIDENT_TYPES, type Incident, incidentFigures, type IncidentFigures, profileOf, riskAt, type ToldEvent } from '#insight';
import { effectiveEvents } from '#journey';
import type { ModelInShort } from '../churn/churn-risk-answer.js';
import { whichModel } from '../churn/which-model.js';
import { computable } from '../health/held.js';
import { knownOf, knownUntil } from '../health/known.js';
import { momentOf } from '../health/moments.js';
import { type Moment, sheetOf, toldBy } from '../health/told-by.js';
import { read, type ReadModelOptions } from '../reading.js';
import { type Calendar, calendarOf } from '../tenant.js';
import { breather } from '../whole-history/breathing.js';
import { tenantStories } from '../whole-history/stories.js';
import { ratesFor, revenueSettings } from './settings.js';

export interface IncidentsOptions {
  readonly tenant: string;
  readonly incident: Incident;
  /** Those within so many days before `asOf`; default 365. */
  readonly days?: number;
  readonly asOf?: string;
  readonly knownAt?: string;
  /** 1 to 200, default 50: so many customers are told. */
  readonly limit?: number;
}

export interface IncidentsAnswer {
  readonly today: Calendar['today'];
  readonly asOf: string;
  readonly knownAt: string;
  readonly incident: Incident;
  readonly days: number;
  /** Customers whom one touched; of these are in no figure who has left or is no customer yet, and who pays nothing that can be converted. */
  readonly touched: number;
  readonly withoutRisk: number;
  readonly unconverted: number;
  readonly currency: string | null;
  readonly rates: ExchangeRates | null;
  /** Null: nobody of whom anything can be said was touched, and `missing` says what it would take. */
  readonly figures: IncidentFigures | null;
  readonly missing: string | null;
  /** Those of whom the model says most first. */
  readonly customers: readonly IncidentCustomer[];
  readonly more: number;
  readonly model: ModelInShort;
  readonly says: string;
}

export interface IncidentCustomer {
  readonly customer: string;
  readonly name: string | null;
  readonly arr: number;
  readonly probability: number;
  readonly withoutProbability: number;
  /** What it adds to the difference. */
  readonly amount: number;
  readonly events: readonly { readonly source: string; readonly id: string; readonly type: string }[];
}

export class GetIncidents extends Query<IncidentsAnswer> {
  constructor(readonly options: IncidentsOptions) {
    super();
  }
}

const DAY = 86_400_000;
const SAYS = `What the model says of it, customer by customer: ARR times the chance to leave within ${HEADLINE} days, less the same had these facts not been told. A model learns what goes with leaving, not what makes customers leave; what would have been is not known.`;

/** From the log, at the rates in force at `asOf`: the what-if of every customer whom an incident of a class touched. */
export async function getIncidents(model: ReadModelOptions, { tenant, incident, days = 365, limit = 50, ...asked }: IncidentsOptions): Promise<IncidentsAnswer> {
  const known = await knownUntil(model.reader, asked.knownAt);
  const { calendar, moment, churn, short, settings } = await read(model.reader, tenant, async (sql) => {
    const now = await calendarOf(sql, tenant, model.now());
    const then = { asOf: momentOf(asked.asOf, 'asOf', now), knownAt: knownOf(asked.knownAt, now, known), dayOf: now.dayOf };
    const decidedAt = asked.knownAt === undefined ? undefined : then.knownAt;
    const { model: inForce, short: told } = await whichModel(sql, tenant, { knownAt: decidedAt });
    return { calendar: now, moment: then, churn: inForce, short: told, settings: await revenueSettings(sql, tenant, decidedAt) };
  });
  const until = Date.parse(moment.asOf);
  const touched: Touched[] = [];
  const breathe = breather();
  for await (const { customer, events } of tenantStories(model.reader, { tenant, upTo: Number.MAX_SAFE_INTEGER, knownAt: moment.knownAt })) {
    await breathe();
    const { value } = computable(events, (story) => touchedBy(churn, story, factsOfIncident(effectiveEvents(story), incident, { since: until - days * DAY, until }), moment));
    if (value) touched.push({ customer, ...value });
  }
  const currencies = touched.flatMap(({ arr }) => arr.map(({ currency }) => currency));
  const rates = ratesFor(settings, moment.dayOf(moment.asOf), settings.policy.currency, [...new Set(currencies)].sort((a, b) => countOf(currencies, b) - countOf(currencies, a) || (a < b ? -1 : 1))[0] ?? null);
  const convert = rates ? converterOf(rates) : () => null;
  const running = touched.filter(({ before, after }) => before !== null && after !== null);
  const cases = running.flatMap(({ arr, before, after, ...who }) => {
    const amounts = arr.flatMap((each) => convert(each) ?? []);
    if (amounts.length === 0) return [];
    const whole = amounts.reduce((sum, amount) => sum + amount, 0);
    return [{ who, before: before!, after: after!, arr: whole, atRisk: Math.round(whole * before!), without: Math.round(whole * after!) }];
  }).sort((a, b) => (b.atRisk - b.without) - (a.atRisk - a.without) || (a.who.customer < b.who.customer ? -1 : 1));
  return {
    today: calendar.today, asOf: moment.asOf, knownAt: moment.knownAt, incident, days, touched: touched.length, withoutRisk: touched.length - running.length, unconverted: running.length - cases.length, currency: rates?.currency ?? null, rates,
    figures: cases.length === 0 ? null : incidentFigures(cases), missing: cases.length > 0 ? null : touched.length === 0 ? `no customer was touched; needs ${INCIDENT_TYPES[incident]}` : 'of nobody who was touched ARR and a chance to leave are known; needs subscription.started',
    customers: cases.slice(0, limit).map(({ who, before, after, arr, atRisk, without }) => ({ ...who, arr, probability: chance(before), withoutProbability: chance(after), amount: atRisk - without })), more: Math.max(0, cases.length - limit), model: short, says: SAYS,
  };
}

interface Touched extends Pick<IncidentCustomer, 'customer' | 'name' | 'events'> { readonly arr: readonly { readonly amount: number; readonly currency: string }[]; readonly before: number | null; readonly after: number | null }

/** Null: none touched it. */
function touchedBy(model: ChurnModel, story: readonly ToldEvent[], facts: readonly { readonly source: string; readonly id: string; readonly type: string }[], moment: Moment): Omit<Touched, 'customer'> | null {
  if (facts.length === 0) return null;
  const day = moment.dayOf(moment.asOf);
  const looked = (events: readonly ToldEvent[]) => {
    const sheet = sheetOf(toldBy(events, moment), moment);
    return { profile: profileOf(sheet, day), chance: riskAt(model, sheet, day).chances.find(({ horizon }) => horizon === HEADLINE)?.probability ?? null };
  };
  const [before, after] = [looked(story), looked(alteredStory(story, { without: facts, moved: [] }).story)];
  return { name: before.profile.name, arr: before.profile.arr, before: before.chance, after: after.chance, events: facts.map(({ source, id, type }) => ({ source, id, type })) };
}

const chance = (probability: number): number => Math.round(probability * 10_000) / 10_000;
const countOf = (all: readonly string[], one: string): number => all.filter((each) => each === one).length;
