import { readPositions, type Sql } from '#event-store';
import { CONDITION_WORDS, conditionsOf, type CustomerCondition, dateOfDay, type FactSheet, NEAR_NOTICE_DAYS } from '#insight';
import { type ConditionName, formatPosition } from '#journey';
import type { HealthNote, KeptScore, SeenHealth, Told } from './health-told.js';
import type { RiskCause } from './risk-notes.js';
import { columnOf } from './states-sql.js';

/** A score is compared with the latest that is so many days old or more. */
const BEFORE_DAYS = 30;
/** One score a week is kept, and no longer than it is needed. */
const STRIDE = 7;
const KEPT_DAYS = BEFORE_DAYS + 2 * STRIDE;

/** The scores that are kept of who can give notice soon, or will be able to within a month more; of nobody else any. Those of other cards are forgotten. */
export function scoresKept({ row, cards, day, score }: SeenHealth, before: Told | undefined): readonly KeptScore[] {
  const last = (columnOf(row, 'notice_day') ?? columnOf(row, 'renewal_day')) as number | null;
  if (typeof last !== 'number' || last < day || last - day > NEAR_NOTICE_DAYS + KEPT_DAYS) return [];
  const kept = (before?.cards === cards ? before.scores : []).filter(([on]) => on <= day && day - on < KEPT_DAYS);
  const newest = kept.at(-1);
  return score === null || (newest && day - newest[0] < STRIDE) ? kept : [...kept, [day, score]];
}

/** The score of a month before a day, in hundredths, where one was kept. */
export const monthBefore = (kept: readonly KeptScore[], day: number): number | null => kept.findLast(([on]) => day - on >= BEFORE_DAYS)?.[1] ?? null;

/** What holds of a customer, with the score of a month before it, as far as that was kept. */
export function holding({ row, day, score, band, conditions }: SeenHealth, kept: readonly KeptScore[]): readonly CustomerCondition[] {
  const before = monthBefore(kept, day);
  // What the row says, which knows no earlier score, stands but where that can add to it.
  if (before === null || score === null || score >= before || conditions.some(({ condition }) => condition === 'notice-near-falling')) return conditions;
  return conditionsOf(JSON.parse(columnOf(row, 'sheet') as string) as FactSheet, day, { score, band, before });
}

/** What began and what ended since it was told last. By another card the health alone cannot begin or end to be bad: that is told by its publication. */
export async function conditionNotes(sql: Sql, epoch: number, seen: SeenHealth, { before, now, cause }: { readonly before: Told; readonly now: readonly CustomerCondition[]; readonly cause: RiskCause }): Promise<HealthNote[]> {
  const { tenant, customer, cards, day } = seen;
  const told = new Set(before.conditions ?? []);
  const counts = (condition: string) => before.cards === cards || condition !== 'notice-near-falling';
  const began = now.filter(({ condition }) => !told.has(condition) && counts(condition));
  const ended = [...told].filter((condition) => counts(condition) && now.every((one) => one.condition !== condition)) as ConditionName[];
  const evidence = new Map(began.length === 0 ? [] : (await readPositions(sql, tenant, began.flatMap(({ refs }) => [...refs]))).map(({ position, source, id }) => [position, { source, id }]));
  const note = (condition: ConditionName, state: 'began' | 'ended', say: string, refs: { source: string; id: string }[]): HealthNote => ({
    tenant, customer, type: 'insight.condition-changed', id: `condition-changed:${customer}:${condition}:${state}:${formatPosition(epoch, cause.position)}`,
    data: { customer, condition, state, day: dateOfDay(day), say, evidence: refs, cause: { kind: cause.kind, ...(cause.event ? { event: cause.event } : {}) } },
  });
  return [
    ...began.map(({ condition, say, refs }) => note(condition, 'began', say, refs.flatMap((n) => evidence.get(formatPosition(epoch, n)) ?? []).slice(-25))),
    ...ended.map((condition) => note(condition, 'ended', `no longer: ${CONDITION_WORDS[condition]}`, cause.event ? [cause.event] : [])),
  ];
}

/** Whether what was told differs from what is to be kept. */
export const isNews = (seen: SeenHealth, told: Told | undefined, { now, scores }: { readonly now: readonly CustomerCondition[]; readonly scores: readonly KeptScore[] }): boolean => (
  !told || told.band !== seen.band || told.cards !== seen.cards || told.conditions?.join(' ') !== now.map(({ condition }) => condition).join(' ') || told.scores.map(([day]) => day).join() !== scores.map(([day]) => day).join());

