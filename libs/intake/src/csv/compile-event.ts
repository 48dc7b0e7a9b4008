import { eventTypes, findType, isTenantType, schemaOf } from '#journey';
import { hint } from '../record-events/nearest.js';
import { parseTime } from '../record-events/times.js';
import { compileCondition, type Holds } from './condition.js';
import type { EventSpec, Expression, Mapping } from './mapping/mapping.js';
import { RowError } from './mapping/mapping-error.js';
import type { PlainEvent } from './plain-event.js';
import type { RowView } from './row-view.js';
import { nothing, type Scope } from './scope.js';
import { compile, compileFields, isWords } from './value/compile.js';
import type { FieldSchema } from './value/kinds.js';
import { Moment } from './value/moment.js';
import { type Evaluate, textOf, type Value, written } from './value/value.js';

/** Makes the event of one row; nothing when its condition does not hold. @throws RowError */
export type MakeEvent = (row: RowView) => PlainEvent | undefined;

interface Part {
  readonly read: Evaluate;
  /** Where the mapping says it. */
  readonly at: string;
}

const customerSchema: FieldSchema = { anyOf: [{ type: 'string' }, { type: 'object', properties: { system: { type: 'string' }, id: { type: 'string' } } }] };

export function compileEvent(mapping: Mapping, index: number, scope: Scope): MakeEvent {
  const spec = mapping.events[index]!;
  const at = `/events/${index}`;
  const holds: Holds = spec.when === undefined ? () => true : compileCondition(spec.when, scope, `${at}/when`);
  const idOf = compileId(mapping, spec, scope, at);
  const part = (field: 'customer' | 'time' | 'observedAt', place: object, needed: boolean): Part => {
    const [expression, pointer] = spec[field] === undefined ? [mapping[field], `/${field}`] : [spec[field], `${at}/${field}`];
    if (expression === undefined && needed) scope.fault(at, `The event has no \`${field}\`: say it here, or once for all events of the mapping.`);
    return { at: pointer, read: expression === undefined ? nothing : required(compile(expression, scope, { at: pointer, ...place }), needed, pointer, field, expression) };
  };
  const customer = part('customer', { schema: customerSchema }, true);
  const time = part('time', { kind: 'date-time' }, true);
  // `observedAt: time` says that the fact was known when it happened.
  const observedAt = (spec.observedAt ?? mapping.observedAt) === 'time' ? time : part('observedAt', { kind: 'date-time' }, false);
  const data = compileData(spec, scope, at);
  const { type, version } = spec;
  const source = spec.source ?? mapping.source;
  return (row) => {
    if (!holds(row)) return undefined;
    const known = observedAt.read(row);
    return {
      id: idOf(row), source, type, time: instantOf(time.read(row), time.at), customer: customerOf(written(customer.read(row)), `${at}/customer`), data: data(row),
      ...(known === undefined ? {} : { observedAt: instantOf(known, observedAt.at) }), ...(version === undefined ? {} : { version }),
    };
  };
}

function compileId(mapping: Mapping, { id, name, type }: EventSpec, scope: Scope, at: string): (row: RowView) => string {
  const [expression, pointer] = id === undefined ? [mapping.id ?? { hash: 'row' as const }, '/id'] : [id, `${at}/id`];
  const evaluate = required(compile(expression, scope, { at: pointer, kind: 'text', inId: true }), true, pointer, 'id', expression);
  const suffix = (id === undefined ? `:${name ?? type}` : '') + (mapping.edition === undefined ? '' : `~${mapping.edition}`);
  return (row) => {
    const text = textOf(evaluate(row)) + suffix;
    if (/^[^@\s\p{Cc}]{1,200}$/u.test(text)) return text;
    throw new RowError(`"${text.slice(0, 60)}" cannot be an id: no blanks, no "@", at most 200 characters. A template encodes them; a \`hash\` is always short.`, pointer);
  };
}

function compileData(spec: EventSpec, scope: Scope, at: string): (row: RowView) => Record<string, unknown> {
  const schema = schemaFor(spec, scope, at);
  const fields = spec.data ?? {};
  const absent = (schema?.required ?? []).filter((field) => !Object.hasOwn(fields, field));
  if (absent.length > 0) scope.fault(`${at}/data`, `\`${spec.type}\` needs ${absent.map((field) => `\`${field}\``).join(' and ')}.`);
  const evaluate = compileFields(fields, scope, { at: `${at}/data`, schema });
  return (row) => {
    const data = written(evaluate(row)) as Record<string, unknown>;
    const missing = schema?.required?.find((field) => data[field] === undefined);
    if (missing !== undefined) throw missingField(missing, `${at}/data/${missing}`, fields[missing]);
    return data;
  };
}

function schemaFor({ type, version }: EventSpec, scope: Scope, at: string): FieldSchema | undefined {
  if (isTenantType(type)) return undefined;
  const known = findType(type);
  if (!known) scope.fault(`${at}/type`, `There is no type \`${type}\`.${hint(type, eventTypes.map((each) => each.type))} A type of your own is written \`x-family.fact\`.`);
  const schema = known && schemaOf(type, version ?? known.version);
  if (known && !schema) scope.fault(`${at}/version`, `\`${type}\` has no version ${version}.`);
  return schema as FieldSchema | undefined;
}

function required(evaluate: Evaluate, needed: boolean, pointer: string, field: string, expression: Expression): Evaluate {
  if (!needed) return evaluate;
  return (row) => {
    const value = evaluate(row);
    if (value === undefined || value === null || value === '') throw missingField(field, pointer, expression);
    return value;
  };
}

function missingField(field: string, pointer: string, expression: Expression | undefined): RowError {
  const column = isWords(expression) ? expression.column : undefined;
  return new RowError(column === undefined ? `\`${field}\` comes out empty.` : `\`${field}\` comes out empty: column "${column}" is missing here.`, pointer, column);
}

function customerOf(value: unknown, pointer: string): PlainEvent['customer'] {
  if (typeof value === 'string') return value;
  const { system, id } = (value ?? {}) as { system?: string; id?: string };
  if (system !== undefined && id !== undefined && id !== '') return { system, id };
  throw new RowError('The customer comes out empty; leave such rows out with `rows: {drop: …}`, or say whom they belong to with `default`.', pointer);
}

/** A time of the envelope. What `as: date` made a date is the instant at which that day begins, or its `at`. */
function instantOf(value: Value, pointer: string): string {
  if (value instanceof Moment) return new Moment(value.at, 'date-time').toText();
  const text = textOf(value);
  if (parseTime(text) !== null) return text;
  throw new RowError(`"${text.slice(0, 60)}" is not a time. Leave \`as\` out, or say \`as: date-time\`, with \`formats\` where it is written in another form.`, pointer);
}
