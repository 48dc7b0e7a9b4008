import { isRef, type Ref } from '../identity/customer-ref.js';
import { pointerStep, Problem } from '../refusals.js';
import type { Links } from '#journey';
import { type Envelope, readAll, readData, readName, readOptionalText, readVersion } from './envelope.js';
import { PLAIN_LINKS, readLinks } from './links.js';
import { hintOrAll } from './nearest.js';

const FIELDS = ['id', 'source', 'type', 'time', 'customer', 'data', 'version', 'observedAt', 'group', ...Object.keys(PLAIN_LINKS)];
const POINTERS = { customer: '/customer', version: '/version', observedAt: '/observedAt' };

/** Reads `{id, source, type, time?, customer, data, version?, observedAt?, group?, correlationId?, causationId?, traceParent?}`; any other field is refused. */
export function readPlainEvent(item: Record<string, unknown>): Envelope | Problem {
  const unknown = Object.keys(item).filter((field) => !FIELDS.includes(field));
  const fields = readAll<[undefined, string, string, string, Ref, string | undefined, number | undefined, string | undefined, string | undefined, Links | undefined, Record<string, unknown>]>(
    refuseUnknown(unknown), readName(item, 'id'), readName(item, 'source'), readName(item, 'type'), readCustomer(item), readOptionalText(item, 'time'),
    readVersion(item, 'version'), readOptionalText(item, 'observedAt'), item.group === undefined ? undefined : readName(item, 'group'), readLinks(item, PLAIN_LINKS), readData(item));
  if (fields instanceof Problem) return fields;
  const [, id, source, type, customer, time, version, observedAt, group, links, data] = fields;
  return { id, source, type, customer, time, version, observedAt, data, group, links, pointers: POINTERS };
}

function refuseUnknown(unknown: readonly string[]): undefined | Problem {
  const flaws = unknown.map((field) => ({ pointer: pointerStep(field), detail: `An event has no field \`${field.slice(0, 64)}\`.${hintOrAll(field, FIELDS)}` }));
  return flaws.length === 0 ? undefined : new Problem('field-unknown', flaws[0]!.pointer, flaws[0]!.detail, flaws);
}

function readCustomer({ customer }: Record<string, unknown>): Ref | Problem {
  if (customer === undefined) return new Problem('field-missing', '/customer', '`customer` is missing: our id, or {system, id}.');
  if (isRef(customer)) return customer;
  return new Problem('field-invalid', '/customer', typeof customer === 'string'
    ? 'Our ids have letters, digits, dots, dashes and underscores, at most 64. An id of another system is written {"system": "crm", "id": "…"}.'
    : '`customer` must be our id or {system, id}: system in a-z, 0-9 and dashes up to 32, id a text of 1 to 200 characters.');
}
