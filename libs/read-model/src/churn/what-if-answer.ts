import type { Money } from '#insight';
import type { ScoreAnswer } from '../health/counting-parts.js';
import type { HealthAnswer } from '../health/health-answer.js';
import type { ChurnRiskAnswer } from './churn-risk-answer.js';

/** How a customer stands: as it is, or with the changes made. */
export interface Outlook extends Pick<ChurnRiskAnswer, 'standing' | 'probability' | 'say'>, ScoreAnswer {
  readonly chances: readonly Pick<ChurnRiskAnswer['chances'][number], 'horizon' | 'probability'>[];
  readonly arrAtRisk: readonly Money[];
  /** What was computed, also where an override counts in its place. */
  readonly computed: ScoreAnswer;
  /** The score that is set by hand, while it holds. */
  readonly override: { readonly score: number; readonly until: string } | null;
}

/** What a driver of the risk (in log-odds) or a measure of the computed score (in points) was, and is with the changes. */
export interface Moved {
  readonly id: string;
  readonly label: string;
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /** With the changes made. */
  readonly say: string;
}

/** What would be, had facts not happened or happened at another time. Nothing of it is kept. */
export interface WhatIfAnswer extends Pick<HealthAnswer, 'customer' | 'askedAs' | 'name' | 'asOf' | 'knownAt' | 'today' | 'position' | 'held' | 'heldBy'> {
  readonly before: Outlook;
  readonly after: Outlook;
  /** The largest change first; empty where one of both has no model's word. */
  readonly drivers: readonly Moved[];
  readonly measures: readonly Moved[];
  readonly say: string;
  readonly model: ChurnRiskAnswer['model'];
}
