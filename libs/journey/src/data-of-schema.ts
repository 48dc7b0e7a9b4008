/**
 * The TypeScript type of what a JSON Schema admits, for the words that our schemas use.
 * Our own, because json-schema-to-ts does not get through a catalogue of this size (its general case is "excessively deep" for the compiler).
 */
export type DataOfSchema<S> =
  S extends { readonly enum: readonly (infer Value)[] } ? Value :
  S extends { readonly anyOf: readonly (infer Branch)[] } ? DataOfSchema<Branch> :
  S extends { readonly type: 'object' } ? ObjectOf<S> :
  S extends { readonly type: 'array'; readonly minItems: 2; readonly maxItems: 2; readonly items: infer Item } ? readonly [DataOfSchema<Item>, DataOfSchema<Item>] :
  S extends { readonly type: 'array'; readonly items: infer Item } ? readonly DataOfSchema<Item>[] :
  S extends { readonly type: 'string' } ? string :
  S extends { readonly type: 'integer' | 'number' } ? number :
  S extends { readonly type: 'boolean' } ? boolean :
  S extends { readonly type: 'null' } ? null : unknown;

type ObjectOf<S> = S extends { readonly properties: infer Properties; readonly required: readonly (infer Required)[] }
  ? Flat<
      { readonly [K in keyof Properties as K extends Required ? K : never]: DataOfSchema<Properties[K]> } &
      { readonly [K in keyof Properties as K extends Required ? never : K]?: DataOfSchema<Properties[K]> }
    >
  : Readonly<Record<string, unknown>>;

type Flat<T> = { [K in keyof T]: T[K] };
