import { type Card, curveWords } from '#insight';
import type { ScorecardAnswer } from '#read-model';
import { table } from '../text/table.js';

type Rules = Pick<Card, 'combine' | 'cap' | 'whole'>;

const UNKNOWN = { redistribute: '', neutral: 'neutral', worst: 'worst' } as const;
const ROLL_UP = { own: 'is its own', 'mean-of-children': 'is the mean of its children', 'worst-child': 'is its worst child' } as const;

/** A card as people read it: its bands, its groups with their rules, its measures with all that decides their points. */
export function cardLines(card: Card, { state, published }: ScorecardAnswer['summary']): string[] {
  return [
    `${card.id} version ${card.version}${card.label ? `, ${card.label}` : ''}; ${published === card.version ? 'in force' : state === 'retired' ? 'retired' : 'not in force'}.`,
    ...bandLines(card), ...ruleLines('The score', card), ...groupTable(card), '', ...measureTable(card),
  ];
}

function bandLines({ bands: { healthy, watch, margin, leastCoverage, boundary }, measureBands: { good, fair }, scale, rollUp }: Card): string[] {
  const from = boundary === 'belongs to the lower band' ? 'above' : 'from';
  return [
    `Healthy ${from} ${healthy}, watch ${from} ${watch}; a band is left ${margin} points beyond its edge; ${leastCoverage} % must be known.`,
    `A measure is good from a quality of ${good}, fair from ${fair}.`,
    ...(scale ? [`Read on a scale of 0 to ${scale.max} with ${scale.decimals} decimals; points and bands are of 100.`] : []),
    ...(rollUp && rollUp.kind !== 'own' ? [`With children, the health ${rollUp.kind === 'blend' ? `is ${Math.round(100 * rollUp.own)} % its own, the rest the mean of its children` : ROLL_UP[rollUp.kind]}.`] : []),
  ];
}

function ruleLines(what: string, rules: Rules): string[] {
  const words = ruleWords(rules);
  return words === 'mean' ? [] : [`${what}: ${words}.`];
}

/** "sum from 5, 0 to 10; at most 80 points; whole points" */
function ruleWords({ combine = { kind: 'mean' }, cap, whole }: Rules): string {
  const how = combine.kind === 'sum' ? `sum from ${combine.start}, kept between 0 and ${combine.max}` : combine.kind === 'worst' ? 'the worst' : 'mean';
  return [how, ...(cap === undefined ? [] : [`at most ${cap} points`]), ...(whole ? ['whole points'] : [])].join('; ');
}

function groupTable({ groups }: Card): string[] {
  if (groups.every(({ weight, parent, ...rules }) => weight === undefined && parent === undefined && ruleWords(rules) === 'mean')) return [];
  return ['', ...table(['group', 'in', 'weight', 'comes to'], groups.map(({ id, parent, weight, ...rules }) => [id, parent ?? '', weight === undefined ? '' : String(weight), ruleWords(rules)]), new Set([2]))];
}

function measureTable({ measures }: Card): string[] {
  const rows = measures.map(({ id, group, weight, signal, unit, curve, staleAfter, ceilings = [], whenUnknown = 'redistribute' }) => [
    id, group, String(weight), signal, unit, staleAfter === null ? '' : String(staleAfter), UNKNOWN[whenUnknown], ceilings.map(({ upTo, score }) => `${score} at ${upTo}`).join(', '), curveWords(curve),
  ]);
  return table(['measure', 'group', 'weight', 'reads', 'value', 'stale days', 'unknown', 'ceiling', 'value → quality'], rows, new Set([2, 5]));
}
