import { hint } from '../../record-events/nearest.js';
import type { Kind, Words } from '../mapping/mapping.js';
import { RowError } from '../mapping/mapping-error.js';
import type { Scope } from '../scope.js';
import { compile, type Place } from './compile.js';
import { convert } from './convert.js';
import { dateSteps } from './date-steps.js';
import { compilePattern } from './pattern.js';
import { slug } from './slug.js';
import { type Step, textOf, type Value } from './value.js';

/** The steps in their fixed order. After `split` they are taken for each item of the list. */
export function compileSteps(words: Words, scope: Scope, place: Place): Step[] {
  const { at } = place;
  const later = [...translation(words, scope, at), ...spelling(words), ...conversion(words, scope, place)];
  const steps: Step[] = [];
  if (words.missing) steps.push((value) => (words.missing!.includes(textOf(value)) ? undefined : value));
  if (words.match !== undefined) steps.push(matching(words.match, scope, `${at}/match`));
  if (words.split === undefined) return [...steps, ...later];
  return [...steps, (value, row) => textOf(value).split(words.split!).map((item) => item.trim()).filter((item) => item !== '')
    .map((item) => later.reduce<Value>((result, step) => (result === undefined ? undefined : step(result, row)), item)).filter((item) => item !== undefined)];
}

function matching(pattern: string, scope: Scope, at: string): Step {
  const regex = compilePattern(pattern, scope, at);
  return (value) => {
    const match = regex.exec(textOf(value));
    return match ? match[1] ?? match[0] : undefined;
  };
}

function translation({ translate, otherwise, unlisted = 'refuse', lookup }: Words, scope: Scope, at: string): Step[] {
  if (!translate) {
    if (otherwise !== undefined && lookup === undefined) scope.fault(`${at}/otherwise`, '`otherwise` says what `translate` or `lookup` does not list; there is neither here.');
    return [];
  }
  const table = new Map(Object.entries(translate));
  return [(value) => {
    const text = textOf(value);
    if (table.has(text)) return table.get(text) as Value;
    if (otherwise !== undefined) return otherwise as Value;
    if (unlisted === 'refuse') throw new RowError(`"${text.slice(0, 60)}" is not in the translation table.${hint(text, table.keys())}`, `${at}/translate`);
    return unlisted === 'keep' ? value : undefined;
  }];
}

function spelling(words: Words): Step[] {
  const steps: Step[] = [];
  if (words.case) steps.push((value) => (words.case === 'lower' ? textOf(value).toLowerCase() : textOf(value).toUpperCase()));
  if (words.slug) steps.push((value) => slug(textOf(value)) || undefined);
  if (words.cut) steps.push((value) => [...textOf(value)].slice(0, words.cut).join(''));
  return steps;
}

function conversion(words: Words, scope: Scope, place: Place): Step[] {
  const { at } = place;
  const moves = dateSteps(words, scope, at);
  const kind = words.as ?? place.kind ?? impliedKind(words, moves.length > 0);
  if (moves.length > 0 && kind !== 'date' && kind !== 'date-time') scope.fault(at, 'Only dates can be moved: say `as: date` or `as: date-time`.');
  const amount = (word: 'times' | 'plus') => (words[word] === undefined ? undefined : compile(words[word], scope, { at: `${at}/${word}`, kind: 'number' }));
  return [...(kind === undefined ? [] : [convert(kind, words, scope, { at, times: amount('times'), plus: amount('plus') })]), ...moves];
}

// What the words say about the kind where neither `as` nor the field says it.
function impliedKind({ times, plus, round, formats, zone, at, yes, no, currency, unit }: Words, moved: boolean): Kind | undefined {
  if (currency !== undefined || unit) return 'money';
  if (times !== undefined || plus !== undefined || round !== undefined) return 'number';
  if (yes || no) return 'boolean';
  return moved || formats || zone || at ? 'date-time' : undefined;
}
