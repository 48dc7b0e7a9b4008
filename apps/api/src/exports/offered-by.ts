import { documentOfJson } from '../openapi/document.js';
import { type Documented, type Offer, offerOf } from './offers.js';
import type { Schemas } from './schemas.js';

/** A documented GET route of the API: the types of its answer, and how it is made into rows. */
export interface Offered {
  readonly types: readonly string[];
  readonly offer: Offer | null;
  readonly schemas: Schemas;
}

let known: ReadonlyMap<string, Offered> | undefined;

/** By the address of a route as the router has it, such as /v1/customers/:id. The document is read once, when it is first asked for. */
export function offeredBy(address: string | undefined): Offered | undefined {
  known ??= read();
  return known.get(address ?? '');
}

function read(): ReadonlyMap<string, Offered> {
  const { paths, components: { schemas } } = documentOfJson() as unknown as { paths: Record<string, { get?: Documented }>; components: { schemas: Schemas } };
  return new Map(Object.entries(paths).flatMap(([path, { get }]) => (get && path.startsWith('/v1/')
    ? [[path.replace(/\{(\w+)\}/g, ':$1'), { types: Object.keys(get.responses['200']?.content ?? {}), offer: offerOf(path, get, schemas), schemas }] as const] : [])));
}
