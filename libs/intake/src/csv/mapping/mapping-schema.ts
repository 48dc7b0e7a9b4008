import { ruleWords, sourceWords, stepWords, testWords } from './words.js';

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text, minItems: 1 };
const expression = { $ref: '#/$defs/expression' };
const name = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,59}$' };
const source = { type: 'string', pattern: '^[^@\\s]{1,200}$' };

const fileWords = {
  delimiter: { type: 'string', pattern: '^(.|\\t|tab|whitespace)$' }, header: { type: 'boolean' }, columns: texts,
  encoding: { enum: ['utf-8', 'utf-16', 'latin1', 'windows-1252'] }, quote: { type: 'string', pattern: '^(.|none)$' },
  comment: { type: 'string', minLength: 1, maxLength: 1 }, skipLines: { type: 'integer', minimum: 0 }, trim: { type: 'boolean' },
  missing: { type: 'array', items: { type: 'string' } },
};

const lookup = {
  type: 'object', additionalProperties: false, required: ['file', 'key'],
  properties: { file: text, key: text, duplicates: { enum: ['refuse', 'first', 'last'] }, ...fileWords },
};

const rows = {
  type: 'object', additionalProperties: false,
  properties: {
    key: { anyOf: [text, texts] }, grouped: { type: 'boolean' },
    dropCopies: { anyOf: [{ const: true }, texts] },
    drop: {
      type: 'array',
      items: { type: 'object', additionalProperties: false, required: ['when', 'because'], properties: { when: { $ref: '#/$defs/condition' }, because: text } },
    },
  },
};

const envelope = { id: expression, customer: expression, time: expression, observedAt: expression };

const event = {
  type: 'object', additionalProperties: false, required: ['type'],
  properties: {
    type: text, name, version: { type: 'integer', minimum: 1 }, source, when: { $ref: '#/$defs/condition' }, ...envelope,
    data: { type: 'object', additionalProperties: expression },
  },
};

const anySource = { anyOf: Object.keys(sourceWords).map((word) => ({ required: [word] })) };
const test = { type: 'object', additionalProperties: false, minProperties: 1, properties: { ...ruleWords, ...sourceWords, ...stepWords, ...testWords } };

/** JSON Schema of a mapping file. An object with a source word must be words only; any other object holds further expressions. */
export const mappingSchema = {
  type: 'object', additionalProperties: false, required: ['mapping', 'source', 'events'],
  properties: {
    mapping: { const: 1 }, about: text, source, edition: { type: 'integer', minimum: 2 },
    file: { type: 'object', additionalProperties: false, properties: fileWords },
    zone: text, dates: texts, locale: text, decimal: { enum: ['.', ','] }, currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    lookups: { type: 'object', additionalProperties: lookup }, values: { type: 'object', additionalProperties: expression },
    rows, ...envelope,
    events: { type: 'array', items: event, minItems: 1 },
  },
  $defs: {
    expression: {
      if: { type: 'object', ...anySource },
      then: { type: 'object', additionalProperties: false, properties: { ...sourceWords, ...stepWords } },
      else: { if: { type: 'object' }, then: { additionalProperties: expression }, else: { if: { type: 'array' }, then: { items: expression } } },
    },
    condition: { if: { type: 'array' }, then: { items: test, minItems: 1 }, else: test },
  },
} as const;
