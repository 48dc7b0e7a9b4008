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
  /** Set when the item is a `customer.alias-added` or `customer.alias-removed`. */
  readonly change?: { readonly kind: 'claim' | 'free'; readonly alias: Alias };
}

export interface Resolved {
  readonly customer: string;
  /** Our ids of the others, in their order. */
  readonly others: readonly string[];
  /** Whose the alias is that the item wants to claim or free, if it is another customer's. */
  readonly takenBy?: string;
}

/** What will become of an item: a `new` fact, one that is `there` already, or `out`: refused or in conflict, so that it moves nothing. */
export type Fate = 'new' | 'there' | 'out';

/** Asked once for every item, in order. */
export type Judge = (key: number, resolved: Resolved) => Fate;

/** A fact that opens an alias. */
export interface AliasFact {
  readonly alias: Alias;
  readonly customer: string;
  readonly freed: number;
  /** The items that need it, in order. */
  readonly keys: readonly number[];
}

/** An alias that a batch opens, claims or frees, with what it was, what it becomes and which items are behind it. */
export interface TouchedAlias {
  readonly alias: Alias;
  readonly before: AliasState;
  readonly after: AliasState;
  readonly keys: readonly number[];
}

export interface AliasPlan {
  readonly resolved: ReadonlyMap<number, Resolved>;
  readonly facts: readonly AliasFact[];
  readonly touched: readonly TouchedAlias[];
}

const UNKNOWN: AliasState = { customer: null, recorded: false, freed: 0 };

/** Works through a batch in order: who is who, which customers open, which aliases change hands. Items that are `out` leave no trace. Pure. */
export function planAliases(requests: readonly IdentityRequest[], known: ReadonlyMap<string, AliasState>, derive: (alias: Alias) => string, judge: Judge): AliasPlan {
  const touched = new Map<string, { alias: Alias; before: AliasState; after: AliasState; keys: number[] }>();
  const facts: (AliasFact & { keys: number[] })[] = [];
  const opening = new Map<string, AliasFact & { keys: number[] }>();
  const stateOf = (alias: Alias) => touched.get(refText(alias))?.after ?? known.get(refText(alias)) ?? UNKNOWN;
  const keep = (alias: Alias, after: AliasState) => {
    const { before, keys } = touched.get(refText(alias)) ?? { before: stateOf(alias), keys: [] };
    touched.set(refText(alias), { alias, before, after, keys });
  };
  const find = (ref: Ref) => (typeof ref === 'string' ? ref : stateOf(ref).customer ?? derive(ref));
  const open = (ref: Ref, key: number) => {
    if (typeof ref === 'string') return;
    const state = stateOf(ref);
    if (!state.recorded) {
      const fact = { alias: ref, customer: find(ref), freed: state.freed, keys: [] };
      facts.push(fact);
      opening.set(refText(ref), fact);
      keep(ref, { ...state, customer: fact.customer, recorded: true });
    }
    touched.get(refText(ref))?.keys.push(key);
    opening.get(refText(ref))?.keys.push(key);
  };
  const change = ({ kind, alias }: NonNullable<IdentityRequest['change']>, customer: string, key: number) => {
    const state = stateOf(alias);
    if (kind === 'claim') keep(alias, { ...state, customer, recorded: true });
    else if (state.customer !== null) {
      opening.delete(refText(alias));
      keep(alias, { customer: null, recorded: false, freed: state.freed + 1 });
    }
    touched.get(refText(alias))?.keys.push(key);
  };
  const resolved = new Map(requests.map((request) => {
    const customer = find(request.customer);
    const holder = request.change && stateOf(request.change.alias).customer;
    const answer = { customer, others: request.others.map(find), takenBy: holder === customer ? undefined : holder ?? undefined };
    const fate = judge(request.key, answer);
    if (fate !== 'out') [request.customer, ...request.others].forEach((ref) => open(ref, request.key));
    if (fate === 'new' && request.change) change(request.change, customer, request.key);
    return [request.key, answer];
  }));
  return { resolved, facts, touched: [...touched.values()] };
}
