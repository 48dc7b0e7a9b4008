import { isMergeFact, type JourneyEvent, parsePosition, Roots } from '#journey';
import type { Sql } from '../postgres/database.js';
import { readAllMerges } from '../postgres/read.js';
import { type CustomerKey, keyText, type Projection } from './projection.js';

/** Who is merged into whom, tenant by tenant, at one position of the log. */
export class TenantRoots {
  private readonly tenants = new Map<string, Roots>();

  /** Adds the next merge fact of the log; others change nothing. @returns the customers whose rows it changes: the one that it is about and who stood for it before and stands for it now */
  add(fact: JourneyEvent): CustomerKey[] {
    const { tenant, id } = fact.stream;
    if (!isMergeFact(fact.type)) return [];
    const roots = this.of(tenant);
    this.tenants.set(tenant, roots);
    const before = roots.root(id);
    // Also one that changes nothing is a fact of somebody's story.
    const concerned = roots.add(fact) ? [id, before, roots.root(id)] : [before];
    return [...new Set(concerned)].map((customer) => ({ tenant, customer }));
  }

  of(tenant: string): Roots {
    return this.tenants.get(tenant) ?? new Roots();
  }

  /** Whose partition and row the facts of this stream belong to. */
  rootOf({ tenant, id }: { readonly tenant: string; readonly id: string }): CustomerKey {
    return { tenant, customer: this.tenants.get(tenant)?.root(id) ?? id };
  }

  /** Everybody who stands for others. */
  shared(): CustomerKey[] {
    return [...this.tenants].flatMap(([tenant, roots]) => roots.shared().map((customer) => ({ tenant, customer })));
  }
}

/** As of a position; undefined for a projection that leaves merged customers apart. */
export async function rootsAt(sql: Sql, { together }: Pick<Projection, 'together'>, upTo: number): Promise<TenantRoots | undefined> {
  if (!together) return undefined;
  const roots = new TenantRoots();
  for (const fact of await readAllMerges(sql, upTo)) roots.add(fact);
  return roots;
}

/** Everybody whose rows the facts between two positions may change, as keys: whose streams these are, who stood for them on the way, and whom merges concern. */
export async function touchedBetween(sql: Sql, projection: Pick<Projection, 'together'>, streams: readonly CustomerKey[], [low, high]: readonly [number, number]): Promise<Set<string>> {
  const roots = await rootsAt(sql, projection, low) ?? new TenantRoots();
  const stoodFor = () => streams.map(({ tenant, customer }) => roots.rootOf({ tenant, id: customer }));
  const touched = [...streams, ...stoodFor()];
  const merges = projection.together ? await readAllMerges(sql, high) : [];
  for (const fact of merges.filter(({ position }) => parsePosition(position).n > low)) touched.push(...roots.add(fact));
  return new Set([...touched, ...stoodFor()].map(keyText));
}
