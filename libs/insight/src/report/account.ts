import { effectiveEvents, type EventRef, type JourneyEvent, needsRefold, recoveriesIn, type Recovery } from '#journey';
import type { ChurnModel } from '../churn/model/churn-model.js';
import { amountsAtRisk } from '../churn/risk/at-risk.js';
import { dateOfDay, type DayOf } from '../day.js';
import type { DemandAccount } from '../demand/account.js';
import { type ClaimedOutcome, outcomesOf } from '../demand/outcomes.js';
import { type PromiseMade, promisesOf } from '../demand/promises.js';
import { type DemandRequest, requestsOf } from '../demand/requests.js';
import type { Account } from '../economics/account.js';
import { ledgerOf } from '../economics/ledger.js';
import { usualEconomics } from '../economics/policy.js';
import { leftOn, stretchesOf } from '../economics/stretches.js';
import type { ExperienceAnswer } from '../experience/answer.js';
import { addFact, emptySheet, type FactSheet } from '../fact-sheet.js';
import { knownEvents } from '../health/health-at.js';
import { walk } from '../health/closes.js';
import { profileOf, type Profile } from '../profile.js';
import { usualRevenuePolicy } from '../revenue/policy.js';
import { isRevenueFact, type RevenueCalendar, subscriptionHistory } from '../revenue/subscription-history.js';
import { answersIn } from './answers-in.js';
import { dueOf, type Forecast, forecastOf, keptOf } from './forecast-of.js';
import { mentionsIn, type Saved, savedIn, type ToldMention } from './hurts.js';
import type { Money } from '../sheet/fact.js';

/** The end of a quarter: its last day (whole days since 1970-01-01), and the last moment of it (RFC 3339). */
export interface Close { readonly day: number; readonly at: string }

/** What the report looks at. */
export interface ReportWindow {
  /** The ends of the quarter reported and of the five before it, newest first; the newest is `asOf` where the quarter has not ended. */
  readonly closes: readonly Close[];
  readonly asOf: string;
  readonly knownAt: string;
  /** The last day of the second quarter after the one reported. */
  readonly aheadTo: number;
  /** The model of churn risk that answers, and those that did at the closes from the third on. */
  readonly model: ChurnModel;
  readonly models: readonly ChurnModel[];
  readonly calendar: RevenueCalendar;
}

/** What was foretold at an earlier close, as known then, and what of the amounts due was still paid two quarters later. */
export interface PastForecast extends Pick<Forecast, 'due'> { readonly kept: readonly Money[] }

/** The day on which a customer left (YYYY-MM-DD), and the fact that says so. */
export interface LeftSince { readonly on: string; readonly event: EventRef }

/** What the report has of one customer, from its facts alone. */
export interface ReportAccount {
  readonly customer: string;
  readonly name: string | null;
  readonly segment: string | null;
  readonly status: Profile['status'];
  /** That it left after `asOf`, by what is known; null where it is a customer still, or had left before. */
  readonly leftSince: LeftSince | null;
  /** A contact who is sponsor and has not left, with the facts that say so. */
  readonly sponsor: { readonly contact: string; readonly events: readonly EventRef[] } | null;
  /** What it pays a year at `asOf`, by currency. */
  readonly arr: readonly Money[];
  /** The facts that recurring revenue is made from. */
  readonly revenueFacts: readonly JourneyEvent[];
  readonly economics: Account;
  /** The chance to leave within 90 days of `asOf`; null for who is no customer, or has left. */
  readonly risk: number | null;
  readonly forecast: Forecast;
  readonly past: readonly PastForecast[];
  readonly answers: readonly (ExperienceAnswer & { readonly events: readonly EventRef[] })[];
  readonly mentions: readonly ToldMention[];
  readonly saved: readonly Saved[];
  /** None whose answer was taken back. */
  readonly recoveries: readonly Recovery[];
  readonly requests: readonly DemandRequest[];
  readonly promises: readonly PromiseMade[];
  readonly outcomes: readonly ClaimedOutcome[];
  /** Types of facts that were told of it. */
  readonly types: ReadonlySet<string>;
}

/** What is paid by use earns as well: costs of serving are not told apart by it. */
const INCOME = { ...usualRevenuePolicy, usage: 'included' } as const;

/** From everything that is known of a customer, as stored. Null where nothing had happened by `asOf`. */
export function accountOf(customer: string, events: readonly JourneyEvent[], window: ReportWindow): ReportAccount | null {
  const { closes, asOf, knownAt, aheadTo, model, models, calendar } = window;
  const { dayOf } = calendar;
  const known = knownOf(events);
  const told = known(asOf, knownAt);
  if (told.length === 0) return null;
  const [{ day }] = closes as [Close];
  const ends = subscriptionsAt(told, closes.slice(0, models.length), dayOf);
  const sheetOf = folding(dayOf);
  const past = pastOf(known, sheetOf, window, ends);
  const sheet = sheetOf(told);
  const profile = profileOf(sheet, day);
  const forecast = forecastOf(model, sheet, day, aheadTo);
  const revenueFacts = told.filter(({ type }) => isRevenueFact(type));
  const account: DemandAccount = { id: customer, name: profile.name, owner: profile.owner, segment: profile.segment, current: profile.status === 'active', arr: profile.arr, arrAtRisk: forecast.soon === null ? null : amountsAtRisk(profile.arr, forecast.soon), since: profile.customerSince };
  const facts = { account, events: told };
  return {
    customer, name: profile.name, segment: profile.segment, status: profile.status, leftSince: leftSinceOf(events, known, window), sponsor: sponsorOf(told, profile.sponsor), arr: profile.arr, revenueFacts,
    economics: economicsOf(customer, told, window, forecast.soon), risk: forecast.soon, forecast,
    past, answers: answersIn(customer, told), mentions: mentionsIn(customer, told), saved: savedIn(told), recoveries: [...recoveriesIn(told).values()].filter(({ state }) => state !== 'withdrawn'), requests: requestsOf(facts), promises: promisesOf(facts, dateOfDay(day), (instant) => dateOfDay(dayOf(instant))), outcomes: outcomesOf(facts),
    types: new Set(told.map(({ type }) => type)),
  };
}

