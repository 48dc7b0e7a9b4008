import { type Band, dateOfDay, type Profile, type Score, worstMeasures } from '#insight';
import { points } from '../reading.js';

/** One line of a list of customers. Amounts in minor units; dates YYYY-MM-DD; score 0 to 100, 100 is healthy. */
export interface CustomerSummary {
  readonly id: string;
  readonly name: string | null;
  readonly claimed: boolean;
  readonly status: 'active' | 'ended' | 'prospect';
  readonly segment: string | null;
  readonly owner: string | null;
  readonly arr: readonly { readonly amount: number; readonly currency: string }[];
  readonly renewalOn: string | null;
  readonly noticeOn: string | null;
  readonly score: number | null;
  readonly band: Band;
  readonly coverage: number;
  readonly dataAge: number | null;
  /** True when a fact that could not be read holds back this customer's figures. */
  readonly held: boolean;
  /** The day that the score is for. */
  readonly asOf: string;
  /** The measures that cost most, a sentence each. */
  readonly say: readonly string[];
}

export interface CustomerRow {
  customer: string; day: number; held: boolean; band: Band; profile: Profile; health: Score; position: string;
  close_band: Band | null; declared: boolean;
}

export const CUSTOMER_COLUMNS = `customer, day, held, band, close_band, profile, health, position, sheet ? 'declared' as declared`;

export function summaryOf({ customer, day, held, band, profile, health }: CustomerRow): CustomerSummary {
  return {
    id: customer, name: profile.name, claimed: profile.claimed, status: profile.status, segment: profile.segment, owner: profile.owner,
    arr: profile.arr, renewalOn: dateOrNull(profile.nextRenewalOn), noticeOn: dateOrNull(profile.noticeOn),
    score: health.score === null ? null : points(health.score), band, coverage: health.coverage, dataAge: health.dataAge, held,
    asOf: dateOfDay(day), say: worstMeasures(health, 3).map(({ say }) => say),
  };
}

export function dateOrNull(day: number | null | undefined): string | null {
  return day === null || day === undefined ? null : dateOfDay(day);
}
