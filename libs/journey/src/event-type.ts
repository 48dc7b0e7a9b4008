import type { JSONSchema } from 'json-schema-to-ts';
import type { DataOfSchema } from './data-of-schema.js';

/** How one type of fact looks. The JSON Schema is the only source: validation, TypeScript types, docs and OpenAPI come from it. */
export interface EventType<Type extends string = string, Schema = JSONSchema, Data = object> {
  readonly type: Type;
  /** Version that `schema` describes; older ones are lifted by `upcast`. */
  readonly version: number;
  readonly description: string;
  /** Of `data`, as it is sent. Draft 2020-12 words that ajv's default draft also knows, and our own (`keywords`). */
  readonly schema: Schema;
  readonly example: Data;
  /** The field of `data` that names the contact whose key seals the personal fields, or the contacts whose keys do together; without it, or where it names nobody, the customer's own key does. */
  readonly person?: string;
  /** Ours to append: every door refuses it. */
  readonly internal?: boolean;
  /** What the schema cannot say: fields that contradict each other, or the time of the fact. Gets valid `data` of the current version; no time where that is not at hand. */
  check?(data: Data, occurredAt?: string): readonly Contradiction[];
  /** Old versions still accepted: their schema, how one lifts to the next version, and a recorded example. */
  readonly older?: Readonly<Record<number, OlderVersion>>;
}

export interface OlderVersion {
  readonly schema: JSONSchema;
  readonly example: Record<string, unknown>;
  /** Lifts `data` of this version to the next one. Must leave sealed fields as they are. */
  readonly lift: (data: Record<string, unknown>) => Record<string, unknown>;
}

/** Fields of valid `data` that cannot be true together. `path`: property names from the outside in. */
export interface Contradiction {
  readonly path: readonly string[];
  readonly message: string;
}

/** Keeps the literal types of a definition and holds its example to the schema's type. */
export function eventType<const Type extends string, const Schema extends JSONSchema>(
  definition: EventType<Type, Schema, DataOfSchema<Schema>>,
): EventType<Type, Schema, DataOfSchema<Schema>> {
  return definition;
}

/** The TypeScript type of an event type's `data`, as sent. */
export type DataOf<T> = T extends { readonly example: infer Data } ? Data : never;
