import type { ErrorObject } from 'ajv';
import { eventIdPattern, foreignIdPattern } from '#journey';
import { type Flaw, pointerStep } from '../refusals.js';
import { hint, hintOrAll } from './nearest.js';

const ARTICLES: Readonly<Record<string, string>> = {
  string: 'a text', integer: 'a whole number', number: 'a number', boolean: 'true or false', object: 'an object', array: 'a list', null: 'null',
};
const FORMATS: Readonly<Record<string, string>> = {
  date: 'a date such as 2026-03-01', 'date-time': 'a time with a zone such as 2026-03-01T09:30:00Z', email: 'an e-mail address',
};

/** What the patterns of the catalogue ask for, in words; a test keeps the list whole. */
export const patternWords: Readonly<Record<string, string>> = {
  '^[A-Za-z0-9._-]{1,249}$': 'the name of a topic: 1 to 249 letters, digits and . _ -',
  '^[A-Za-z0-9._:/-]{1,100}$': '1 to 100 letters, digits and . _ : / -, without spaces',
  '^[^@\\p{Cc}]{1,200}$': '1 to 200 characters on one line, without "@"',
  '^[0-9a-f]{64}$': 'a SHA-256 digest: 64 hexadecimal digits',
  '^[A-Z]{3}$': 'three capital letters such as EUR',
  '^https?://[^@\\s\\p{Cc}]{1,500}$': 'an address that begins with http:// or https://, without "@"',
  '^[0-9]{1,9}\\.[0-9]{1,18}$': 'a position of the log such as 1.42',
  '^\\d{2}:\\d{2}$': 'a time of the day such as 09:00',
  '^\\d{1,3}-\\d{1,3}$': 'two numbers such as 0-10',
  '^(measurement:)?[A-Za-z0-9._:/-]{1,100}$': 'a signal such as licenceUse, or measurement: and a name of 1 to 100 letters, digits and . _ : / -',
  [eventIdPattern]: '1 to 200 characters without spaces and "@"',
  [foreignIdPattern]: '1 to 200 characters on one line',
};

const countOf = (limit: number, one: string) => `${limit} ${one}${limit === 1 ? '' : 's'}`;

/** Limits of numbers, texts and lists, in words; a test keeps the list whole. */
export const boundWords: Readonly<Record<string, (limit: number) => string>> = {
  minimum: (limit) => `must be ${limit} or more`,
  maximum: (limit) => `must be ${limit} or less`,
  exclusiveMinimum: (limit) => `must be more than ${limit}`,
  exclusiveMaximum: (limit) => `must be less than ${limit}`,
  minLength: (limit) => (limit === 1 ? 'must not be empty' : `must have ${countOf(limit, 'character')} or more`),
  maxLength: (limit) => `may have ${countOf(limit, 'character')} at most`,
  minItems: (limit) => (limit === 1 ? 'must not be empty' : `must have ${countOf(limit, 'item')} or more`),
  maxItems: (limit) => `may have ${countOf(limit, 'item')} at most`,
};

const FOREIGN = '{system, id} of another system: system without spaces and "@", up to 100 characters, id up to 200 characters on one line';
const REFS: Readonly<Record<string, string>> = {
  contact: `must be our id (up to 100 letters, digits and . _ : / -), an e-mail address, or ${FOREIGN}`,
  customer: `must be our id (up to 64 letters, digits and . _ -), or ${FOREIGN}`,
};

/** Turns the errors of ajv (run with `verbose`) into sentences a person can act on. `base` is where the data stands in the item, `whole` what it is called. */
export function flawsOf(errors: readonly ErrorObject[], base: string, whole = 'The data'): Flaw[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf').map((choice) => ({ choice, meant: meantIn(choice) }));
  // What is wrong with each branch of a choice says less than what the choice is about, unless its kind tells which one was meant.
  const telling = errors.filter((error) => error.keyword !== 'if' && !choices.some(({ choice, meant }) => (
    error === choice ? meant >= 0 : isWithin(error, choice) && !error.schemaPath.startsWith(`${choice.schemaPath}/${meant}/`))));
  const flaws = telling.map((error) => flawOf(error, base, whole));
  return flaws.filter((flaw, index) => flaws.findIndex(({ pointer, detail }) => pointer === flaw.pointer && detail === flaw.detail) === index);
}

/** The branch of a choice that has the `kind` of the data; -1 where none has. */
function meantIn({ schema, data }: ErrorObject): number {
  return kindsIn(schema).findIndex((kinds) => kinds.includes((data as { kind?: string } | null)?.kind ?? ''));
}

/** The kinds of each branch of a choice; none where that is not how they are told apart. */
const kindsIn = (branches: unknown): string[][] => (branches as { properties?: { kind?: { enum?: string[] } } }[]).map(({ properties }) => properties?.kind?.enum ?? []);

const isWithin = (error: ErrorObject, choice: ErrorObject): boolean =>
  error.schemaPath.startsWith(`${choice.schemaPath}/`) && (error.instancePath === choice.instancePath || error.instancePath.startsWith(`${choice.instancePath}/`));

function flawOf(error: ErrorObject, base: string, whole: string): Flaw {
  const { keyword, params, instancePath } = error;
  const pointer = base + instancePath;
  const name = nameOf(instancePath) ?? whole;
  const schema = (error.parentSchema ?? {}) as Record<string, unknown>;
  switch (keyword) {
    case 'required':
      return { pointer: pointer + pointerStep(params.missingProperty), detail: `\`${params.missingProperty}\` is missing.` };
    case 'additionalProperties': {
      const field = String(params.additionalProperty);
      return { pointer: pointer + pointerStep(field), detail: `There is no field \`${field.slice(0, 64)}\` here.${hintOrAll(field, Object.keys(schema.properties ?? {}))}` };
    }
    case 'enum':
      return { pointer, detail: `${name} must be one of ${params.allowedValues.map(String).join(', ')}.${typeof error.data === 'string' ? hint(error.data, params.allowedValues.map(String)) : ''}` };
    case 'const':
      return { pointer, detail: `${name} must be ${JSON.stringify(params.allowedValue)}.` };
    case 'type':
      return { pointer, detail: `${name} must be ${[params.type].flat().map((type: string) => ARTICLES[type] ?? type).join(' or ')}.` };
    case 'format':
      return { pointer, detail: `${name} must be ${FORMATS[params.format] ?? `a valid ${params.format}`}.` };
    case 'pattern':
      return { pointer, detail: `${name} must be ${patternWords[params.pattern] ?? `a text like ${params.pattern}`}.` };
    case 'anyOf':
    case 'oneOf':
      return { pointer, detail: `${name} ${REFS[String(schema.refersTo)] ?? choiceWords(kindsIn(error.schema).flat())}.` };
    case 'minProperties':
      return { pointer, detail: `${name} needs at least one of ${optional(schema).join(', ')}.` };
    case 'maxProperties':
      return { pointer, detail: `${name} may have only one of ${optional(schema).join(', ')}.` };
    default:
      return { pointer, detail: `${name} ${boundWords[keyword]?.(params.limit) ?? 'does not fit'}.` };
  }
}

const choiceWords = (kinds: readonly string[]): string => (kinds.length > 0 ? `must be of kind ${kinds.join(' or ')}` : 'does not fit');

function optional({ properties = {}, required = [] }: { properties?: object; required?: string[] }): string[] {
  return Object.keys(properties).filter((field) => !required.includes(field));
}

function nameOf(instancePath: string): string | undefined {
  const steps = instancePath.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.length === 0 ? undefined : `\`${steps.join('.')}\``;
}
