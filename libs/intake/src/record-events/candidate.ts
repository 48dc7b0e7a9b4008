import { customerPaths, type EventRef } from '#journey';
import type { IdentityRequest } from '../identity/alias-plan.js';
import { type Alias, isAlias } from '../identity/customer-ref.js';
import { visitAt } from './data-path.js';
import { isAliasFact, type KnownEvent, type KnownEvents, refKey } from './known-events.js';
import type { ParsedItem } from './parse-item.js';

/** An item on its way through a batch, with its place in the request. */
export interface Numbered {
  readonly index: number;
  readonly item: ParsedItem;
  /** Of the body as sent. */
  readonly bodyHash: string;
}

/** An item that will be appended. */
export interface Candidate extends Numbered {
  readonly customer: string;
  /** Our id of a customer that the data names. */
  readonly customerId: (alias: Alias) => string;
  /** The event that a `record.amended` is about. */
  readonly amends?: KnownEvent;
}

/** What a batch asks of the directory. `kept` gives the form in which we keep an alias. */
export function identityRequests(numbered: readonly Numbered[], typeOf: TypeOf, kept: (alias: Alias) => Alias): IdentityRequest[] {
  return numbered.map(({ index, item: { envelope } }) => {
    const { type, data, customer } = envelope;
    const kind = type === 'customer.alias-added' ? 'claim' as const : 'free' as const;
    return {
      key: index,
      customer: typeof customer === 'string' ? customer : kept(customer),
      others: namedCustomers(envelope, typeOf).map(kept),
      change: isAliasFact(type) ? { kind, alias: kept({ system: data.system, id: data.id } as Alias) } : undefined,
    };
  });
}

export type TypeOf = (ref: EventRef) => string | undefined;

/** The type of an event that is in the log or in the batch: an amendment may come with what it amends. */
export function typesIn(numbered: readonly Numbered[], known: KnownEvents): TypeOf {
  let inBatch: Map<string, string> | undefined;
  return (ref) => known.get(refKey(ref))?.type ?? (inBatch ??= new Map(numbered.map(({ item: { envelope } }) => [refKey(envelope), envelope.type]))).get(refKey(ref));
}

/** The aliases of other customers in the data, or in the new body of an amendment. */
export function namedCustomers({ type, data }: ParsedItem['envelope'], typeOf: TypeOf): Alias[] {
  const amended = type === 'record.amended' ? typeOf(data.event as EventRef) : undefined;
  const aliases: Alias[] = [];
  for (const path of customerPaths(amended ?? type)) {
    visitAt(amended ? data.data : data, path, (ref) => {
      if (isAlias(ref)) aliases.push(ref);
      return ref;
    });
  }
  return aliases;
}
