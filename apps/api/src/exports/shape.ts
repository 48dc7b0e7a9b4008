import type { Schema } from '../openapi/schema.js';
import { fieldsOf, isFigure, isMoney, isNumber, isText, isYesNo, itemsOf, plain, type Schemas } from './schemas.js';

/** A column of a table: what stands at a path of a row. Of a list of amounts there are two, one of the amounts and one of their currencies. */
export interface Column {
  readonly name: string;
  readonly path: readonly string[];
  readonly of?: 'amount' | 'currency' | 'group';
}

/** What a route's answer is as rows. */
export interface Shape {
  /** The field of which each item is a row; null: a row is one figure of one group. */
  readonly list: string | null;
  /** Of the answer's own fields, those that each row repeats under `context`. */
  readonly context: readonly string[];
  readonly columns: readonly Column[];
}

/** Fields of an answer that say of what it is, though they are objects. */
const CONTEXTS = new Set(['today', 'policy']);

/** @param route its path, such as /v1/customers/{id}/timeline @param paged whether its answer says in `next` where to go on */
export function shapeOf(route: string, schema: Schema, schemas: Schemas, paged: boolean): Shape {
  const answer = plain(schema, schemas);
  const fields = fieldsOf(answer) ?? {};
  const list = listOf(route, fields, schemas, paged);
  const context = Object.keys(fields).filter((name) => name !== list && !(paged && name === 'next')
    && (list !== null || CONTEXTS.has(name) || isText(plain(fields[name]!, schemas)) || isYesNo(plain(fields[name]!, schemas))));
  const own = list === null ? [{ name: 'figure', path: ['figure'] }, { name: 'group', path: ['group'], of: 'group' as const }, { name: 'value', path: ['value'] }, ...figureColumns(answer, schemas)] : columnsOf(itemsOf(fields[list]!, schemas)!, schemas, []);
  return { list, context, columns: [...own, ...context.flatMap((name) => columnsOf(fields[name]!, schemas, ['context', name]))] };
}

/** The list that an answer is; null: settings are none, whose policy is there without any item. The one that its path is named after or whose pages are turned, or the only one where no figure stands beside it. */
function listOf(route: string, fields: Readonly<Record<string, Schema>>, schemas: Schemas, paged: boolean): string | null {
  if (route.endsWith('/settings')) return null;
  const lists = Object.keys(fields).filter((name) => fieldsOf(itemsOf(fields[name]!, schemas) ?? {}) !== null && !isMoney(itemsOf(fields[name]!, schemas)!));
  const named = lists.find((name) => name === route.slice(route.lastIndexOf('/') + 1));
  const beside = (list: string) => Object.keys(fields).filter((name) => name !== list && name !== 'more' && !CONTEXTS.has(name));
  if (paged) return named ?? lists[0] ?? null;
  if (named !== undefined && !beside(named).some((name) => holds(fields[name]!, schemas, isFigure))) return named;
  return lists.length === 1 && !beside(lists[0]!).some((name) => holds(fields[name]!, schemas, isNumber)) ? lists[0]! : null;
}

/** Whether something of a kind stands anywhere in it. */
function holds(schema: Schema, schemas: Schemas, kind: (schema: Schema) => boolean, inside: readonly Schema[] = []): boolean {
  const known = plain(schema, schemas);
  if (inside.includes(known)) return false;
  if (kind(known)) return true;
  const items = itemsOf(known, schemas);
  return [...Object.values(fieldsOf(known) ?? {}), ...(items ? [items] : [])].some((part) => holds(part, schemas, kind, [...inside, known]));
}

/** What stands in a row beside the value: the currency, and all that figures say of themselves. */
function figureColumns(answer: Schema, schemas: Schemas): Column[] {
  const found = new Map<string, Column>([['currency', { name: 'currency', path: ['currency'] }]]);
  const look = (schema: Schema, inside: readonly Schema[], leads: readonly string[] = []): void => {
    const known = plain(schema, schemas);
    if (inside.includes(known)) return;
    const fields = fieldsOf(known) ?? {};
    if (isFigure(known)) {
      const rest = Object.keys(fields).filter((name) => name !== 'value' && !leads.includes(name));
      return rest.flatMap((name) => columnsOf(fields[name]!, schemas, [name])).forEach((column) => found.has(column.name) || found.set(column.name, column));
    }
    for (const field of Object.values(fields)) look(field, [...inside, known]);
    const items = itemsOf(known, schemas);
    if (items) look(items, [...inside, known], leadsOf(items, schemas));
  };
  look(answer, []);
  return [...found.values()];
}

/** What names an item of a list: its first fields, as far as they are texts. */
export function leadsOf(item: Schema, schemas: Schemas): string[] {
  const names = Object.entries(fieldsOf(item) ?? {});
  const end = names.findIndex(([name, field]) => name === 'value' || !isText(plain(field, schemas)));
  return names.slice(0, end < 0 ? names.length : end).map(([name]) => name);
}

/** A column for each field at any depth, in the order of the schema; a list, and what has no fields of its own, is one. */
function columnsOf(schema: Schema, schemas: Schemas, path: readonly string[], inside: readonly Schema[] = []): Column[] {
  const known = plain(schema, schemas);
  const fields = inside.includes(known) ? null : fieldsOf(known);
  if (fields) return Object.entries(fields).flatMap(([name, field]) => columnsOf(field, schemas, [...path, name], [...inside, known]));
  const items = itemsOf(known, schemas);
  const name = path.join('.');
  return items && isMoney(items) ? [{ name: `${name}.amount`, path, of: 'amount' }, { name: `${name}.currency`, path, of: 'currency' }] : [{ name, path }];
}
