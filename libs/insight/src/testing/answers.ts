import fc from 'fast-check';
import { verdictOf } from '#journey';
import type { ExperienceAnswer } from '../experience/answer.js';

let surveys = 0;

/** An answer to an NPS question of a user of the account `a`, unless said otherwise. */
export function answerOf(score: number, more: Partial<ExperienceAnswer> = {}): ExperienceAnswer {
  const answer = { survey: `V${surveys += 1}`, customer: 'a', contact: null, role: 'user', kind: 'nps', min: 0, max: 10, bar: null, score, lostMinutes: null, at: '2026-11-01T09:00:00.000Z', ticket: null, ...more } as const;
  const { kind, min, max, bar } = answer;
  return { verdict: verdictOf({ kind, min, max, ...(bar !== null && { bar }) }, score), ...answer };
}

/** Answers from 0 to 10 of a few people of a few accounts. */
export const anyAnswers = fc.array(fc.record({
  score: fc.nat(10), customer: fc.constantFrom('a', 'b', 'c', 'd'), contact: fc.option(fc.constantFrom('p1', 'p2', 'p3')), day: fc.integer({ min: 1, max: 28 }), role: fc.constantFrom('payer' as const, 'user' as const, null),
}), { maxLength: 40 }).map((all) => all.map(({ score, day, ...more }) => answerOf(score, { ...more, at: `2026-11-${String(day).padStart(2, '0')}T09:00:00.000Z` })));
