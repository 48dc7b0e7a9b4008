import { pointerStep } from '../refusals.js';
import type { Condition, Expression, Test, Words } from './mapping/mapping.js';
import { RowError } from './mapping/mapping-error.js';
import { isSourceWord, sourceWords, stepWords, testWords } from './mapping/words.js';
import type { RowView } from './row-view.js';
import type { Scope } from './scope.js';
import { compile } from './value/compile.js';
import { Moment } from './value/moment.js';
import { compilePattern } from './value/pattern.js';
import { type Evaluate, textOf, type Value } from './value/value.js';

export type Holds = (row: RowView) => boolean;

/** A list holds when all of it does; so does an object with several words. */
export function compileCondition(condition: Condition, scope: Scope, at: string): Holds {
  if (Array.isArray(condition)) return every(condition.map((test, index) => compileTest(test as Test, scope, at + pointerStep(index))));
  return compileTest(condition as Test, scope, at);
}

const every = (conditions: readonly Holds[]): Holds => (row) => conditions.every((holds) => holds(row));

function compileTest(test: Test, scope: Scope, at: string): Holds {
  const nested = (word: 'all' | 'any' | 'none') => test[word]?.map((condition, index) => compileCondition(condition, scope, `${at}/${word}${pointerStep(index)}`)) ?? [];
  const [all, any, none] = [nested('all'), nested('any'), nested('none')];
  const holds: Holds[] = [...all];
  if (any.length > 0) holds.push((row) => any.some((condition) => condition(row)));
  if (none.length > 0) holds.push((row) => !none.some((condition) => condition(row)));
  if (test.changed !== undefined) holds.push(changed([test.changed].flat(), scope, `${at}/changed`));
  if (test.row) holds.push(place(test.row, scope, `${at}/row`));
  return every([...holds, ...aboutValue(test, scope, at)]);
}

function changed(columns: readonly string[], scope: Scope, at: string): Holds {
  scope.needNeighbours(at);
  const indexes = columns.map((name) => scope.column(name, at)).filter((index) => index !== undefined);
  return ({ previous, cells }) => previous !== undefined && indexes.some((index) => previous[index] !== cells[index]);
}

function place(where: NonNullable<Test['row']>, scope: Scope, at: string): Holds {
  scope.needNeighbours(at, where === 'last' || where === 'not-last' ? 'ahead' : undefined);
  switch (where) {
    case 'first': return ({ previous }) => previous === undefined;
    case 'not-first': return ({ previous }) => previous !== undefined;
    case 'last': return ({ isLast }) => isLast === true;
    case 'not-last': return ({ isLast }) => isLast !== true;
  }
}

function aboutValue(test: Test, scope: Scope, at: string): Holds[] {
  const tests = Object.keys(testWords).filter((word) => word in test) as (keyof typeof testWords)[];
  if (!Object.keys(test).some(isSourceWord)) {
    const words = Object.keys(test).filter((word) => word in testWords || word in stepWords);
    if (words.length > 0) scope.fault(at, `\`${words[0]}\` asks something of a value, but no value is named: add \`column\` or another source.`);
    return [];
  }
  if (tests.length === 0) scope.fault(at, `A value is named, but nothing is asked of it: add ${Object.keys(testWords).join(', ')}.`);
  const subject = compile(pick(test, { ...sourceWords, ...stepWords }), scope, { at });
  return tests.map((word) => compileAsked(word, test, subject, scope, at));
}

const pick = (test: Test, words: object): Words => Object.fromEntries(Object.entries(test).filter(([word]) => word in words));

function compileAsked(word: keyof typeof testWords, test: Test, subject: Evaluate, scope: Scope, at: string): Holds {
  const here = `${at}/${word}`;
  const wanted = new Set([test[word]].flat().map((value) => textOf(value as Value)));
  const isWanted = (value: Value) => value !== undefined && wanted.has(textOf(value));
  switch (word) {
    case 'is': return (row) => isWanted(subject(row));
    case 'not': return (row) => !isWanted(subject(row));
    case 'empty': return (row) => (subject(row) === undefined) === test.empty;
    case 'matches': {
      const pattern = compilePattern(test.matches!, scope, here);
      return (row) => {
        const value = subject(row);
        return value !== undefined && pattern.test(textOf(value));
      };
    }
    case 'becomes': case 'leaves': {
      if (test.previous !== undefined || test.first !== undefined) scope.fault(here, `\`${word}\` compares with the row before by itself: name a \`column\`.`);
      scope.needNeighbours(here);
      const before = (row: RowView) => row.previous !== undefined && isWanted(subject({ ...row, cells: row.previous }));
      return word === 'becomes' ? (row) => isWanted(subject(row)) && !before(row) : (row) => row.previous !== undefined && !isWanted(subject(row)) && before(row);
    }
    default: return compare(word, subject, compile(test[word] as Expression, scope, { at: here, kind: test.as }), here);
  }
}

const orders = { above: (d: number) => d > 0, atLeast: (d: number) => d >= 0, below: (d: number) => d < 0, atMost: (d: number) => d <= 0 };

/** A comparison with something missing does not hold. */
function compare(word: keyof typeof orders, subject: Evaluate, operand: Evaluate, at: string): Holds {
  return (row) => {
    const [left, right] = [subject(row), operand(row)];
    if (left === undefined || right === undefined) return false;
    return orders[word](sizeOf(left, at) - sizeOf(right, at));
  };
}

function sizeOf(value: Value, at: string): number {
  if (value instanceof Moment) return value.at.toMillis();
  const size = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
  if (Number.isNaN(size)) throw new RowError(`"${textOf(value).slice(0, 60)}" cannot be compared; say \`as: number\`, \`as: date\` or \`as: date-time\`.`, at);
  return size;
}
