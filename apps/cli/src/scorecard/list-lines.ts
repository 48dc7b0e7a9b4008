import type { ScorecardsAnswer } from '#read-model';
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

