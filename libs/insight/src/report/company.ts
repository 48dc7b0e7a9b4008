import type { EventRef, JourneyEvent } from '#journey';
import { type Spend, spendOf } from '../economics/spend.js';
import type { Money } from '../sheet/fact.js';
import { type Meeting, meetingsIn } from './attention.js';

export interface ReportTarget { readonly figure: string; readonly period: string; readonly value: number; readonly reason: string; readonly event: EventRef }

/** A piece of evidence of a decision. */
export interface DecisionEvidence { readonly kind: 'event' | 'figure' | 'report'; readonly event?: EventRef; readonly figure?: string; readonly report?: string }

export interface CompanyDecision {
  readonly decision: string;
  readonly what: string;
  readonly state: 'asked' | 'taken' | 'declined';
  readonly level: 'corporate' | 'operational';
  readonly cost: Money | null;
  readonly arr: Money | null;
  readonly reason: string | null;
  readonly evidence: readonly DecisionEvidence[];
  /** When it was first recorded in the state that it is in: said again in other words, it was not taken anew. */
  readonly at: string;
  /** Who of ours had the last word on it, and the fact that has it. */
  readonly by: string;
  readonly event: EventRef;
}

export interface ReportView { readonly report: string; readonly role: string; readonly viewer: string; readonly at: string; readonly event: EventRef }

/** What was said of the company itself. */
export interface CompanySaid {
  readonly targets: readonly ReportTarget[];
  readonly decisions: readonly CompanyDecision[];
  readonly views: readonly ReportView[];
  readonly meetings: readonly Meeting[];
  readonly spend: (from: number, to: number) => readonly Spend[];
  readonly types: ReadonlySet<string>;
}

const refOf = ({ source, id }: EventRef): EventRef => ({ source, id });

/** Of the words on one decision, in the order of the log: when the first of those was said that all have the state of the last. */
const stateSince = (words: readonly JourneyEvent[]): string => words[words.findLastIndex(({ data }) => data['state'] !== words.at(-1)!.data['state']) + 1]!.occurredAt;

/** From facts of the company in the order of the log. Targets and decisions count once they were recorded, whatever time the report is about; that people look at reports, only from `asOf` on back. */
export function companySaid(facts: readonly JourneyEvent[], asOf?: string): CompanySaid {
  const of = (type: string) => facts.filter((fact) => fact.type === `company.${type}`);
  const newest = (type: string, key: (event: JourneyEvent) => string) => [...new Map(of(type).map((event) => [key(event), event])).values()];
  return {
    targets: newest('target-set', ({ data }) => JSON.stringify([data['figure'], data['period']])).map((event) => ({ ...event.data as unknown as Omit<ReportTarget, 'event'>, event: refOf(event) })),
    decisions: newest('decision-recorded', ({ data }) => String(data['decision'])).map((event) => {
      const { cost = null, arr = null, reason = null, evidence = [], ...data } = event.data as unknown as Partial<CompanyDecision> & Pick<CompanyDecision, 'decision' | 'what' | 'state' | 'level'>;
      return { ...data, cost, arr, reason, evidence, at: stateSince(of('decision-recorded').filter((one) => one.data['decision'] === data.decision)), by: event.actor.id, event: refOf(event) };
    }),
    views: of('report-viewed').map((fact) => ({ report: String(fact.data['report']), role: String(fact.data['role']), viewer: fact.actor.id, at: fact.occurredAt, event: refOf(fact) })),
    meetings: meetingsIn(facts), spend: (from, to) => spendOf(facts, from, to), types: new Set(facts.filter(({ type, occurredAt }) => type !== 'company.report-viewed' || asOf === undefined || occurredAt <= asOf).map(({ type }) => type)),
  };
}
