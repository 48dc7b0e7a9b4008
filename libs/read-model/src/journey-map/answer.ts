import type { Expectation, FactRef, Figure, MomentAndRenewal, JourneyStanding, StageFigures, SurvivalQuantile, Transition } from '#insight';
import type { JourneyMapVersion, Position } from '#journey';
import type { Calendar } from '../tenant.js';
import type { ExplainedJourney } from './explain.js';
import type { GroupsAnswer, TrendAnswer } from './groups-answer.js';

export type Arr = JourneyStanding['arr'];
interface Who { readonly customer: string; readonly name: string | null; readonly arr: Arr }
interface Listed<Item> { readonly n: number; readonly items: readonly Item[] }

/** What is not measured says what it would need; then its figures are null or empty, and never 0. */
export interface Missing { readonly missing: string | null }

export interface StageAnswer extends Omit<StageFigures, 'now'>, Missing {
  /** Customers in it now, what they pay a year, and how many of them are stuck; null where it is not measured. */
  readonly customers: number | null;
  readonly arr: Arr;
  readonly stuck: number | null;
}

export interface ExpectationFigures extends Missing {
  readonly kind: Expectation['kind'];
  readonly id: string;
  readonly label: string;
  readonly stage: string | null;
  readonly met: number;
  readonly missed: number;
  readonly waiting: number;
  readonly notDue: number;
  readonly rate: Figure;
}

export interface MissedAnswer extends Who {
  readonly kind: Expectation['kind'];
  readonly id: string;
  readonly label: string;
  readonly stage: string | null;
  readonly dueOn: string;
  /** The facts: what began it, and what came late; the day on which that was, null: it never came. */
  readonly lateOn: string | null;
  readonly events: readonly FactRef[];
}

export interface TimeToValueAnswer extends Missing {
  readonly start: string;
  readonly label: string;
  readonly starts: readonly { readonly start: string; readonly label: string }[];
  readonly n: number;
  readonly reached: number;
  readonly waiting: number;
  readonly leftWithout: number;
  readonly before: number;
  /** In days. */
  readonly median: SurvivalQuantile;
  /** `without`: the share without value after so many days. Points at which some got there, and the last one. */
  readonly curve: readonly { readonly days: number; readonly atRisk: number; readonly reached: number; readonly censored: number; readonly without: number; readonly low: number | null; readonly high: number | null }[];
}

interface GroupAnswer { readonly renewed: number; readonly rate: Figure }
interface PathAnswer { readonly stages: readonly string[]; readonly n: number; readonly share: number }

export interface JourneyAnswer {
  readonly today: Calendar['today'];
  readonly asOf: string;
  /** What was known then counts; null: all that is known. */
  readonly knownAt: string | null;
  readonly position: Position;
  readonly map: Pick<JourneyMapVersion, 'version' | 'decided'>;
  /** Customers of whom anything had happened; those with a fact that the map or a subscription needs; of these, those in a stage, and those held back by a fact that could not be read. */
  readonly customers: { readonly n: number; readonly seen: number; readonly inStage: number; readonly held: number };
  readonly stages: readonly StageAnswer[];
  readonly transitions: readonly Transition[];
  readonly stuck: Listed<Who & { readonly stage: string; readonly since: string; readonly days: number; readonly limit: { readonly days: number; readonly by: 'declared' | 'ninth-tenth' }; readonly events: readonly FactRef[] }>;
  readonly stalled: Listed<Who & { readonly since: string; readonly said: boolean; readonly events: readonly FactRef[] }> & Missing;
  readonly expectations: readonly ExpectationFigures[];
  readonly missed: Listed<MissedAnswer>;
  readonly timeToValue: TimeToValueAnswer;
  /** Time to value by the quarter of the start, earliest first. */
  readonly trend: TrendAnswer;
  /** Customers told apart by what was asked for; null where nothing was. */
  readonly groups: GroupsAnswer | null;
  readonly renewals: Missing & {
    readonly n: number;
    readonly renewed: Figure;
    readonly moments: readonly (Pick<MomentAndRenewal, 'moment' | 'label' | 'difference' | 'verdict'> & { readonly met: GroupAnswer; readonly missed: GroupAnswer })[];
  };
  readonly paths: { readonly churned: Listed<PathAnswer>; readonly renewed: Listed<PathAnswer> };
  /** How each figure is worked out. */
  readonly methods: Readonly<Record<string, string>>;
  readonly explained: ExplainedJourney | null;
}
