import { getMetadataStorage } from 'class-validator';
import { itemOf } from '../http/rules.js';
import { notesOf } from '../http/says.decorator.js';
import type { Schema } from './schema.js';

export type Dto = new () => object;

interface Rule {
  readonly propertyName: string;
  readonly type: string;
  readonly name?: string;
  readonly constraints?: readonly unknown[];
  /** A rule about each item of a list. */
  readonly each?: boolean;
}

// The names that class-validator gives its own kinds of rules.
const NESTED = 'nestedValidation';
const OPTIONAL = 'conditionalValidation';

/** What each rule means in JSON Schema. */
const meanings: Readonly<Record<string, (constraint: unknown) => Schema>> = {
  isArray: () => ({ type: 'array' }),
  arrayMinSize: (least) => ({ minItems: least }),
  arrayMaxSize: (most) => ({ maxItems: most }),
  arrayUnique: () => ({ uniqueItems: true }),
  isString: () => ({ type: 'string' }),
  isInt: () => ({ type: 'integer' }),
  isBoolean: () => ({ type: 'boolean' }),
  isNumber: () => ({ type: 'number' }),
  min: (least) => ({ minimum: least }),
  max: (most) => ({ maximum: most }),
  isIn: (values) => ({ type: 'string', enum: values }),
  // Said beside the pattern: not every tool reads a pattern.
  matches: (pattern) => ({ type: 'string', minLength: 1, pattern: (pattern as RegExp).source }),
  isDay: () => ({ type: 'string', format: 'date', pattern: '^(19|[2-9][0-9])[0-9]{2}-' }),
  isDayOrNull: () => ({ type: ['string', 'null'], format: 'date', pattern: '^(19|[2-9][0-9])[0-9]{2}-' }),
  isCodeOrNull: () => ({ type: ['string', 'null'], pattern: '^[A-Za-z0-9._:/-]{1,100}$' }),
  isNumberOrNull: () => ({ type: ['number', 'null'] }),
  isEventList: () => ({ type: 'array', items: { type: 'object', required: ['position', 'digest'], properties: { position: { type: 'integer', description: 'The number of its position.' }, digest: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'Of it as it is stored.' } } } }),
  isObject: () => ({ type: 'object' }),
  isMoment: () => ({ type: 'string', pattern: '^(19|[2-9][0-9])[0-9]{2}-', anyOf: [{ format: 'date' }, { format: 'date-time' }] }),
  isStart: () => ({ type: 'string', anyOf: [{ enum: ['beginning', 'now'] }, { format: 'date-time' }] }),
  minLength: (least) => ({ type: 'string', minLength: least }),
  maxLength: (most) => ({ type: 'string', maxLength: most }),
};

/** One field of a request, as its class holds it. */
export interface DtoField {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly example: unknown;
}

/** The fields of a class from its rules, which are the only source. @throws Error for a field without words, or a rule without a meaning */
export function fieldsOf(type: Dto): DtoField[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false) as readonly Rule[];
  const notes = notesOf(type);
  const names = [...new Set([...Object.keys(notes), ...rules.map(({ propertyName }) => propertyName)])];
  return names.map((name) => {
    const note = notes[name];
    if (!note) throw new Error(`${type.name}.${name} has no Says`);
    const own = rules.filter(({ propertyName }) => propertyName === name);
    const { description, example, default: fallback } = note;
    const schema = Object.assign({ description }, ...own.map((rule) => meaningOf(type, rule)), fallback === undefined ? {} : { default: fallback }) as Schema;
    return { name, required: !own.some(({ type: kind }) => kind === OPTIONAL), schema, example };
  });
}

/** A class as the schema of a body. */
export function bodySchema(type: Dto): Schema {
  const fields = fieldsOf(type);
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const properties = Object.fromEntries(fields.map(({ name, schema, example }) => [name, { ...schema, ...(example === undefined ? {} : { examples: [example] }) }]));
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false };
}

function meaningOf(type: Dto, { propertyName, type: kind, name, constraints = [], each = false }: Rule): Schema {
  if (kind === OPTIONAL || name === 'isDefined') return {};
  const item = itemOf(type, propertyName);
  if (kind === NESTED && item) return { items: bodySchema(item) };
  if (kind === NESTED) return bodySchema(Reflect.getMetadata('design:type', type.prototype as object, propertyName) as Dto);
  const meaning = meanings[name ?? ''];
  if (!meaning) throw new Error(`The rule ${name} of ${type.name}.${propertyName} has no meaning in JSON Schema`);
  return each ? { items: meaning(constraints[0]) } : meaning(constraints[0]);
}
