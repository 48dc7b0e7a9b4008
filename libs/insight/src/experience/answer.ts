import { csatPositiveFrom, shareOfScale, type Verdict } from '#journey';

/** One answer that counts: of one that was revised, the last word. */
export interface ExperienceAnswer {
  readonly survey: string;
  readonly customer: string;
  readonly contact: string | null;
  readonly role: 'payer' | 'user' | null;
  readonly kind: 'nps' | 'csat' | 'ces' | 'xla' | 'custom';
  readonly min: number;
  readonly max: number;
  /** An answer below is a miss, where the instrument says so. */
  readonly bar: number | null;
  readonly score: number;
  readonly verdict: Verdict;
  readonly lostMinutes: number | null;
  /** RFC 3339. */
  readonly at: string;
  readonly ticket: string | null;
}

type Scale = Pick<ExperienceAnswer, 'kind' | 'min' | 'max' | 'bar'>;

const isTen = ({ min, max }: Scale): boolean => min === 0 && max === 10;
const isSeven = ({ min, max }: Scale): boolean => min === 1 && max === 7;

/** The lowest answer that is positive; null where neither the instrument nor the kind of its scale says. */
export function positiveFrom(scale: Scale): number | null {
  if (scale.kind === 'csat') return csatPositiveFrom(scale) ?? scale.bar;
  if (scale.kind === 'ces') return isSeven(scale) ? 5 : scale.bar;
  return scale.bar;
}

/** Where on its scale: 0 the worst, 1 the best. */
export const placeOf = (answer: ExperienceAnswer): number => shareOfScale({ kind: answer.kind, min: answer.min, max: answer.max }, answer.score);

/** 1 for 9 and 10, 0 for 7 and 8, else -1; null on another scale than 0 to 10. */
export function promotes(answer: ExperienceAnswer): 1 | 0 | -1 | null {
  if (!isTen(answer)) return null;
  return answer.score >= 9 ? 1 : answer.score >= 7 ? 0 : -1;
}

/** Mean answers are told of one scale at a time. */
export const scaleOf = ({ min, max }: Pick<ExperienceAnswer, 'min' | 'max'>): string => `${min}-${max}`;
