import type { Schema } from '../openapi/schema.js';

/** The schemas of the OpenAPI document, by name. */
export type Schemas = Readonly<Record<string, Schema>>;
type Fields = Readonly<Record<string, Schema>>;

/** A schema without references and without "or null"; where it is one of several, with the fields of all of them. */
export function plain(schema: Schema, schemas: Schemas): Schema {
  const { $ref } = schema as { $ref?: string };
  if ($ref !== undefined) return plain(schemas[$ref.slice($ref.lastIndexOf('/') + 1)]!, schemas);
  const parts = ['anyOf', 'oneOf', 'allOf'].flatMap((word) => (schema[word] as readonly Schema[] | undefined) ?? []).filter(({ type }) => type !== 'null');
  if (parts.length === 0) return schema;
  const known = parts.map((part) => plain(part, schemas));
  if (!known.every((part) => fieldsOf(part) !== null)) return known.length === 1 ? known[0]! : {};
  return { type: 'object', properties: Object.assign({}, ...known.toReversed().map(({ properties }) => properties), schema['properties'] ?? {}) as Fields };
}

/** The fields of a plain schema of an object of which all are known; null for anything else. */
export function fieldsOf({ properties, additionalProperties }: Schema): Fields | null {
  const fields = properties as Fields | undefined;
  return fields === undefined || Object.keys(fields).length === 0 || (additionalProperties !== undefined && additionalProperties !== false) ? null : fields;
}

/** The plain schema of what a list holds; null for what is no list. */
export function itemsOf(schema: Schema, schemas: Schemas): Schema | null {
  const { items } = plain(schema, schemas) as { items?: Schema };
  return items === undefined ? null : plain(items, schemas);
}

const is = (schema: Schema, ...types: readonly string[]): boolean => [schema['type']].flat().some((type) => types.includes(type as string));

export const isText = (schema: Schema): boolean => is(schema, 'string') && !is(schema, 'number', 'integer', 'boolean', 'object', 'array');
export const isYesNo = (schema: Schema): boolean => is(schema, 'boolean');
export const isNumber = (schema: Schema): boolean => is(schema, 'number', 'integer');
/** An amount in minor units with its currency. */
export const isMoney = (schema: Schema): boolean => Object.keys(fieldsOf(schema) ?? {}).sort().join() === 'amount,currency';
/** A figure says of how many it is made. */
export const isFigure = (schema: Schema): boolean => ['value', 'n'].every((name) => name in (fieldsOf(schema) ?? {}));
