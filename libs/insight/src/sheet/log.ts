import type { Fact } from './fact.js';

export type Kept = Readonly<Record<string, unknown>>;

/** What the sheet keeps of one fact about one entity (a ticket, an invoice): when (ms), position, day, what happened, the fields that count. */
export type Entry = readonly [at: number, n: number, day: number, what: string, kept?: Kept];

/**
 * Facts per entity, sorted by (occurredAt, position). A list is never changed in place, so its identity stands for its content.
 * Keys carry a leading colon: an entity may be called "constructor".
 */
export type EntityLog = Record<string, readonly Entry[]>;

/** Adds a fact in its place; the same position twice changes nothing. */
export function enter(log: EntityLog, entity: string, fact: Fact, kept?: Record<string, unknown>): void {
  const key = `:${entity}`;
  const list = log[key] ?? [];
  let place = list.length;
  while (place > 0 && isLater(list[place - 1]!, fact)) place--;
  if (place > 0 && list[place - 1]![1] === fact.n) return;
  log[key] = list.toSpliced(place, 0, entryOf(fact, kept));
}

function isLater(entry: Entry, fact: Fact): boolean {
  return entry[0] > fact.at || (entry[0] === fact.at && entry[1] > fact.n);
}

function entryOf(fact: Fact, kept: Record<string, unknown> = {}): Entry {
  let present: Record<string, unknown> | undefined;
  for (const key in kept) if (kept[key] !== undefined) (present ??= {})[key] = kept[key];
  return present ? [fact.at, fact.n, fact.day, fact.what, present] : [fact.at, fact.n, fact.day, fact.what];
}

/** Drops what happened before a day, and entities of which nothing is left. */
export function forget(log: EntityLog, before: number): void {
  for (const [key, list] of Object.entries(log)) {
    if (list[0]![2] >= before) continue;
    const rest = list.filter((entry) => entry[2] >= before);
    if (rest.length) log[key] = rest;
    else delete log[key];
  }
}

/** A reader of entity logs: the state of every entity, replayed once per list. Remembered by the log: to be weak about every single list costs more than the replay. */
export function replayer<State>(replay: (id: string, entries: readonly Entry[]) => State): (log: EntityLog) => State[] {
  return remembered<readonly Entry[], State>((key, list) => replay(key.slice(1), list));
}

/** What is made of each value of a record, in its order; made anew when another value stands there. */
export function remembered<Value, Made>(make: (key: string, value: Value) => Made): (record: Readonly<Record<string, Value>>) => Made[] {
  const known = new WeakMap<object, Map<string, { readonly of: Value; readonly made: Made }>>();
  return (record) => {
    const all: Made[] = [];
    let before = known.get(record);
    if (!before) known.set(record, (before = new Map()));
    for (const key in record) {
      const value = record[key]!;
      let found = before.get(key);
      if (found?.of !== value) before.set(key, (found = { of: value, made: make(key, value) }));
      all.push(found.made);
    }
    return all;
  };
}

/** The latest value of something by (occurredAt, position). */
export type Register<Value = unknown> = readonly [at: number, n: number, day: number, value?: Value];

export function isNewer(fact: Fact, register: Register | undefined): boolean {
  return !register || fact.at > register[0] || (fact.at === register[0] && fact.n > register[1]);
}
