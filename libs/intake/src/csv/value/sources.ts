import { createHash } from 'node:crypto';
import { pointerStep } from '../../refusals.js';
import { compileCondition } from '../condition.js';
import type { Expression, Words } from '../mapping/mapping.js';
import { RowError } from '../mapping/mapping-error.js';
import type { RowView } from '../row-view.js';
import { nothing, type ReadText, type Scope } from '../scope.js';
import { compile, type Place } from './compile.js';
import { Moment } from './moment.js';
import { idPart } from './slug.js';
import { compileTemplate } from './template.js';
import { type Evaluate, textOf, type Value } from './value.js';

/** The word that says where the value comes from. */
export function compileSource(words: Words, scope: Scope, place: Place): Evaluate {
  const { at } = place;
  if (words.column !== undefined) return readColumn(words.column, scope, `${at}/column`);
  if ('constant' in words) return () => words.constant as Value;
  if (words.template !== undefined) {
    return compileTemplate(words.template, (name) => asText(readColumn(name, scope, at)), place.inId ? idPart : undefined);
  }
  if (words.previous !== undefined) return readNeighbour('previous', words.previous, scope, `${at}/previous`);
  if (words.first !== undefined) return readNeighbour('first', words.first, scope, `${at}/first`);
  if (words.lookup !== undefined) return readLookup(words.lookup, words, scope, at);
  if (words.hash !== undefined) return readHash(words.hash, words.occurrence === true, scope, `${at}/hash`);
  if (words.rowNumber) {
    scope.warn('Ids hold the row number: when rows are added, removed or sorted, the same facts come as new ones.');
    return ({ row }) => row;
  }
  if (words.firstOf) return firstOf(each(words.firstOf, scope, place, 'firstOf'));
  if (words.latestOf) return extreme(each(words.latestOf, scope, place, 'latestOf'), (a, b) => a > b);
  if (words.earliestOf) return extreme(each(words.earliestOf, scope, place, 'earliestOf'), (a, b) => a < b);
  return readCases(words.cases ?? [], scope, place);
}

function readColumn(name: string, scope: Scope, at: string): Evaluate {
  const computed = scope.computed(name);
  if (computed) return computed;
  const index = scope.column(name, at);
  return index === undefined ? nothing : ({ cells }) => cells[index];
}

const asText = (evaluate: Evaluate): ReadText => (row) => {
  const value = evaluate(row);
  return value === undefined ? undefined : textOf(value);
};

function readNeighbour(which: 'previous' | 'first', name: string, scope: Scope, at: string): Evaluate {
  scope.needNeighbours(at);
  const index = scope.column(name, at);
  return index === undefined ? nothing : (row) => row[which]?.[index];
}

function readLookup(name: string, { by, value, otherwise, unlisted = 'refuse', translate }: Words, scope: Scope, at: string): Evaluate {
  const table = scope.lookup(name, `${at}/lookup`);
  if (value === undefined) scope.fault(at, '`lookup` needs `value`: the column of the second file to take.');
  if (!table || value === undefined) return nothing;
  if (!table.columns.includes(value)) scope.fault(`${at}/value`, `The lookup \`${name}\` has no column \`${value}\`; it has ${table.columns.join(', ')}.`);
  const key = asText(by === undefined ? readColumn(table.key, scope, at) : compile(by, scope, { at: `${at}/by` }));
  return (row) => {
    const wanted = key(row);
    if (wanted === undefined || table.has(wanted)) return wanted === undefined ? undefined : table.find(wanted, value);
    if (!translate && otherwise !== undefined) return otherwise as Value;
    if (unlisted === 'refuse') throw new RowError(`"${wanted.slice(0, 60)}" is not in the lookup ${name}; \`unlisted: missing\` lets that pass.`, at);
    return unlisted === 'keep' ? wanted : undefined;
  };
}

function readHash(columns: 'row' | readonly string[], occurrence: boolean, scope: Scope, at: string): Evaluate {
  const names = columns === 'row' ? scope.columns : columns;
  const indexes = [...names].sort().map((name) => scope.column(name, at));
  const hashOf = ({ cells }: RowView) =>
    createHash('sha256').update(JSON.stringify(indexes.map((index) => (index === undefined ? null : cells[index] ?? null)))).digest('base64url').slice(0, 22);
  if (!occurrence) return hashOf;
  // One entry per different row, so that the second copy of a row gets an id of its own, in whatever order they come.
  const seen = new Map<string, { copies: number; row: number }>();
  return (row) => {
    const hash = hashOf(row);
    const entry = seen.get(hash) ?? { copies: 0, row: 0 };
    // Several events of one row ask for its id; that is still one copy.
    if (entry.row !== row.row) seen.set(hash, { copies: entry.copies + 1, row: row.row });
    const { copies } = seen.get(hash)!;
    return copies === 1 ? hash : `${hash}.${copies}`;
  };
}

const each = (expressions: readonly Expression[], scope: Scope, place: Place, word: string) =>
  expressions.map((expression, index) => compile(expression, scope, { ...place, at: `${place.at}/${word}${pointerStep(index)}` }));

function firstOf(choices: readonly Evaluate[]): Evaluate {
  return (row) => {
    for (const choice of choices) {
      const value = choice(row);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

function extreme(choices: readonly Evaluate[], better: (a: number, b: number) => boolean): Evaluate {
  const size = (value: Value) => (value instanceof Moment ? value.at.toMillis() : Number(value));
  return (row) => choices.map((choice) => choice(row)).filter((value) => value !== undefined)
    .reduce<Value>((best, value) => (best === undefined || better(size(value), size(best)) ? value : best), undefined);
}

function readCases(cases: NonNullable<Words['cases']>, scope: Scope, place: Place): Evaluate {
  const compiled = cases.map(({ when, value }, index) => {
    const at = `${place.at}/cases${pointerStep(index)}`;
    return { when: when === undefined ? () => true : compileCondition(when, scope, `${at}/when`), value: compile(value, scope, { ...place, at: `${at}/value` }) };
  });
  return (row) => compiled.find(({ when }) => when(row))?.value(row);
}
