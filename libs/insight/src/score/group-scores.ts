import type { Card } from '../cards/card.js';
import type { GroupScore, MeasureScore } from './score-health.js';

/** The groups of a card, each with all that stands in it and below; what belongs to none of them is a group of its own. */
export function groupScores({ groups }: Card, lines: readonly MeasureScore[]): GroupScore[] {
  const parents = new Map(groups.map(({ id, parent }) => [id, parent]));
  const isIn = (group: string | undefined, id: string): boolean => group !== undefined && (group === id || isIn(parents.get(group), id));
  const own = lines.filter(({ group }) => !parents.has(group)).map(({ group, label }) => ({ id: group, label }));
  return [...groups, ...own].map(({ id, label }) => {
    const members = lines.filter(({ group }) => isIn(group, id));
    const sum = (part: 'points' | 'maxPoints' | 'lost') => members.reduce((total, member) => total + member[part], 0);
    return { id, label, parent: parents.get(id) ?? null, status: members.some(({ status }) => status === 'known') ? 'known' as const : 'unknown' as const, points: sum('points'), maxPoints: sum('maxPoints'), lost: sum('lost') };
  });
}
