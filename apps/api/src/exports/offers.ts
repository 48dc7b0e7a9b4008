import type { Schema } from '../openapi/schema.js';
import { EXCEPTIONS } from './exceptions.js';
import { fieldsOf, plain, type Schemas } from './schemas.js';
import { type Shape, shapeOf } from './shape.js';

const JSON_TYPE = 'application/json';
export const FORMS = { json: JSON_TYPE, csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;
export type Form = keyof typeof FORMS;

/** The parts of an OpenAPI document that say what a GET route answers. */
export interface Documented {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>>;
}

/** How the answer of a route is made into rows. */
export interface Offer {
  readonly answer: Schema;
  readonly shape: Shape;
  /** The parameter that turns the page, and how much fits on one; null for an answer that comes whole. */
  readonly pages: { readonly by: string; readonly most: number | undefined } | null;
}

/** What a route offers beside its JSON, worked out from what the document says of that; null: nothing. A route that makes files itself, or has a parameter `format`, is left alone. */
export function offerOf(route: string, { parameters = [], responses }: Documented, schemas: Schemas): Offer | null {
  const content = responses['200']?.content ?? {};
  const answer = content[JSON_TYPE]?.schema;
  const asked = parameters.filter((each) => each.in === 'query');
  if (answer === undefined || route in EXCEPTIONS || Object.keys(content).length > 1 || asked.some(({ name }) => name === 'format')) return null;
  const by = ['cursor', 'after'].find((name) => asked.some((parameter) => parameter.name === name));
  const paged = by !== undefined && 'next' in (fieldsOf(plain(answer, schemas)) ?? {});
  const most = asked.find(({ name }) => name === 'limit')?.schema['maximum'] as number | undefined;
  return { answer, shape: shapeOf(route, answer, schemas, paged), pages: paged ? { by, most } : null };
}
