import type { Kind } from '../mapping/mapping.js';

/** The part of a JSON Schema that a mapping is held against. */
export interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly items?: FieldSchema;
  readonly anyOf?: readonly FieldSchema[];
}

/** The kind of value that a field of the catalogue takes, where there is one. */
export function kindOf(schema: FieldSchema | undefined): Kind | undefined {
  if (!schema) return undefined;
  if (schema.anyOf) return schema.anyOf.some(({ type }) => type === 'string') ? 'text' : undefined;
  switch (schema.type) {
    case 'string': return schema.format === 'date' ? 'date' : schema.format === 'date-time' ? 'date-time' : 'text';
    case 'number': case 'integer': case 'boolean': return schema.type;
    case 'array': return kindOf(schema.items);
    case 'object': return schema.properties?.['amount'] && schema.properties['currency'] ? 'money' : undefined;
    default: return undefined;
  }
}

/** The fields that an object at this place may have; undefined when it may have any. */
export function propertiesOf(schema: FieldSchema | undefined): Readonly<Record<string, FieldSchema>> | undefined {
  return schema?.properties ?? schema?.anyOf?.find(({ properties }) => properties)?.properties;
}
