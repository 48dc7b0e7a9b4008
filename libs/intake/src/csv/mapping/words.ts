const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: { type: 'string' }, minItems: 1 };
const expression = { $ref: '#/$defs/expression' };
const expressions = { type: 'array', items: expression, minItems: 1 };
const condition = { $ref: '#/$defs/condition' };
const conditions = { type: 'array', items: condition, minItems: 1 };
const flag = { const: true };
const unit = { enum: ['year', 'quarter', 'month', 'week', 'day', 'hour'] };
const scalar = { type: ['string', 'number', 'boolean', 'null'] };
const oneOrMore = { anyOf: [{ type: ['string', 'number', 'boolean'] }, { type: 'array', items: { type: ['string', 'number', 'boolean'] }, minItems: 1 }] };

/** Where a value comes from. An object with one of these is words; any other object is the value itself. */
export const sourceWords = {
  column: text, constant: {}, template: text, previous: text, first: text, lookup: text,
  hash: { anyOf: [{ const: 'row' }, texts] }, rowNumber: flag, firstOf: expressions, latestOf: expressions, earliestOf: expressions,
  cases: {
    type: 'array', minItems: 1,
    items: { type: 'object', additionalProperties: false, required: ['value'], properties: { when: condition, value: expression } },
  },
} as const;

/** What is done with it, in this order. */
export const stepWords = {
  by: expression, value: text, occurrence: flag,
  missing: texts, match: text, split: text,
  translate: { type: 'object', minProperties: 1, additionalProperties: scalar }, otherwise: {}, unlisted: { enum: ['refuse', 'keep', 'missing'] },
  case: { enum: ['lower', 'upper'] }, slug: flag, cut: { type: 'integer', minimum: 1 },
  as: { enum: ['text', 'number', 'integer', 'boolean', 'money', 'date', 'date-time'] },
  decimal: { enum: ['.', ','] }, currency: expression, unit: { enum: ['major', 'minor'] }, yes: texts, no: texts,
  formats: texts, zone: text, at: { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$' },
  times: expression, plus: expression, round: { type: 'integer', minimum: 0, maximum: 15 },
  add: {
    type: 'object', additionalProperties: false, minProperties: 1,
    properties: { years: expression, quarters: expression, months: expression, weeks: expression, days: expression, hours: expression, minutes: expression },
  },
  startOf: unit, endOf: unit, default: {},
} as const;

/** What a condition asks of a value. */
export const testWords = {
  is: oneOrMore, not: oneOrMore, empty: { type: 'boolean' }, matches: text,
  above: expression, atLeast: expression, below: expression, atMost: expression, becomes: oneOrMore, leaves: oneOrMore,
} as const;

/** What a condition asks of the row, or of other conditions. */
export const ruleWords = {
  all: conditions, any: conditions, none: conditions,
  changed: { anyOf: [text, texts] }, row: { enum: ['first', 'last', 'not-first', 'not-last'] },
} as const;

export const isSourceWord = (word: string): word is keyof typeof sourceWords => Object.hasOwn(sourceWords, word);