const LEAVING = ['subscription.ended', 'customer.closed'];

function leftSinceOf(events: readonly JourneyEvent[], known: Known, { asOf, knownAt, calendar: { dayOf } }: ReportWindow): LeftSince | null {
  const isAfter = ({ type, occurredAt }: JourneyEvent) => LEAVING.includes(type) && Date.parse(occurredAt) > Date.parse(asOf);
  if (!events.some(isAfter)) return null;
  const told = known(knownAt, knownAt);
  const last = told.findLast(isAfter);
  return last && profileOf(folding(dayOf)(told), dayOf(knownAt)).status === 'ended' ? { on: dateOfDay(dayOf(last.occurredAt)), event: { source: last.source, id: last.id } } : null;
}

const sponsorOf = (told: readonly JourneyEvent[], contact: string | null): ReportAccount['sponsor'] =>
  (contact === null ? null : { contact, events: told.filter(({ type, data }) => type.startsWith('contact.') && data['contact'] === contact).map(({ source, id }) => ({ source, id })) });

/** What was foretold at earlier closes, as known then; the earliest is looked at first. */
function pastOf(known: Known, sheetOf: SheetOf, { closes, models }: ReportWindow, ends: readonly ReadonlyMap<string, Money>[]): PastForecast[] {
  return models.map((model, place) => ({ model, place })).toReversed().map(({ model, place }) => {
    const [{ day, at }, to] = [closes[place + 2]!, closes[place]!.day];
    const due = dueOf(model, sheetOf(known(at, at)), day, to);
    return { due, kept: keptOf(due, ends[place]!) };
  }).toReversed();
}

/** The sheet of facts; it changes when the next one is asked for. */
type SheetOf = (told: readonly JourneyEvent[]) => FactSheet;

/** One fold serves several moments one after the other, as long as nothing came in between what was folded. */
function folding(dayOf: DayOf): SheetOf {
  let [before, sheet]: [readonly JourneyEvent[], FactSheet] = [[], emptySheet()];
  return (told) => {
    const goesOn = before.every((event, turn) => event === told[turn]);
    if (!goesOn) sheet = emptySheet();
    for (const event of goesOn ? told.slice(before.length) : told) addFact(sheet, event, dayOf);
    before = told;
    return sheet;
  };
}

/** What had happened by a moment, as far as it was known at another; earliest first. */
type Known = (asOf: string, knownAt: string) => JourneyEvent[];

/** Facts are put in order once, where none corrects another. */
function knownOf(events: readonly JourneyEvent[]): Known {
  if (events.some(needsRefold)) return (asOf, knownAt) => knownEvents(events, knownAt).filter(({ occurredAt }) => Date.parse(occurredAt) <= Date.parse(asOf));
  const timed = effectiveEvents(events).map((event) => ({ event, happened: Date.parse(event.occurredAt), observed: Date.parse(event.observedAt) }));
  return (asOf, knownAt) => {
    const [until, knowing] = [Date.parse(asOf), Date.parse(knownAt)];
    return timed.flatMap(({ event, happened, observed }) => (happened <= until && observed <= knowing ? [event] : []));
  };
}

/** What each subscription came to a year at these closes. */
function subscriptionsAt(told: readonly JourneyEvent[], closes: readonly Close[], dayOf: DayOf): ReadonlyMap<string, Money>[] {
  const { upTo } = walk(told.filter(({ type }) => isRevenueFact(type)), dayOf);
  return closes.toReversed().map(({ day }) => new Map(profileOf(upTo(day), day).subscriptions.flatMap(({ id, arr }) => (arr ? [[id, arr] as const] : [])))).toReversed();
}

function economicsOf(customer: string, told: readonly JourneyEvent[], { closes, asOf, calendar }: ReportWindow, risk: number | null): Account {
  const { dayOf, startOf } = calendar;
  const today = dayOf(asOf);
  // A day counts once it is over: that of the last moment of a quarter is.
  const day = Date.parse(asOf) >= Date.parse(startOf(today + 1)) - 1 ? today + 1 : today;
  const states = subscriptionHistory(told, { customer, policy: INCOME, calendar, until: asOf });
  const stretches = stretchesOf(states, { policy: INCOME, dayOf, day });
  const won = told.find(({ type }) => type === 'sale.won');
  return {
    id: customer, stretches, risk, ledger: ledgerOf(told, { policy: usualEconomics, dayOf, stretches, cuts: closes.map(({ day }) => day + 1) }), leftOn: leftOn(states, dayOf),
    soldOn: won ? dayOf(won.occurredAt) : states.length > 0 ? Math.min(...states.map(({ startedOn }) => startedOn)) : null,
  };
}
