import { mergesOf, readStreamsRows, type Sql, type Story } from '#event-store';
import type { ToldEvent } from '#insight';
import { comparePositions, type JourneyEvent, type MergeFact, Roots } from '#journey';

/** A customer with all that are merged into it. */
export interface Together {
  /** Who stands for all of them. */
  readonly root: string;
  /** All of them, the root first. */
  readonly members: readonly string[];
  /** The customer that was asked for, where it is merged into the root; else null. */
  readonly askedAs: string | null;
}

/** Who is merged into whom, as it was known at a moment: identity is knowledge, so it goes by when a merge was observed, whenever it was true. Left out: all that is known. `upTo`: by what stands in the log up to there. */
export async function rootsKnown(sql: Sql, tenant: string, knownAt?: string, upTo = Infinity): Promise<Roots<MergeFact>> {
  const { facts, roots, newest } = await mergesOf(sql, tenant);
  if (knownAt === undefined || newest === '') return roots;
  const until = Date.parse(knownAt);
  const counts = facts.filter(({ observedAt, position }) => Date.parse(observedAt) <= until && position <= upTo);
  return counts.length === facts.length ? roots : Roots.of(counts);
}

export async function togetherOf(sql: Sql, tenant: string, customer: string, knownAt?: string, upTo?: number): Promise<Together> {
  const roots = await rootsKnown(sql, tenant, knownAt, upTo);
  const root = roots.root(customer);
  return { root, members: roots.members(root), askedAs: root === customer ? null : customer };
}

/** The facts of all of them in log order, as stored, told of the root where there is one; whole streams, or only some types. */
export async function storyOf(sql: Sql, tenant: string, { root, members }: Pick<Together, 'members'> & Partial<Pick<Together, 'root'>>, types?: readonly string[]): Promise<ToldEvent[]> {
  const events = await readStreamsRows(sql, tenant, 'customer', members, Number.MAX_SAFE_INTEGER, types);
  return root === undefined || members.length === 1 ? events : toldOf(root, events);
}

/** The same from stories that have been read, as they are stored. */
export async function storyIn(stories: ReadonlyMap<string, Story>, members: readonly string[]): Promise<JourneyEvent[]> {
  const [first = [], ...others] = await Promise.all(members.map((member) => stories.get(member)?.() ?? []));
  return others.length === 0 ? first : [first, ...others].flat().sort((a, b) => comparePositions(a.position, b.position));
}

/** Marks what comes from others than the customer of whom it is told: these keep their own name, owner and segment for themselves. */
export function toldOf(root: string, events: readonly JourneyEvent[]): ToldEvent[] {
  return events.map((event) => (event.stream.id === root ? event : { ...event, absorbed: true }));
}
