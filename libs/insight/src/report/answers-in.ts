import { evolveAnswer, type EventRef, type JourneyEvent, noAnswer } from '#journey';
import { groupsOf } from '../experience/figure.js';
import type { ExperienceAnswer } from '../experience/answer.js';

/** The answers of a customer that count, from effective facts, earliest first: of one that was revised the last word. */
export function answersIn(customer: string, told: readonly JourneyEvent[]): (ExperienceAnswer & { readonly events: readonly EventRef[] })[] {
  const surveys = groupsOf(told.filter(({ type }) => type.startsWith('survey.')), ({ data }) => String(data['survey']));
  return [...surveys].flatMap(([survey, facts]) => {
    const { fact, scale, score, verdict, answeredAt } = facts.reduce(evolveAnswer, noAnswer);
    if (!fact || !scale || score === null || verdict === null || answeredAt === null) return [];
    const said = <T>(field: string): T | null => (fact.data[field] as T | undefined) ?? null;
    const role = said<string>('role');
    return [{
      survey, customer, contact: said<string>('contact'), role: role === 'payer' || role === 'user' ? role as 'payer' | 'user' : null, kind: scale.kind as ExperienceAnswer['kind'], min: scale.min, max: scale.max, bar: scale.bar ?? null,
      score, verdict, lostMinutes: said<number>('lostMinutes'), at: answeredAt, ticket: said<string>('ticket'), events: [{ source: fact.source, id: fact.id }],
    }];
  });
}
