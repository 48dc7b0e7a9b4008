import { LRUCache } from 'lru-cache';
import { readStreamsAfter, type Sql } from '#event-store';
import { effectiveEvents, type JourneyEvent, parsePosition, segmentIn } from '#journey';

/** Facts that say the segment of a customer, and what corrects them. */
const TYPES = ['customer.registered', 'customer.profile-changed', 'record.retracted', 'record.amended'];
const STREAMS = 50_000;

/** Of one stream: the facts that count here, and up to which position it has been looked through, which is at least up to a revision. */
interface Told { readonly facts: readonly JourneyEvent[]; readonly through: number; readonly revision: number }
const UNKNOWN: Told = { facts: [], through: -1, revision: -1 };

/** An event and all customers that are one with its own. */
interface Asked { readonly event: JourneyEvent; readonly n: number; readonly members: readonly string[] }

const memories = new WeakMap<object, LRUCache<string, Told>>();

/** Which segment customers were in, at places of the log. The process remembers what it has read, so that a stream is looked through once and then only where it has grown. */
export class Segments {
  private readonly said = new Map<string, string | null>();

  private constructor(private readonly told: ReadonlyMap<string, Told>) {}

  /** Reads what is needed for events of one tenant, in log order. */
  static async of(sql: Sql, tenant: string, asked: readonly Asked[]): Promise<Segments> {
    const memory = memories.get(sql.database) ?? new LRUCache<string, Told>({ max: STREAMS });
    memories.set(sql.database, memory);
    const { position } = asked.at(-1)!.event;
    const { epoch, n: last } = parsePosition(position);
    const keyOf = (stream: string) => `${tenant} ${epoch} ${stream}`;
    const needed = new Map(asked.flatMap(({ n, members }) => members.map((member) => [member, n])));
    const told = new Map([...needed.keys()].map((id) => [id, memory.get(keyOf(id)) ?? UNKNOWN]));
    const stale = [...told].filter(([id, { through }]) => through < needed.get(id)!);
    const read = stale.length === 0 ? [] : await readStreamsAfter(sql, tenant, 'customer', new Map(stale.map(([id, { revision }]) => [id, revision])), last, TYPES);
    const fresh = new Map<string, JourneyEvent[]>();
    for (const fact of read) fresh.set(fact.stream.id, [...fresh.get(fact.stream.id) ?? [], fact]);
    const passed = new Map(asked.flatMap(({ event: { stream, revision } }) => (stream.category === 'customer' ? [[stream.id, revision]] : [])));
    for (const [id, { facts, revision }] of stale) {
      const added = fresh.get(id) ?? [];
      const now = { facts: [...facts, ...added], through: last, revision: Math.max(revision, added.at(-1)?.revision ?? -1, passed.get(id) ?? -1) };
      told.set(id, now);
      memory.set(keyOf(id), now);
    }
    return new Segments(told);
  }

  /** Of the customer that stands first, as all facts up to a position say it. */
  at(members: readonly string[], n: number): string | null {
    const facts = members.flatMap((id) => this.told.get(id)!.facts.filter(({ position }) => parsePosition(position).n <= n));
    const key = `${members.join(' ')}/${facts.length}`;
    const known = this.said.get(key);
    if (known !== undefined) return known;
    const segment = segmentIn(effectiveEvents(facts), members[0]!);
    this.said.set(key, segment);
    return segment;
  }
}
