import { number, text, type Fact } from './fact.js';
import { enter, replayer, type EntityLog } from './log.js';

export function addSurvey(log: EntityLog, fact: Fact): void {
  const { data, what } = fact;
  const id = text(data['survey']);
  if (!id || what === 'response-viewed' || what === 'marked-complaint' || what === 'set-aside' || what === 'themed') return;
  const instrument = (data['instrument'] ?? {}) as Record<string, unknown>;
  const answered = what === 'responded' || what === 'response-revised';
  enter(log, id, fact, answered ? {
    contact: text(data['contact']), role: text(data['role']),
    score: number(data['score']), min: number(instrument['min']), max: number(instrument['max']),
    kind: text(instrument['kind']), lostMinutes: number(data['lostMinutes']),
  } : { contact: text(data['contact']) });
}

export interface Answer {
  readonly n: number;
  readonly at: number;
  readonly day: number;
  readonly contact: string | null;
  readonly role: string | null;
  /** What kind of question it was. */
  readonly kind: string | null;
  /** Where the score lies on its own scale, 0 to 1. */
  readonly share: number;
  readonly lostMinutes: number | null;
}

export interface Survey {
  readonly id: string;
  readonly sentOn: number | null;
  readonly sentRef: number;
  readonly suppressed: boolean;
  readonly expired: boolean;
  /** The latest answer or revision. */
  readonly answer: Answer | null;
}

export const surveysOf = replayer((id, entries): Survey => {
  let sentOn: number | null = null;
  let sentRef = entries[0]![1];
  let answer: Answer | null = null;
  for (const [at, n, day, what, kept = {}] of entries) {
    if (what === 'sent' || (what === 'requested' && sentOn === null)) [sentOn, sentRef] = [day, n];
    if (what !== 'responded' && what !== 'response-revised') continue;
    const { score, min, max } = kept as { score?: number; min?: number; max?: number };
    if (score === undefined || min === undefined || max === undefined || max <= min) continue;
    answer = {
      n, at, day, contact: (kept['contact'] as string) ?? null, role: (kept['role'] as string) ?? null,
      kind: (kept['kind'] as string) ?? null, lostMinutes: (kept['lostMinutes'] as number) ?? null,
      share: Math.min(1, Math.max(0, (score - min) / (max - min))),
    };
  }
  const happened = (what: string) => entries.some((entry) => entry[3] === what);
  return { id, sentOn, sentRef, suppressed: happened('suppressed'), expired: happened('expired'), answer };
});
