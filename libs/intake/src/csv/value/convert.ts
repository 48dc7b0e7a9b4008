import { minorDigits } from '#journey';
import type { Kind, Words } from '../mapping/mapping.js';
import { RowError } from '../mapping/mapping-error.js';
import type { Scope } from '../scope.js';
import { compile } from './compile.js';
import { dateReader, defaultFormats, describeFormat, faultyFormat, isZone } from './dates.js';
import { type Decimal, decimalOf, readDecimal, scaled, toNumber } from './decimal.js';
import { Moment } from './moment.js';
import { type Evaluate, type Step, textOf, type Value } from './value.js';

interface Arithmetic {
  readonly at: string;
  readonly times?: Evaluate;
  readonly plus?: Evaluate;
}

/** The step that makes a value one of a kind. What already is of that kind stays. */
export function convert(kind: Kind, words: Words, scope: Scope, { at, ...arithmetic }: Arithmetic): Step {
  switch (kind) {
    case 'text': return (value) => (typeof value === 'object' && !(value instanceof Moment) ? value : textOf(value));
    case 'number': case 'integer': return toNumeric(kind, words, scope, { at, ...arithmetic });
    case 'boolean': return toBoolean(words);
    case 'money': return toMoney(words, scope, { at, ...arithmetic });
    case 'date': case 'date-time': return toMoment(kind, words, scope, at);
  }
}

const shown = (value: Value) => `"${textOf(value).slice(0, 60)}"`;

function reckon(words: Words, scope: Scope, { times, plus }: Arithmetic): (value: Value, row: Parameters<Step>[1]) => Decimal | undefined {
  const mark = words.decimal ?? scope.defaults.decimal;
  const read = (value: Value): Decimal => {
    const decimal = typeof value === 'number' ? decimalOf(value) : readDecimal(textOf(value), mark);
    if (!decimal) throw new RowError(`${shown(value)} is not a number${mark === ',' ? ' with a decimal comma' : ''}.`, '');
    return decimal;
  };
  if (!times && !plus && words.round === undefined) return read;
  return (value, row) => {
    const [factor, addend] = [times ? times(row) : 1, plus ? plus(row) : 0];
    if (factor === undefined || addend === undefined) return undefined;
    const result = decimalOf(toNumber(read(value)) * Number(factor) + Number(addend));
    return words.round === undefined ? result : decimalOf(scaled(result, words.round) / 10 ** words.round);
  };
}

function toNumeric(kind: 'number' | 'integer', words: Words, scope: Scope, arithmetic: Arithmetic): Step {
  const decimal = reckon(words, scope, arithmetic);
  return (value, row) => {
    if (value === null) return value;
    const result = decimal(value, row);
    const figure = result && toNumber(result);
    if (figure !== undefined && kind === 'integer' && !Number.isInteger(figure)) throw new RowError(`${shown(value)} is not a whole number; \`round: 0\` makes it one.`, '');
    return figure;
  };
}

const truths = { yes: ['true', 'yes', 'y', 't', '1', 'on'], no: ['false', 'no', 'n', 'f', '0', 'off'] };

function toBoolean({ yes = truths.yes, no = truths.no }: Words): Step {
  const [wanted, unwanted] = [yes, no].map((texts) => new Set(texts.map((text) => text.toLowerCase())));
  return (value) => {
    const text = textOf(value).toLowerCase();
    if (wanted!.has(text)) return true;
    if (unwanted!.has(text)) return false;
    throw new RowError(`${shown(value)} is neither yes nor no; list it under \`yes\` or \`no\`.`, '');
  };
}

function toMoney(words: Words, scope: Scope, arithmetic: Arithmetic): Step {
  const decimal = reckon(words, scope, arithmetic);
  const currency = words.currency ?? scope.defaults.currency;
  if (currency === undefined) scope.fault(arithmetic.at, 'The currency is not known: say `currency` here or once for the whole mapping.');
  const currencyOf = compile(currency ?? 'XXX', scope, { at: `${arithmetic.at}/currency` });
  return (value, row) => {
    if (typeof value === 'object') return value;
    const code = textOf(currencyOf(row)).toUpperCase();
    if (!/^[A-Z]{3}$/.test(code)) throw new RowError(`"${code.slice(0, 60)}" is not an ISO 4217 currency.`, '');
    const digits = words.unit === 'minor' ? 0 : minorDigits(code);
    const amount = decimal(typeof value === 'string' ? bare(value) : value, row);
    return amount && { amount: scaled(amount, digits), currency: code };
  };
}

// Currency signs and codes around the figure, and the accountant's brackets for a negative one.
function bare(text: string): string {
  const figure = text.replace(/\p{Sc}|\b[A-Z]{3}\b/gu, '').trim();
  return /^\(.*\)$/.test(figure) ? `-${figure.slice(1, -1).trim()}` : figure;
}

function toMoment(kind: 'date' | 'date-time', words: Words, scope: Scope, at: string): Step {
  const { formats = scope.defaults.dates, zone = scope.defaults.zone } = words;
  const faulty = (words.formats ?? []).map(faultyFormat).find((fault) => fault !== undefined);
  if (faulty) scope.fault(`${at}/formats`, faulty);
  if (!isZone(zone)) scope.fault(`${at}/zone`, `"${zone}" is not a time zone; write one such as Europe/Berlin or UTC+2.`);
  const own = formats.some((format) => !(defaultFormats as readonly string[]).includes(format));
  const read = dateReader({ formats, zone, at: words.at, locale: scope.defaults.locale });
  return (value) => {
    if (value === null) return value;
    if (value instanceof Moment) return value.as === kind ? value : new Moment(value.at, kind);
    const text = textOf(value);
    const time = read(text);
    if (!time) throw new RowError(`"${text.slice(0, 60)}" is not a date of the form ${formats.map(describeFormat).join(' or ')}${own ? '' : '; say how it is written with `formats`, such as d/M/yyyy H:mm'}.`, '');
    return new Moment(time, kind);
  };
}
