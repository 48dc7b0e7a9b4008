import { type Band, bandOf, type Card, dateOfDay, firstScorecard, headline, type Headline, headlineRisk, type HeadlineRisk, type Overridden, overrideIn, type PointsOfView, priorChurnModel, type Profile, profileOf, type Score, type Standing, withOverride } from '#insight';
import { points } from '../reading.js';
import type { Unsummed } from './live-rows.js';

export type CustomerStatus = Profile['status'] | 'retracted';

/** A request to cancel that still stands: when it was asked for, and when it takes effect, where that is known. */
export interface CancellationAnswer {
  readonly requestedOn: string;
  readonly effectiveOn: string | null;
}

interface SeenScore { readonly score: number | null; readonly band: Band }

/** One line of a list of customers. Amounts in minor units; dates YYYY-MM-DD; score 0 to 100, 100 is healthy. */
export interface CustomerSummary {
  readonly id: string;
  readonly name: string | null;
  /** What another system calls a customer without a name, as `system:id`; null where there is a name. */
  readonly knownAs: string | null;
  readonly claimed: boolean;
  /** `retracted`: everything that was ever said about it was taken back; no list counts it. */
  readonly status: CustomerStatus;
  readonly segment: string | null;
  readonly owner: string | null;
  readonly arr: readonly { readonly amount: number; readonly currency: string }[];
  /** The next of the subscriptions that nobody asked to cancel. */
  readonly renewalOn: string | null;
  readonly noticeOn: string | null;
  /** The standing request to cancel whose end comes first; null when there is none. */
  readonly cancellation: CancellationAnswer | null;
  /** What counts: an override while it holds, else what was computed. Null while the band is `unknown`: a score from so little would mislead. */
  readonly score: number | null;
  readonly band: Band;
  /** What was computed, whether an override holds or not. */
  readonly computed: { readonly score: number | null; readonly band: Band };
  /** The score that somebody set by hand, and the last day on which it holds; null where none does. */
  readonly override: { readonly score: number; readonly until: string } | null;
  /** How it looks to payers and to users, and how many points the payer sees more; null where no card says. */
  readonly perspectives: { readonly payer: SeenScore | null; readonly user: SeenScore | null; readonly apart: number | null; readonly say: string | null } | null;
  readonly coverage: number;
  readonly dataAge: number | null;
  /** How it stands: no customer (yet), a customer, one who has given notice, one who has left. */
  readonly standing: Standing;
  /** Chance to leave within 90 days, in percent, by the model in force; null for who is no customer. */
  readonly risk: number | null;
  /** The yearly amounts times that chance; empty where there is none. */
  readonly arrAtRisk: readonly { readonly amount: number; readonly currency: string }[];
  /** True when a fact that could not be read holds back this customer's figures. */
  readonly held: boolean;
  /** The day that the score is for. */
  readonly asOf: string;
  /** The measures that cost most, a sentence each; where the band is `unknown`, how much is known. */
  readonly say: readonly string[];
}

/** What the projection keeps of a line of a list, beside the row's own columns: lists need not read the large ones. */
export type KeptSummary = Omit<CustomerSummary, 'id' | 'knownAs' | 'held'>;

export interface ListedRow { customer: string; held: boolean; nameless: boolean; status: CustomerStatus; summary: KeptSummary | Unsummed }

export const LISTED_COLUMNS = 'customer, held, name is null as nameless, status, summary';

export interface CustomerRow extends ListedRow { cards: string | null; day: number; score: number | null; band: Band; close_band: Band | null; profile: Profile; position: string }

export const CUSTOMER_COLUMNS = `${LISTED_COLUMNS}, cards, day, score, band, close_band, profile, position`;

/** Customers about whom something stands, or a fact waits that could not be read; who is merged into another is counted with that one. */
export const COUNTED = `(status <> 'merged' and (status <> 'retracted' or held))`;

/** A line of a list from what was kept. The figures of who is held stand still, and so does its status. */
export function listed({ customer, held, nameless, status, summary }: ListedRow, knownAs: string | null): CustomerSummary {
  const { name, claimed, status: kept, segment, owner, arr, renewalOn, noticeOn, cancellation, score, band, computed, override, perspectives, coverage, dataAge, standing, risk, arrAtRisk, asOf, say } = 'sheet' in summary ? summaryOf(summary) : summary;
  return { id: customer, name, knownAs: nameless ? knownAs : null, claimed, status: held ? kept : status, segment, owner, arr, renewalOn, noticeOn, cancellation, score, band, computed, override, perspectives, coverage, dataAge, standing, risk, arrAtRisk, held, asOf, say };
}

