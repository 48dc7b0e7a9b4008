import type { JourneyEvent } from './envelope.js';

/** The facts that say which customers are one. Roots come from these alone: retractions do not touch them, as every door refuses those. */
export const mergeTypes = ['customer.merged', 'customer.unmerged'] as const;

export const isMergeFact = (type: string): boolean => (mergeTypes as readonly string[]).includes(type);

/** What roots look at in a fact. */
export interface MergeFact extends Pick<JourneyEvent, 'type' | 'data'> {
  readonly stream: Pick<JourneyEvent['stream'], 'id'>;
  readonly importId?: string | undefined;
}

/**
 * Which customers of one tenant are one: a function of the merge facts, given in log order. A customer that is merged into nobody is a root;
 * it stands for all its members. Total: a merge that would lead back to the customer itself changes nothing, the last of several merges counts.
 */
export class Roots<Fact extends MergeFact = JourneyEvent> {
  private readonly merges = new Map<string, Fact>();
  private readonly absorbed = new Map<string, Set<string>>();

  static of<Fact extends MergeFact>(facts: Iterable<Fact>): Roots<Fact> {
    const roots = new Roots<Fact>();
    for (const fact of facts) roots.add(fact);
    return roots;
  }

  /** @returns false when the fact changes nothing */
  add(fact: Fact): boolean {
    const { id } = fact.stream;
    if (fact.type === 'customer.unmerged') return this.free(id);
    const into = intoOf(fact);
    if (this.members(id).includes(into)) return false;
    this.free(id);
    this.merges.set(id, fact);
    this.absorbed.set(into, (this.absorbed.get(into) ?? new Set()).add(id));
    return true;
  }

  /** The customer that stands for this one: itself, where it is merged into nobody. */
  root(customer: string): string {
    let root = customer;
    for (let merge = this.merges.get(root); merge; merge = this.merges.get(root)) root = intoOf(merge);
    return root;
  }

  /** A customer and all that are merged into it, also by way of others: itself first. */
  members(customer: string): string[] {
    const members = [customer];
    for (const member of members) members.push(...[...this.absorbed.get(member) ?? []].sort());
    return members;
  }

  /** The fact by which a customer is merged now; undefined for a root. */
  merge(customer: string): Fact | undefined {
    return this.merges.get(customer);
  }

  /** Customers into whom others are merged, and who are merged into nobody themselves. */
  shared(): string[] {
    return [...this.absorbed].flatMap(([customer, members]) => (members.size > 0 && !this.merges.has(customer) ? [customer] : []));
  }

  copy(): Roots<Fact> {
    return Roots.of(this.merges.values());
  }

  private free(customer: string): boolean {
    const merge = this.merges.get(customer);
    if (!merge) return false;
    this.merges.delete(customer);
    this.absorbed.get(intoOf(merge))!.delete(customer);
    return true;
  }
}

/** Whom a `customer.merged` names, as it is stored. */
export const intoOf = ({ data }: Pick<MergeFact, 'data'>): string => String(data['into']);
