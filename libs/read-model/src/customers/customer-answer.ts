import { type Band, dateOfDay, firstScorecard, type Profile, type Score, worstMeasures } from '#insight';
import { points } from '../reading.js';

/** One line of a list of customers. Amounts in minor units; dates YYYY-MM-DD; score 0 to 100, 100 is healthy. */
export interface CustomerSummary {
  readonly id: string;
  readonly name: string | null;
  /** What another system calls a customer without a name, as `system:id`; null where there is a name. */
  readonly knownAs: string | null;
  readonly claimed: boolean;
  readonly status: 'active' | 'ended' | 'prospect';
  readonly segment: string | null;
  readonly owner: string | null;
  readonly arr: readonly { readonly amount: number; readonly currency: string }[];
  readonly renewalOn: string | null;
  readonly noticeOn: string | null;
  /** Null while the band is `unknown`: a score from so little would mislead. */
  readonly score: number | null;
  readonly band: Band;
  readonly coverage: number;
  readonly dataAge: number | null;
  /** True when a fact that could not be read holds back this customer's figures. */
  readonly held: boolean;
  /** The day that the score is for. */
  readonly asOf: string;
  /** The measures that cost most, a sentence each; where the band is `unknown`, how much is known. */
  readonly say: readonly string[];
}

export interface CustomerRow {
  customer: string; day: number; held: boolean; band: Band; profile: Profile; health: Score; position: string;
  close_band: Band | null; declared: boolean;
}

export const CUSTOMER_COLUMNS = `customer, day, held, band, close_band, profile, health, position, sheet ? 'declared' as declared`;

export function summaryOf({ customer, day, held, band, profile, health }: CustomerRow, knownAs: string | null = null): CustomerSummary {
  return {
    id: customer, name: profile.name, knownAs: profile.name === null ? knownAs : null, claimed: profile.claimed, status: profile.status, segment: profile.segment, owner: profile.owner,
    arr: profile.arr, renewalOn: dateOrNull(profile.nextRenewalOn), noticeOn: dateOrNull(profile.noticeOn),
    score: reliableScore(health, band), band, coverage: health.coverage, dataAge: health.dataAge, held,
    asOf: dateOfDay(day), say: band === 'unknown' ? [sayUnknown(health)] : worstMeasures(health, 3).map(({ say }) => say),
  };
}

/** The score in points, where enough is known to have one. */
export function reliableScore({ score }: Pick<Score, 'score'>, band: Band): number | null {
  return score === null || band === 'unknown' ? null : points(score);
}

/** "Too little is known to tell: 15 % of what counts, 40 % are needed." */
function sayUnknown({ coverage }: Pick<Score, 'coverage'>): string {
  return `Too little is known to tell: ${Math.floor(coverage)} % of what counts, ${firstScorecard.bands.leastCoverage} % are needed.`;
}

export function dateOrNull(day: number | null | undefined): string | null {
  return day === null || day === undefined ? null : dateOfDay(day);
}
