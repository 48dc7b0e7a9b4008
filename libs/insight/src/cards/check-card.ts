import type { Card } from './card.js';
import { checkCurves } from './check/check-curves.js';
import { checkReach } from './check/check-reach.js';
import { checkRules, checkWeights } from './check/check-rules.js';
import { checkSize } from './check/check-size.js';
import { checkStructure } from './check/check-structure.js';
import { checkWords } from './check/check-words.js';
import { type CardFinding, warning } from './check/finding.js';
import type { CardCoverage } from './coverage-counting.js';

/** What should be put right about a card that has the shape of one; errors before it is published. `coverage`: of how many customers its measures are known. */
export function checkCard(card: Card, coverage?: CardCoverage): CardFinding[] {
  const structure = checkStructure(card);
  const rules = [...structure, ...checkRules(card), ...checkWords(card), ...nobodys(card, coverage)];
  // What comes next walks through the tree of the card.
  if (structure.some(isError)) return rules;
  const parts = [...rules, ...checkWeights(card), ...checkCurves(card)];
  return parts.some(isError) ? parts : [...parts, ...checkSize(card), ...checkReach(card)];
}

const isError = ({ level }: CardFinding): boolean => level === 'error';

function nobodys({ measures }: Card, coverage: CardCoverage | undefined): CardFinding[] {
  if (!coverage || coverage.customers === 0) return [];
  const known = new Map(coverage.measures.map(({ id, known: count }) => [id, count]));
  return measures.flatMap(({ id, label }, at) => (known.get(id) === 0 ? [warning(`/measures/${at}/signal`, `Send what ${label} is made from, or leave it out: it is known of no customer.`)] : []));
}
