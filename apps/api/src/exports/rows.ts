import type { Schema } from '../openapi/schema.js';
import { fieldsOf, isFigure, isMoney, itemsOf, plain, type Schemas } from './schemas.js';
import { leadsOf, type Shape } from './shape.js';

export type Row = Readonly<Record<string, unknown>>;
type Group = Readonly<Record<string, unknown>>;

interface Where {
  readonly figure: string;
  readonly group: Group;
}

/** An answer as rows: each item of its list, or each of its figures in each group, with what the answer says of itself under `context`. */
export function rowsOf(answer: Row, schema: Schema, schemas: Schemas, { list, context }: Shape): Row[] {
  const said = Object.fromEntries(context.filter((name) => name in answer).map((name) => [name, answer[name]]));
  const rows = list === null ? [...fields(answer, fieldsOf(plain(schema, schemas)) ?? {}, schemas, { figure: '', group: {} }, context)] : answer[list] as readonly Row[];
  return rows.map((row) => (context.length === 0 ? row : { ...row, context: said }));
}

const isRecord = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

function* fields(record: Row, known: Readonly<Record<string, Schema>>, schemas: Schemas, { figure, group }: Where, without: readonly string[]): Generator<Row> {
  for (const [name, value] of Object.entries(record)) {
    if (!without.includes(name)) yield* walk(value, known[name] ?? {}, schemas, { figure: figure === '' ? name : `${figure}.${name}`, group });
  }
}

function* walk(value: unknown, schema: Schema, schemas: Schemas, where: Where): Generator<Row> {
  const known = plain(schema, schemas);
  const items = itemsOf(known, schemas);
  if (isRecord(value) && isFigure(known)) yield* ofFigure(value, where);
  else if (isRecord(value) && !isMoney(known) && fieldsOf(known)) yield* fields(value, fieldsOf(known)!, schemas, where, []);
  else if (Array.isArray(value) && items && !isMoney(items) && fieldsOf(items)) for (const [place, item] of (value as Row[]).entries()) yield* ofItem(item, place, items, schemas, where);
  else yield* amounts(value).map((amount) => ({ ...where, ...amount }));
}

/** What names the item goes to the group, under the name of its list where it stands in another one. */
function* ofItem(item: Row, place: number, schema: Schema, schemas: Schemas, { figure, group }: Where): Generator<Row> {
  const leads = leadsOf(schema, schemas);
  const prefix = Object.keys(group).length === 0 ? '' : `${figure.slice(figure.lastIndexOf('.') + 1)}.`;
  const names = leads.length === 0 ? { item: place + 1 } : Object.fromEntries(leads.filter((name) => name in item).map((name) => [name, item[name]]));
  const where = { figure, group: { ...group, ...Object.fromEntries(Object.entries(names).map(([name, value]) => [prefix + name, value])) } };
  const rest = Object.fromEntries(Object.entries(item).filter(([name]) => !leads.includes(name)));
  if (Object.keys(rest).length === 0) yield { ...where, value: null };
  else if (isFigure(schema)) yield* ofFigure(rest, where);
  else yield* fields(rest, fieldsOf(schema)!, schemas, where, []);
}

function ofFigure({ value, ...more }: Row, where: Where): Row[] {
  return amounts(value).map((amount) => ({ ...where, ...amount, ...more }));
}

/** An amount of money as its number and its currency; of several, each; anything else as it is. */
function amounts(value: unknown): Row[] {
  const list = Array.isArray(value) && value.length > 0 ? value : [value];
  return list.every(isAmount) ? list.map(({ amount, currency }) => ({ value: amount, currency })) : [{ value }];
}

const isAmount = (value: unknown): value is Row => isRecord(value) && Object.keys(value).sort().join() === 'amount,currency';
