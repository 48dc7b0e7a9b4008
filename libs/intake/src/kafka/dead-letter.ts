import type { Incoming, Outgoing } from '#kafka';
import { isObject } from '../record-events/raw-item.js';
import type { RefusalCode } from '../refusals.js';
import type { Told } from './record-messages.js';

/** Headers that we add to those of the record; all of them texts. */
const OURS = 'touchline_';
/** All of them lie in one partition, in the order in which they came to lie there. */
export const LETTERS = 0;
/** A batch may hold a thousand that are wrong; the first of them are named. */
const NAMED = 20;

/** What is wrong with one event of a record. */
export interface Wrong {
  readonly code: RefusalCode;
  readonly pointer: string;
  readonly detail: string;
  readonly source?: string;
  readonly id?: string;
  readonly type?: string;
}

/** A record that lies among the dead letters. */
export interface DeadLetter {
  /** Its offset among the dead letters. */
  readonly id: string;
  readonly at: string;
  /** Where it came from. */
  readonly from: { readonly topic: string; readonly partition: number; readonly offset: string };
  /** Of how many events something is wrong; `wrong` names the first 20. */
  readonly refused: number;
  readonly wrong: readonly Wrong[];
  /** The record as it came, but for headers that were there several times. */
  readonly record: Incoming;
}

const refusedIn = (events: readonly Told[]): Wrong[] => events.flatMap(({ problem, source, id, type }) =>
  (problem ? [{ code: problem.code, pointer: problem.pointer, detail: problem.detail, ...(source !== undefined && { source }), ...(id !== undefined && { id }), ...(type !== undefined && { type }) }] : []));

/** A record of which something was refused, as it is laid aside; null where all was taken. */
export function deadLetterOf({ record, events }: { readonly record: Incoming; readonly events: readonly Told[] }, topic: string, at: Date): Outgoing | null {
  const wrong = refusedIn(events);
  const [first] = wrong;
  if (!first) return null;
  const said = {
    reason: first.code, pointer: first.pointer, detail: first.detail, refused: String(wrong.length), wrong: JSON.stringify(wrong.slice(0, NAMED)),
    topic: record.topic, partition: String(record.partition), offset: String(record.offset), timestamp: record.timestamp.toISOString(), at: at.toISOString(),
  };
  return { topic, partition: LETTERS, key: record.key, value: record.value, headers: { ...theirs(record), ...Object.fromEntries(Object.entries(said).map(([name, text]) => [OURS + name, text])) } };
}

/** Reads one again; null where it was not laid there by us. */
export function deadLetterIn(found: Incoming): DeadLetter | null {
  const said = (name: string) => found.headers[OURS + name]?.toString();
  const [topic, partition, offset, at, timestamp] = ['topic', 'partition', 'offset', 'at', 'timestamp'].map(said);
  const wrong = wrongIn(said('wrong'));
  if (topic === undefined || at === undefined || !wrong || ![partition, offset, said('refused')].every((number) => /^\d{1,18}$/.test(number ?? ''))) return null;
  return {
    id: String(found.offset), at, from: { topic, partition: Number(partition), offset: offset! }, refused: Number(said('refused')), wrong,
    record: { topic, partition: Number(partition), offset: BigInt(offset!), key: found.key, value: found.value, headers: theirs(found), timestamp: new Date(timestamp ?? at) },
  };
}

const theirs = ({ headers }: Incoming): Incoming['headers'] => Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(OURS)));

/** Whoever may write to the topic may have written it. */
const isWrong = (value: unknown): value is Wrong => isObject(value) && ['code', 'pointer', 'detail'].every((field) => typeof value[field] === 'string')
  && ['source', 'id', 'type'].every((field) => value[field] === undefined || typeof value[field] === 'string');

function wrongIn(text: string | undefined): readonly Wrong[] | null {
  try {
    const wrong = JSON.parse(text ?? 'null') as unknown;
    return Array.isArray(wrong) && wrong.length > 0 && wrong.every(isWrong) ? wrong : null;
  } catch {
    return null;
  }
}
