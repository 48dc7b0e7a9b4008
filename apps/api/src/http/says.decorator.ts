/** What the documentation says of a field of a request, beside what its rules say. */
export interface FieldNote {
  readonly description: string;
  readonly example?: unknown;
  readonly default?: unknown;
}

const notes = new WeakMap<object, Record<string, FieldNote>>();

/** Describes a field of a query or a body in the OpenAPI document. */
export function Says(description: string, more: Omit<FieldNote, 'description'> = {}): PropertyDecorator {
  return (target, property) => void notes.set(target, { ...notes.get(target), [String(property)]: { description, ...more } });
}

/** The notes of a class and of those it extends. */
export function notesOf(type: new () => object): Record<string, FieldNote> {
  const found: Record<string, FieldNote>[] = [];
  for (let prototype: object | null = type.prototype as object; prototype; prototype = Object.getPrototypeOf(prototype) as object | null) found.unshift(notes.get(prototype) ?? {});
  return Object.assign({}, ...found) as Record<string, FieldNote>;
}
