import type { TakenId } from '#event-store';
import { type EventRef, isMergeFact, type MergeFact, type Position, type Roots } from '#journey';
import type { Fate, Judge, Resolved } from '../identity/alias-plan.js';
import { checkMerge } from '../record/check-merge.js';
import { checkRecord, type RecordSurroundings } from '../record/check-record.js';
import { Problem } from '../refusals.js';
import type { Numbered } from './candidate.js';
import { type KnownEvent, type KnownEvents, refKey } from './known-events.js';

/** What can be told of a batch before it is appended, by the index of the item. */
export interface Foresight {
  readonly refused: ReadonlyMap<number, Problem>;
  /** Items whose id is taken: by the same body, or by another. No position where an earlier item of the batch took it. */
  readonly taken: ReadonlyMap<number, { readonly status: 'duplicate' | 'conflict'; readonly position?: Position }>;
  /** The event that a `record.amended` is about. */
  readonly amends: ReadonlyMap<number, KnownEvent>;
  /** Who will be merged into whom by then. */
  readonly roots: Roots<MergeFact>;
}

export interface Surroundings extends Omit<RecordSurroundings, 'customer' | 'lookUp' | 'roots'> {
  /** Who is merged into whom in the log, or earlier in a dry run. */
  readonly merged: Roots<MergeFact>;
  readonly importId: string | undefined;
  /** What stands under an id, or stood earlier in a dry run, by `refKey`. */
  readonly taken: (key: string) => (Pick<TakenId, 'bodyHash'> & { readonly position?: Position }) | undefined;
  readonly known: KnownEvents;
  /** Items refused for what became of their group, unless their id is in the log. */
  readonly withdrawn: ReadonlyMap<number, Problem>;
}

/** Judges the items of a batch one by one: an item counts with those before it that were not refused, as it will in the log. */
export function foresee(numbered: readonly Numbered[], around: Surroundings): { readonly judge: Judge; readonly foresight: Foresight } {
  const items = new Map(numbered.map((each) => [each.index, each]));
  const refused = new Map<number, Problem>();
  const taken = new Map<number, { status: 'duplicate' | 'conflict'; position?: Position }>();
  const amends = new Map<number, KnownEvent>();
  const earlier = new Map<string, KnownEvent & { bodyHash: string }>();
  const roots = around.merged.copy();
  const lookUp = (ref: EventRef) => around.known.get(refKey(ref)) ?? earlier.get(refKey(ref));
  const refuse = (index: number, problem: Problem): Fate => {
    refused.set(index, problem);
    return 'out';
  };
  const judge = (index: number, { customer, others, takenBy }: Resolved): Fate => {
    const { item, bodyHash } = items.get(index)!;
    const { envelope, version } = item;
    const key = refKey(envelope);
    const inLog = around.taken(key);
    const withdrawn = inLog ? undefined : around.withdrawn.get(index);
    if (withdrawn) return refuse(index, withdrawn);
    const holder = inLog ?? earlier.get(key);
    const same = holder?.bodyHash === bodyHash;
    const position = holder && 'position' in holder ? holder.position : undefined;
    if (holder) taken.set(index, { status: same ? 'duplicate' : 'conflict', position });
    if (holder && !same) return 'out';
    const problem = checkRecord(item, { ...around, customer, lookUp, roots });
    if (problem) return refuse(index, problem);
    if (!holder && takenBy !== undefined) return refuse(index, new Problem('alias-taken', '/data/id', `The alias is that of customer ${takenBy}.`));
    const amended = envelope.type === 'record.amended' ? lookUp(envelope.data.event as EventRef) : undefined;
    const [type, data, at] = amended ? [amended.type, envelope.data.data as Record<string, unknown>, '/data/data'] : [envelope.type, envelope.data, '/data'];
    if (!holder && type === 'customer.parent-changed' && (data.parent === customer || others.includes(customer))) {
      return refuse(index, new Problem('data-invalid', `${at}/parent`, 'A customer cannot be its own parent.'));
    }
    if (!holder && isMergeFact(type)) {
      const into = typeof data.into === 'string' ? data.into : others[0];
      const wrong = checkMerge({ type, customer, into }, roots);
      if (wrong) return refuse(index, wrong);
      roots.add({ type, stream: { id: customer }, data: { into }, importId: around.importId });
    }
    if (amended) amends.set(index, amended);
    if (!earlier.has(key)) earlier.set(key, { customer, type: envelope.type, version, bodyHash });
    return holder ? 'there' : 'new';
  };
  return { judge, foresight: { refused, taken, amends, roots } };
}
