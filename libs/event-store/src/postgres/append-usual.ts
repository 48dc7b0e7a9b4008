import { formatPosition, type StreamKey } from '#journey';
import type { Append, AppendVerdict, NewEvent } from '../event-store.js';
import { keyOf } from './decide-appends.js';
import type { Sql } from './database.js';
import { idBytes } from './id-bytes.js';
import { listOf, toIso } from './log-row.js';
import { copyRows, isLinked } from './write-rows.js';

/** Raised by `log_begin` when an expectation does not hold; nothing was written. */
export const UNUSUAL = 'TL001';

/** A stream that is appended to. `first` is the revision before, once it is known. */
interface Target { readonly key: string; readonly stream: StreamKey; readonly expected: Append['expected']; place: number; count: number; first: number }

/** An event on its way to its place in its stream, counted from 1. */
interface Placed { readonly event: NewEvent; readonly target: Target; readonly offset: number; readonly key: string }

/** Appends of which no id and no expectation meets another of the same transaction, so that each is as if it came alone. */
export interface Usual { readonly appends: readonly Append[]; readonly targets: readonly Target[]; readonly items: readonly Placed[] }

/** @returns null when an id comes twice, or a stream that is expected to be somewhere: then each append has to see the ones before it */
export function usual(appends: readonly Append[]): Usual | null {
  const targets = new Map<string, Target>();
  const ids = new Set<string>();
  const items: Placed[] = [];
  for (const { stream, expected, events } of appends) {
    const key = keyOf(stream);
    let target = targets.get(key);
    if (events.length === 0 || (target && (expected !== 'any' || target.expected !== 'any'))) return null;
    if (!target) targets.set(key, target = { key, stream, expected, place: 0, count: 0, first: 0 });
    for (const event of events) {
      const id = idBytes(stream.tenant, event);
      items.push({ event, target, offset: ++target.count, key: id });
      ids.add(id);
    }
  }
  const inOrder = [...targets.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  inOrder.forEach((target, index) => { target.place = index + 1; });
  return ids.size === items.length ? { appends, targets: inOrder, items } : null;
}

/** All in one round trip that commits by itself. @throws an error with code `UNUSUAL`, or a unique violation, when `appendInTransaction` has to decide */
export async function appendUsual(sql: Sql, { appends, targets, items }: Usual): Promise<AppendVerdict[]> {
  const [row] = await sql.texts(APPEND, [
    ...columnsOf(targets), items.map(({ key }) => key), items.map(({ event }) => event.bodyHash), items.map(({ target }) => target.place), items.map(({ offset }) => offset),
    items.map(({ event }) => event.type), items.map(({ event }) => event.version), items.map(({ event }) => event.source), items.map(({ event }) => event.id),
    items.map(({ event }) => event.occurredAt), items.map(({ event }) => event.observedAt ?? null), items.map(({ event }) => event.actor.kind), items.map(({ event }) => event.actor.id),
    items.map(({ event }) => event.importId ?? null), items.map(({ event }) => JSON.stringify(event.data)).join('\n'), ...linksOf(items),
  ], 'log_write');
  return verdicts(appends, listOf(row![0]!), Number(row![1]));
}

/** The same for many, whose rows go by COPY: quicker than INSERT, but in more round trips. To be called in a transaction, which it commits. */
export async function copyUsual(sql: Sql, { appends, targets, items }: Usual): Promise<AppendVerdict[]> {
  const [row] = await sql.texts(BEGIN, [...columnsOf(targets), items.length], 'log_begin');
  const [revisions, positions, moment, epoch] = [listOf(row![0]!), listOf(row![1]!), toIso(row![2]!), Number(row![3])];
  targets.forEach((target, index) => { target.first = Number(revisions[index]); });
  await copyRows(sql, items.map(({ event, target, offset, key }, index) => (
    { stream: target.stream, revision: target.first + offset, event, key, position: Number(positions[index]) })), moment, 'commit');
  return verdicts(appends, positions, epoch);
}

/** Nothing is sent of what no event says. */
function linksOf(items: readonly Placed[]): ((string | null)[] | null)[] {
  if (!items.some(({ event }) => isLinked(event))) return [null, null, null];
  return [items.map(({ event }) => event.correlationId ?? null), items.map(({ event }) => event.causationId ?? null), items.map(({ event }) => event.traceParent ?? null)];
}

const EXPECTED = { any: null, none: -1, exists: -2 } as const;

function columnsOf(targets: readonly Target[]): unknown[] {
  const expectations = targets.map(({ expected }) => (typeof expected === 'number' ? expected : EXPECTED[expected]));
  return [
    targets.map(({ stream }) => stream.tenant), targets.map(({ stream }) => stream.category), targets.map(({ stream }) => stream.id), targets.map(({ count }) => count),
    expectations.some((expectation) => expectation !== null) ? expectations : null,
  ];
}

function verdicts(appends: readonly Append[], positions: readonly string[], epoch: number): AppendVerdict[] {
  let next = 0;
  return appends.map(({ events }) => ({ status: 'appended', positions: events.map(() => formatPosition(epoch, Number(positions[next++]))) }));
}

const parameters = (count: number): string => Array.from({ length: count }, (_, index) => `$${index + 1}`).join(', ');
const APPEND = `select * from log_write(${parameters(22)})`;
const BEGIN = `select * from log_begin(${parameters(6)})`;
