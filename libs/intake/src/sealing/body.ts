import { type DataKey, seal } from '#event-store';
import { findType, isTenantType } from '#journey';
import { type Alias, isAlias, type Ref } from '../identity/customer-ref.js';
import { visitAt } from '../record-events/data-path.js';
import { fieldPaths } from './field-paths.js';

type Data = Record<string, unknown>;

/** The data of one fact on its way into the log, with what its fields mean. */
export interface Body {
  readonly type: string;
  readonly version: number;
  readonly customer: string;
  readonly data: Data;
}

/** Our id behind what a sender wrote: for a contact an id of ours, another system's, or an e-mail address. */
export interface OurIds {
  readonly contact: (ref: Ref) => string;
  readonly customer: (alias: Alias) => string;
}

/** Writes our ids where the sender named contacts or customers in other words. */
export function withOurIds(body: Body, ids: OurIds): Body {
  const { contacts, customers } = fieldPaths(body.type, body.version);
  let data: unknown = body.data;
  for (const path of contacts) data = visitAt(data, path, (ref) => ids.contact(ref as Ref));
  for (const path of customers) data = visitAt(data, path, (ref) => (isAlias(ref) ? ids.customer(ref) : ref));
  return { ...body, data: data as Data };
}

/** An e-mail address, or an id as we make them. Another text in a tenant's own type may be anything, a name too: it must not become the name of a key. */
const SURELY_A_REF = /^[^\s@]+@[^\s@]+$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whose keys seal the personal fields of a body, together where they are several: the people whom it names, else the customer's. Empty when it has no such fields. */
export function subjectsOf({ type, version, customer, data }: Body, ids: OurIds): string[] {
  let personal = false;
  for (const path of fieldPaths(type, version).personal) visitAt(data, path, (found) => { personal ||= found !== undefined; return found; });
  if (!personal) return [];
  const people = peopleIn(type, data).map((ref) => `contact:${ids.contact(ref)}`);
  return people.length > 0 ? [...new Set(people)] : [`customer:${customer}`];
}

/** The field that names people: of a tenant's own type it is `contact`, sealed with the rest. */
function peopleIn(type: string, data: Data): Ref[] {
  const own = isTenantType(type);
  const person = own ? 'contact' : findType(type)?.person;
  const named = person === undefined ? [] : [data[person]].flat();
  return named.filter((ref): ref is Ref => (own ? isAlias(ref) || (typeof ref === 'string' && SURELY_A_REF.test(ref)) : typeof ref === 'string'));
}

/** The data as it is stored: personal fields sealed, a tenant's own type sealed as a whole. */
export function sealBody({ type, version, data }: Body, tenant: string, key: DataKey | undefined): Data {
  if (!key) return data;
  if (isTenantType(type)) return { sealed: seal(key, { tenant, path: '/sealed' }, data) };
  let sealed: unknown = data;
  for (const at of fieldPaths(type, version).personal) sealed = visitAt(sealed, at, (value, path) => seal(key, { tenant, path }, value));
  return sealed as Data;
}
