import type { JSONSchema } from 'json-schema-to-ts';
import { findType, isTenantType, schemaOf } from './catalogue.js';

/** Where something sits inside `data`: property names from the outside in, `*` for every item of an array. The empty path is `data` itself. */
export type DataPath = readonly string[];

type Marked = Exclude<JSONSchema, boolean> & { readonly personal?: boolean; readonly refersTo?: string };

/**
 * The personal fields of a type, which are sealed when stored. For a tenant's own type that is all of `data`: the empty path.
 * `record.amended` has none of its own: its inner `data` follows the rules of the type it amends.
 */
export function personalPaths(type: string, version: number): readonly DataPath[] {
  if (isTenantType(type)) return [[]];
  return schemaOf(type, version) ? once(`personal ${type} ${version}`, () => pathsOf(schemaOf(type, version), (schema) => schema.personal === true)) : [];
}

/** Fields that name a contact, by our id or by {system, id}; in the current version. */
export function contactPaths(type: string): readonly DataPath[] {
  return refersTo(type, 'contact');
}

/** Fields that name another customer, by our id, by {system, id} or null; in the current version. */
export function customerPaths(type: string): readonly DataPath[] {
  return refersTo(type, 'customer');
}

function refersTo(name: string, whom: 'contact' | 'customer'): readonly DataPath[] {
  const type = findType(name);
  return type ? once(`${whom} ${name}`, () => pathsOf(type.schema, (schema) => schema.refersTo === whom)) : [];
}

const found = new Map<string, readonly DataPath[]>();

/** Worked out once for each type that we know. */
function once(key: string, work: () => readonly DataPath[]): readonly DataPath[] {
  const known = found.get(key) ?? work();
  found.set(key, known);
  return known;
}

function pathsOf(schema: JSONSchema | undefined, wanted: (schema: Marked) => boolean, at: DataPath = []): DataPath[] {
  if (!schema || typeof schema === 'boolean') return [];
  if (wanted(schema)) return [at];
  const inside = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => pathsOf(inner, wanted, [...at, name]));
  return schema.items && !Array.isArray(schema.items) ? [...inside, ...pathsOf(schema.items as JSONSchema, wanted, [...at, '*'])] : inside;
}
