import { type Card, curveWords } from '#insight';
import type { ScorecardAnswer, ScorecardsAnswer } from '#read-model';
import { table } from '../text/table.js';

const STATES = { draft: 'draft', 'in-force': 'in force', retired: 'retired' } as const;
const VIEWS = { whole: 'The score that counts', payer: 'As payers see us', user: 'As users see us' } as const;

export function listLines({ scorecards, assignments }: ScorecardsAnswer): string[] {
  const rows = scorecards.map(({ id, label, state, published, newest, decisions }) => {
    const last = decisions.at(-1);
    return [id, label, STATES[state], published === null ? '-' : String(published), String(newest), last ? `${last.what} ${last.at.slice(0, 10)} by ${last.by.id}: ${last.reason}` : 'comes with Touchline'];
  });
  return [
    ...table(['id', 'label', 'state', 'in force', 'newest', 'last decision'], rows, new Set([3, 4])), '',
    ...(['whole', 'payer', 'user'] as const).flatMap((perspective) => {
      const assigned = assignments[perspective];
      if (!assigned) return [`${VIEWS[perspective]}: ${perspective === 'whole' ? 'first-scorecard for everybody' : 'nobody is looked at so'}.`];
      return [`${VIEWS[perspective]}:`, ...assigned.rules.map((rule) => `  ${conditionText(rule)}: ${rule.card}`), `  everybody else: ${assigned.otherwise ?? 'nobody'}`];
    }),
  ];
}

function conditionText({ segments, industries, regions }: { readonly segments?: readonly string[]; readonly industries?: readonly string[]; readonly regions?: readonly string[] }): string {
  const parts = [['segment', segments], ['industry', industries], ['region', regions]] as const;
  return parts.flatMap(([name, wanted]) => (wanted ? [`${name} ${wanted.join(' or ')}`] : [])).join(', ') || 'everybody';
}

/** A card as people read it: its measures with their weight, what they read and how that becomes points. */
export function cardLines(card: Card, { state, published }: ScorecardAnswer['summary']): string[] {
  const { bands: { healthy, watch, margin, leastCoverage }, groups, measures } = card;
  const labels = new Map(groups.map(({ id, label }) => [id, label]));
  return [
    `${card.id} version ${card.version}${card.label ? `, ${card.label}` : ''}; ${published === card.version ? 'in force' : STATES[state === 'in-force' ? 'draft' : state]}.`,
    `Healthy from ${healthy}, watch from ${watch}; a band is left ${margin} points beyond its edge; ${leastCoverage} % must be known.`, '',
    ...table(['measure', 'group', 'weight', 'reads', 'value', 'value → quality'], measures.map(({ id, group, weight, signal, unit, curve }) => [id, labels.get(group) ?? group, String(weight), signal, unit, curveWords(curve)]), new Set([2])),
  ];
}
