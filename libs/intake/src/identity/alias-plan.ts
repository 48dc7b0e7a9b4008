import { type Alias, type Ref, refText } from './customer-ref.js';

/** What the directory holds of one alias. */
export interface AliasState {
  /** Whose it is; null after it was freed. */
  readonly customer: string | null;
  /** Whether the fact `customer.alias-added` is known to be in the log. */
  readonly recorded: boolean;
  /** How often it was freed. */
  readonly freed: number;
}

/** What one item asks of the directory. `key` is the item's index. */
export interface IdentityRequest {
  readonly key: number;
  readonly customer: Ref;
  /** Other customers that the data names. */
  readonly others: readonly Alias[];
  /** Set when the item is a new `customer.alias-added` or `customer.alias-removed`. */
  readonly change?: { readonly kind: 'claim' | 'free'; readonly alias: Alias };
}

export interface Resolved {
  readonly customer: string;
  /** Our ids of the others, in their order. */
  readonly others: readonly string[];
  /** The alias that the item wants is another customer's. */
  readonly takenBy?: string;
}

/** A fact that opens an alias before the item that first needed it. */
export interface AliasFact {
  readonly alias: Alias;
  readonly customer: string;
  readonly freed: number;
  /** The item that needed it. */
  readonly key: number;
}

export interface AliasPlan {
  readonly resolved: ReadonlyMap<number, Resolved>;
  readonly facts: readonly AliasFact[];
  /** Aliases whose row changes, with what it was and what it becomes. */
  readonly changes: readonly { alias: Alias; before: AliasState; after: AliasState }[];
  /** Aliases that are in the log once this batch is. */
  readonly settled: readonly Alias[];
}

const UNKNOWN: AliasState = { customer: null, recorded: false, freed: 0 };

/** Works through a batch in order: who is who, which customers open, which aliases change hands. Pure. */
export function planAliases(requests: readonly IdentityRequest[], known: ReadonlyMap<string, AliasState>, derive: (alias: Alias) => string): AliasPlan {
  const states = new Map<string, AliasState>();
  const aliases = new Map<string, Alias>();
  const settled = new Map<string, Alias>();
  const facts: AliasFact[] = [];
  const stateOf = (alias: Alias) => states.get(refText(alias)) ?? known.get(refText(alias)) ?? UNKNOWN;
  const keep = (alias: Alias, state: AliasState) => {
    states.set(refText(alias), state);
    aliases.set(refText(alias), alias);
  };
  const resolve = (ref: Ref, key: number): string => {
    if (typeof ref === 'string') return ref;
    const state = stateOf(ref);
    const customer = state.customer ?? derive(ref);
    if (!state.recorded) {
      facts.push({ alias: ref, customer, freed: state.freed, key });
      settled.set(refText(ref), ref);
      keep(ref, { ...state, customer, recorded: true });
    }
    return customer;
  };
  const change = ({ kind, alias }: NonNullable<IdentityRequest['change']>, customer: string): string | undefined => {
    const state = stateOf(alias);
    if (state.customer !== null && state.customer !== customer) return state.customer;
    if (kind === 'claim') {
      settled.set(refText(alias), alias);
      keep(alias, { ...state, customer, recorded: true });
    } else if (state.customer !== null) {
      settled.delete(refText(alias));
      keep(alias, { customer: null, recorded: false, freed: state.freed + 1 });
    }
    return undefined;
  };
  const resolved = new Map(requests.map((request) => {
    const customer = resolve(request.customer, request.key);
    const others = request.others.map((alias) => resolve(alias, request.key));
    const takenBy = request.change && change(request.change, customer);
    return [request.key, { customer, others, takenBy }];
  }));
  const changes = [...states].map(([key, after]) => ({ alias: aliases.get(key)!, before: known.get(key) ?? UNKNOWN, after }))
    .filter(({ before, after }) => before.customer !== after.customer || before.freed !== after.freed);
  return { resolved, facts, changes, settled: [...settled.values()] };
}
