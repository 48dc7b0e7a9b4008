import { type Merges, mergesOf, type ShortMerge, type Sql } from '#event-store';
import { type JourneyEvent, parsePosition, Roots } from '#journey';
import { type PublicStream, streamOf } from './public-event.js';
import { Segments } from './segments.js';

/** A fact with what filters look at, all as it was when the fact had its place in the log. */
export interface PlacedEvent {
  readonly event: JourneyEvent;
  readonly category: PublicStream;
  /** The customer that the fact is about and all that were one with it, first who stands for them. */
  readonly members: readonly string[];
  /** Null where nothing says one, or nobody asked. */
  readonly segment: string | null;
}

/**
 * What filters look at, for the public ones of events of one tenant in log order. `sql` must see everything up to the last of them.
 * The same event comes out the same whenever it is asked for: what came after it does not count.
 */
export async function placeEvents(sql: Sql, tenant: string, events: readonly JourneyEvent[], { segments }: { readonly segments: boolean }): Promise<PlacedEvent[]> {
  const wanted = events.flatMap((event) => {
    const category = streamOf(event);
    return category === null ? [] : [{ event, category, n: parsePosition(event.position).n }];
  });
  if (wanted.length === 0) return [];
  const membersAt = membersFrom(wanted[0]!.n, await mergesOf(sql, tenant));
  const placed = wanted.map((each) => ({ ...each, members: membersAt(each.event.stream.id, each.n) }));
  const known = segments ? await Segments.of(sql, tenant, placed) : undefined;
  return placed.map(({ event, category, n, members }) => ({ event, category, members, segment: known?.at(members, n) ?? null }));
}

/** Who was one with a customer at a position; to be asked for positions that rise from the first on. */
function membersFrom(first: number, { facts, roots: latest }: Pick<Merges, 'facts' | 'roots'>): (customer: string, n: number) => readonly string[] {
  if (facts.length === 0) return (customer) => [customer];
  const later = facts.filter(({ position }) => position >= first);
  const roots: Roots<ShortMerge> = later.length === 0 ? latest : Roots.of(facts.slice(0, facts.length - later.length));
  let known = new Map<string, readonly string[]>();
  return (customer, n) => {
    for (; later.length > 0 && later[0]!.position <= n; known = new Map()) roots.add(later.shift()!);
    const root = roots.root(customer);
    const members = known.get(root) ?? roots.members(root);
    known.set(root, members);
    return members;
  };
}
