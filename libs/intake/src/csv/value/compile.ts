import { hintOrAll } from '../../record-events/nearest.js';
import { pointerStep } from '../../refusals.js';
import type { Expression, Kind, Words } from '../mapping/mapping.js';
import { RowError } from '../mapping/mapping-error.js';
import { isSourceWord } from '../mapping/words.js';
import type { Scope } from '../scope.js';
import { convert } from './convert.js';
import { defaultFormats } from './dates.js';
import { type FieldSchema, kindOf, propertiesOf } from './kinds.js';
import { compileSource } from './sources.js';
import { compileSteps } from './steps.js';
import { isTemplate } from './template.js';
import type { Evaluate, Value } from './value.js';

/** Where an expression stands and what is wanted there. */
export interface Place {
  /** RFC 6901 pointer into the mapping. */
  readonly at: string;
  /** Of the field that it fills; says which kind of value is wanted and which fields an object may have. */
  readonly schema?: FieldSchema;
  /** Wanted where no schema says it. */
  readonly kind?: Kind;
  /** Cells in templates are encoded so that ids stay unambiguous. */
  readonly inId?: boolean;
}

/** Turns an expression into a function of a row. Faults go to the scope. */
export function compile(expression: Expression, scope: Scope, place: Place): Evaluate {
  if (Array.isArray(expression)) return compileList(expression as readonly Expression[], scope, place);
  if (isWords(expression)) return compileWords(expression, scope, place);
  if (typeof expression === 'object' && expression !== null) return compileFields(expression as Record<string, Expression>, scope, place);
  if (typeof expression === 'string' && isTemplate(expression)) return compileWords({ template: expression }, scope, place);
  return compileConstant(expression as Value, scope, place);
}

export const isWords = (expression: unknown): expression is Words =>
  typeof expression === 'object' && expression !== null && !Array.isArray(expression) && Object.keys(expression).some(isSourceWord);

function compileList(items: readonly Expression[], scope: Scope, { schema, ...place }: Place): Evaluate {
  const compiled = items.map((item, index) => compile(item, scope, { ...place, at: place.at + pointerStep(index), schema: schema?.items }));
  return (row) => compiled.flatMap((item) => {
    const value = item(row);
    return Array.isArray(value) ? value : value === undefined ? [] : [value];
  });
}

/** An object whose fields are expressions, whatever they are called. */
export function compileFields(fields: Record<string, Expression>, scope: Scope, { at, schema, inId }: Place): Evaluate {
  const known = propertiesOf(schema);
  const compiled = Object.entries(fields).map(([field, expression]) => {
    const place = at + pointerStep(field);
    if (known && !Object.hasOwn(known, field)) scope.fault(place, `There is no field \`${field}\` here.${hintOrAll(field, Object.keys(known))}`);
    return [field, oneOf(known?.[field]?.enum, compile(expression, scope, { at: place, schema: known?.[field], inId }), place, expression)] as const;
  });
  return (row) => Object.fromEntries(compiled.map(([field, evaluate]) => [field, evaluate(row)]));
}

/** Values of a field that takes only some: told here, with the place in the mapping and the column. */
function oneOf(values: readonly string[] | undefined, evaluate: Evaluate, at: string, expression: Expression): Evaluate {
  if (!values) return evaluate;
  const column = isWords(expression) ? expression.column : undefined;
  return (row) => {
    const value = evaluate(row);
    if (typeof value !== 'string' || values.includes(value)) return value;
    throw new RowError(`"${value.slice(0, 60)}" is not one of ${values.join(', ')}; say with \`translate\` which one it is.`, at, column);
  };
}

function compileWords(words: Words, scope: Scope, place: Place): Evaluate {
  const sources = Object.keys(words).filter(isSourceWord);
  if (sources.length > 1) scope.fault(place.at, `Only one of ${sources.map((word) => `\`${word}\``).join(' and ')} can say where the value comes from.`);
  const source = compileSource(words, scope, place);
  const steps = compileSteps(words, 'constant' in words ? readingIso(scope) : scope, { ...place, kind: place.kind ?? kindOf(place.schema) });
  if (steps.length === 0 && !('default' in words)) return source;
  if (words.as === 'date' || words.as === 'date-time') refuseBrokenConstant(words, words.as, scope, place.at);
  const column = words.column ?? words.previous ?? words.first;
  return (row) => {
    let value = source(row);
    try {
      for (const step of steps) {
        if (value === undefined) break;
        value = step(value, row);
      }
    } catch (error) {
      throw error instanceof RowError ? new RowError(error.message, error.pointer || place.at, error.column ?? column) : error;
    }
    return value === undefined ? (words.default as Value) : value;
  };
}

// Told once, with its place in the mapping, and not for every row.
function refuseBrokenConstant(words: Words, as: 'date' | 'date-time', scope: Scope, at: string): void {
  const { constant, match, split, translate } = words;
  if (typeof constant !== 'string' || match !== undefined || split !== undefined || translate !== undefined) return;
  try {
    convert(as, words, readingIso(scope), { at })(constant, { row: 0, line: 0, cells: [] });
  } catch (error) {
    scope.fault(`${at}/constant`, (error as Error).message);
  }
}

// What a mapping itself says may always be written in ISO form, however the file writes its dates.
const readingIso = (scope: Scope): Scope => ({ ...scope, defaults: { ...scope.defaults, dates: [...defaultFormats, ...scope.defaults.dates] } });

function compileConstant(constant: Value, scope: Scope, { at, schema, kind = kindOf(schema) }: Place): Evaluate {
  if (typeof constant !== 'string' || kind === undefined || kind === 'text') return () => constant;
  const wanted = convert(kind, {}, readingIso(scope), { at });
  try {
    const value = wanted(constant, { row: 0, line: 0, cells: [] });
    return () => value;
  } catch (error) {
    scope.fault(at, `${(error as Error).message}${scope.columns.includes(constant) ? ` To read the column, write {column: ${constant}}.` : ''}`);
    return () => constant;
  }
}
