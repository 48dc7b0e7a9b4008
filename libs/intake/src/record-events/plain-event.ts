import { isRef, type Ref } from '../identity/customer-ref.js';
import { pointerStep, Problem } from '../refusals.js';
import { type Envelope, readAll, readData, readName, readOptionalText, readVersion } from './envelope.js';
import { hint } from './nearest.js';

const FIELDS = ['id', 'source', 'type', 'time', 'customer', 'data', 'version', 'observedAt'];
const POINTERS = { customer: '/customer', version: '/version', observedAt: '/observedAt' };

/** Reads `{id, source, type, time?, customer, data, version?, observedAt?}`; any other field is refused. */
export function readPlainEvent(item: Record<string, unknown>): Envelope | Problem {
  const unknown = Object.keys(item).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) {
    return new Problem('field-unknown', pointerStep(unknown), `An event has no field \`${unknown.slice(0, 64)}\`.${hint(unknown, FIELDS)}`);
  }
  const fields = readAll<[string, string, string, Ref, string | undefined, number | undefined, string | undefined, Record<string, unknown>]>(
    readName(item, 'id'), readName(item, 'source'), readName(item, 'type'), readCustomer(item), readOptionalText(item, 'time'),
    readVersion(item, 'version'), readOptionalText(item, 'observedAt'), readData(item));
  if (fields instanceof Problem) return fields;
  const [id, source, type, customer, time, version, observedAt, data] = fields;
  return { id, source, type, customer, time, version, observedAt, data, pointers: POINTERS };
}

function readCustomer({ customer }: Record<string, unknown>): Ref | Problem {
  if (customer === undefined) return new Problem('field-missing', '/customer', '`customer` is missing: our id, or {system, id}.');
  if (isRef(customer)) return customer;
  return new Problem('field-invalid', '/customer', typeof customer === 'string'
    ? 'Our ids have letters, digits, dots, dashes and underscores, at most 64. An id of another system is written {"system": "crm", "id": "…"}.'
    : '`customer` must be our id or {system, id}: system in a-z, 0-9 and dashes up to 32, id a text of 1 to 200 characters.');
}
