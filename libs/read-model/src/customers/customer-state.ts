import { addFact, bandByItself, bandOf, type Band, cardFor, type Cards, type CardSet, type ChurnModel, conditionsOf, type DayOf, emptySheet, type FactSheet, foldWithClose, headline, headlineRisk, type Money, overrideIn, pointsOfView, profileOf, weigh, withOverride } from '#insight';
import { effectiveEvents, type JourneyEvent, majorUnits, needsRefold, parsePosition, upcast } from '#journey';
import { inTenThousandths, keptSummary, SAID } from './customer-answer.js';

/** What is kept of one customer between batches. Everything else in its row follows from it. */
export interface CustomerState {
  readonly tenant: string;
  readonly customer: string;
  sheet: FactSheet;
  /** The day the row is scored for; days are whole days since 1970-01-01 on the tenant's calendar. */
  day: number;
  /** The band at the close of `closeDay`, which is the day before `day` unless the state is stale. */
  closeDay: number | null;
  closeBand: Band | null;
  /** The first position that this state may not show rightly until it is computed again from the log; null when it is right. */
  staleFrom: number | null;
  /** True when a fact of this customer could not be handled: the row stands still before it. */
  held: boolean;
  position: number;
  /** Our id of the customer that this one is merged into: its facts are in the row of that one, and this row says nothing else. */
  mergedInto: string | null;
}

export function newState(tenant: string, customer: string, day: number): CustomerState {
  return { tenant, customer, sheet: emptySheet(), day, closeDay: null, closeBand: null, staleFrom: null, held: false, position: 0, mergedInto: null };
}

/** Adds a fact. A correction, or a fact of a day that is closed, asks for a refold, once the log's end is reached. */
export function addToState(state: CustomerState, event: JourneyEvent, cards: Cards, dayOf: DayOf): void {
  state.position = parsePosition(event.position).n;
  moveToDay(state, Math.max(state.day, dayOf(event.recordedAt)), cards);
  if (needsRefold(event)) {
    state.staleFrom ??= state.position;
    return;
  }
  addFact(state.sheet, upcast(event), dayOf);
  if (dayOf(event.occurredAt) < state.day) state.staleFrom ??= state.position;
}

/** Lets days pass: each day's close takes its band from the day before, as long as the sheet knows nothing later. */
export function moveToDay(state: CustomerState, day: number, cards: Cards): void {
  state.day = day;
  const { sheet } = state;
  if (state.staleFrom !== null || !sheet.latest) return;
  if (state.closeDay === null) {
    if (sheet.firstDay! < day) state.staleFrom = state.position;
    return;
  }
  for (let close = state.closeDay + 1; close < day; close++) {
    if (sheet.latest.day > close) {
      state.staleFrom = state.position;
      return;
    }
    const card = cardFor(cards, sheet);
    state.closeBand = bandOf(weigh(sheet, card, close), state.closeBand, card);
    state.closeDay = close;
  }
}

/**
 * Other cards score from now on, and always have: what the close before was comes from them, too; where the sheet cannot tell, from the log. `at`: the position of
 * the fact that says so. The row waits from there on, so that no fact of the customer counts as late by it.
 */
export function changeCards(state: CustomerState, cards: Cards, at: number): void {
  const { sheet, closeDay } = state;
  if (state.staleFrom !== null || closeDay === null || !sheet.latest) return;
  const card = cardFor(cards, sheet);
  const band = sheet.latest.day > closeDay ? null : bandByItself(weigh(sheet, card, closeDay), card);
  if (band === null) state.staleFrom = at;
  else state.closeBand = band;
}

/** Computes the state again from the customer's whole story, in log order. */
export function refold(state: CustomerState, stream: readonly JourneyEvent[], cards: Cards, dayOf: DayOf): void {
  const { sheet, closedAs } = foldWithClose(effectiveEvents(stream), cards, state.day - 1, dayOf);
  state.sheet = sheet;
  state.closeDay = closedAs === null ? null : state.day - 1;
  state.closeBand = closedAs;
  state.staleFrom = null;
  state.held = false;
  state.position = stream.length > 0 ? parsePosition(stream.at(-1)!.position).n : 0;
}

/** The row of a state, in the columns of the table. */
export function rowOf(state: CustomerState, partition: number, cards: CardSet, model: ChurnModel): Record<string, unknown> {
  const { sheet, day } = state;
  const card = cardFor(cards.whole, sheet);
  const profile = profileOf(sheet, day);
  const told = headline(sheet, card, day, SAID);
  const band = bandOf(told, state.closeBand, card);
  const override = overrideIn(sheet, card, day);
  const counts = withOverride({ score: told.score, band }, override);
  const seen = pointsOfView(cards, sheet, day);
  const risk = headlineRisk(model, sheet, { day, arr: profile.arr });
  return {
    tenant: state.tenant, customer: state.customer, partition, sheet, day, close_day: state.closeDay, close_band: state.closeBand,
    stale_from: state.staleFrom, held: state.held, position: state.position,
    claimed: profile.claimed, name: profile.name, segment: profile.segment, owner: profile.owner, parent: profile.parent, status: statusOf(state, profile.status),
    merged_into: state.mergedInto,
    ...amountOf('arr', profile.arr), currency: largestOf(profile.arr)?.currency ?? null, renewal_day: profile.nextRenewalOn, notice_day: profile.noticeOn,
    risk: inTenThousandths(risk.probability), ...amountOf('arr_at_risk', risk.probability === null ? [] : risk.atRisk), churn_model: model.id, cards: cards.id,
    score: counts.score, coverage: told.coverage, band: counts.band, divergence: typeof seen?.apart === 'number' ? Math.abs(seen.apart) : null,
    profile, summary: keptSummary({ day, band, profile, headline: told, risk, card, override, seen }),
    conditions: state.mergedInto === null ? conditionsOf(sheet, day, { ...counts, before: null }, profile) : [],
  };
}

const largestOf = (amounts: readonly Money[]): Money | undefined => [...amounts].sort((a, b) => majorUnits(b) - majorUnits(a))[0];

/** For sorting only: hundredths of whole units in every currency, so that yen are not taken for hundreds of yen. */
function amountOf<Name extends string>(name: Name, amounts: readonly Money[]): Record<Name, number | null> {
  const largest = largestOf(amounts);
  return { [name]: largest ? Math.round(100 * majorUnits(largest)) : null } as Record<Name, number | null>;
}

function statusOf({ mergedInto, staleFrom, sheet }: CustomerState, status: string): string {
  if (mergedInto !== null) return 'merged';
  // Whose facts are still to be folded has an empty sheet, too.
  return staleFrom === null && isRetracted(sheet) ? 'retracted' : status;
}

/** Nothing stands but the names under which we once opened the customer: its facts were taken back. */
function isRetracted({ customer, touch }: FactSheet): boolean {
  return Object.keys(touch.newest).every((family) => family === 'customer') && Object.keys(customer).length === 0;
}

/** The computations of one customer, in one place so that a test can make one of them fail. */
export const customerSteps = { addToState, refold, moveToDay, changeCards, rowOf };
export type CustomerSteps = typeof customerSteps;
