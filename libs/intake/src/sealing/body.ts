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

/** Whose key seals the personal fields of a body; undefined when it has none. */
export function subjectOf({ type, version, customer, data }: Body): string | undefined {
  let personal = false;
  for (const path of fieldPaths(type, version).personal) visitAt(data, path, (found) => { personal ||= found !== undefined; return found; });
  if (!personal) return undefined;
  const person = findType(type)?.person;
  const contact = person === undefined ? undefined : data[person];
  return typeof contact === 'string' ? `contact:${contact}` : `customer:${customer}`;
}

/** The data as it is stored: personal fields sealed, a tenant's own type sealed as a whole. */
export function sealBody({ type, version, data }: Body, tenant: string, key: DataKey | undefined): Data {
  if (!key) return data;
  if (isTenantType(type)) return { sealed: seal(key, { tenant, path: '/sealed' }, data) };
  let sealed: unknown = data;
  for (const at of fieldPaths(type, version).personal) sealed = visitAt(sealed, at, (value, path) => seal(key, { tenant, path }, value));
  return sealed as Data;
}