/** Sentences about the measures that cost most. */
export const SAID = 3;

/** What a line is made of; `band` is the computed one, `seen` null where no card says how it looks to payers or users. */
interface Summed { day: number; band: Band; profile: Profile; headline: Headline; risk: HeadlineRisk; card: Card; override: Overridden | null; seen: PointsOfView | null }

export function keptSummary({ day, band, profile, headline: told, risk, card, override, seen }: Summed): KeptSummary {
  const { name, claimed, status, segment, owner, arr } = profile;
  const seenScore = (view: PointsOfView['payer']) => view && reliable(view);
  return {
    name, claimed, status, segment, owner, arr, ...nextDates(profile), ...reliable(withOverride({ score: told.score, band }, override)), computed: reliable({ score: told.score, band }),
    override: override && { score: points(override.score), until: dateOfDay(override.until) },
    perspectives: seen && { payer: seenScore(seen.payer), user: seenScore(seen.user), apart: seen.apart === null ? null : points(seen.apart), say: seen.say }, coverage: told.coverage, dataAge: told.dataAge,
    standing: risk.standing, risk: percentOf(risk.probability), arrAtRisk: risk.probability === null ? [] : risk.atRisk,
    asOf: dateOfDay(day), say: band === 'unknown' ? [sayUnknown(told, card)] : told.say,
  };
}

const reliable = ({ score, band }: { readonly score: number | null; readonly band: Band }) => ({ score: reliableScore({ score }, band), band });

export const inTenThousandths = (chance: number | null): number | null => (chance === null ? null : Math.round(10_000 * chance));

/** A chance in percent, with two decimals. */
function percentOf(chance: number | null): number | null {
  const whole = inTenThousandths(chance);
  return whole === null ? null : whole / 100;
}

function summaryOf({ sheet, day, closeBand }: Unsummed): KeptSummary {
  const told = headline(sheet, firstScorecard, day, SAID);
  const profile = profileOf(sheet, day);
  return keptSummary({ day, band: bandOf(told, closeBand, firstScorecard), profile, headline: told, card: firstScorecard, override: overrideIn(sheet, firstScorecard, day), seen: null, risk: headlineRisk(priorChurnModel, sheet, { day, arr: profile.arr }) });
}

function nextDates({ subscriptions }: Profile): Pick<CustomerSummary, 'renewalOn' | 'noticeOn' | 'cancellation'> {
  const running = subscriptions.filter(({ state }) => state !== 'ended');
  const staying = running.filter(({ cancellation }) => !cancellation);
  const first = (days: readonly (number | null | undefined)[]) => dateOrNull(days.filter((day) => typeof day === 'number').sort((a, b) => a - b)[0]);
  const leaving = running.map(cancellationOf).filter((asked) => asked !== null)
    .sort((a, b) => (a.effectiveOn ?? '9').localeCompare(b.effectiveOn ?? '9') || a.requestedOn.localeCompare(b.requestedOn));
  return { renewalOn: first(staying.map(({ renewsOn }) => renewsOn)), noticeOn: first(staying.map(({ noticeOn }) => noticeOn)), cancellation: leaving[0] ?? null };
}

/** Without a day of its own a cancellation takes effect when the subscription would renew. */
export function cancellationOf({ cancellation, renewsOn }: Profile['subscriptions'][number]): CancellationAnswer | null {
  return cancellation && { requestedOn: dateOfDay(cancellation.day), effectiveOn: dateOrNull(cancellation.effectiveOn ?? renewsOn) };
}

/** The score in points, where enough is known to have one. */
export function reliableScore({ score }: Pick<Score, 'score'>, band: Band): number | null {
  return score === null || band === 'unknown' ? null : points(score);
}

/** "Too little is known to tell: 15 % of what counts, 40 % are needed." */
function sayUnknown({ coverage }: Pick<Score, 'coverage'>, { bands }: Card): string {
  return `Too little is known to tell: ${Math.floor(coverage)} % of what counts, ${bands.leastCoverage} % are needed.`;
}

export function dateOrNull(day: number | null | undefined): string | null {
  return day === null || day === undefined ? null : dateOfDay(day);
}
