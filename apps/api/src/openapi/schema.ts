/** A JSON Schema of draft 2020-12, which is what OpenAPI 3.1 holds. */
export type Schema = Readonly<Record<string, unknown>>;

export const text = (description: string, more: Schema = {}): Schema => ({ type: 'string', description, ...more });
export const whole = (description: string, more: Schema = {}): Schema => ({ type: 'integer', description, ...more });
export const count = (description: string): Schema => whole(description, { minimum: 0 });
export const figure = (description: string, more: Schema = {}): Schema => ({ type: 'number', description, ...more });
export const yesNo = (description: string): Schema => ({ type: 'boolean', description });
export const choice = (values: readonly (string | number)[], description: string): Schema => ({ type: typeof values[0] === 'number' ? 'integer' : 'string', enum: [...values], description });
export const day = (description: string): Schema => text(description, { format: 'date' });
export const instant = (description: string): Schema => text(description, { format: 'date-time' });
export const list = (items: Schema, description: string, more: Schema = {}): Schema => ({ type: 'array', items, description, ...more });
export const position = (description: string): Schema => text(description, { pattern: '^\\d{1,9}\\.\\d{1,15}$' });

/** An object: the first fields always, the second ones where they apply. */
export const record = (description: string, always: Readonly<Record<string, Schema>>, sometimes: Readonly<Record<string, Schema>> = {}): Schema => ({
  type: 'object', description, properties: { ...always, ...sometimes }, ...(Object.keys(always).length > 0 ? { required: Object.keys(always) } : {}),
});

/** The same, or null; the description says when. */
export function orNull(schema: Schema): Schema {
  const { type, enum: values, description, ...rest } = schema as { type?: string; enum?: unknown[]; description?: string };
  if (type === undefined) return { description, anyOf: [rest, { type: 'null' }] };
  return { type: [type, 'null'], ...(values ? { enum: [...values, null] } : {}), description, ...rest };
}

/** A schema by its name in the document, with words of its own for this place. */
export const ref = (name: string, description?: string): Schema => ({ ...(description === undefined ? {} : { description }), $ref: `#/components/schemas/${name}` });
