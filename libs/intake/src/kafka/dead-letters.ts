import { LRUCache } from 'lru-cache';
import type { Incoming, Kafka } from '#kafka';
import { topicOfDeadLetters } from '#journey';
import type { Intake } from '../intake.js';
import { type DeadLetter, deadLetterIn, LETTERS, type Wrong } from './dead-letter.js';
import { recordMessages, type Told } from './record-messages.js';

/** Which dead letters are meant; all that it names must fit. */
export interface Which {
  /** By their offsets. */
  readonly ids?: readonly string[];
  /** That have this reason among theirs. */
  readonly reason?: string;
  /** Behind this offset. */
  readonly after?: string;
  /** So many at most. */
  readonly limit: number;
}

/** What became of a dead letter. `recorded`: all it tells is in the log; `ready`: a replay would record it; `refused`: not yet. */
export interface Letter extends Omit<DeadLetter, 'record'> {
  readonly key: string | null;
  readonly state: 'recorded' | 'ready' | 'refused';
  /** What would become of each event now, or has become of it in a replay. */
  readonly events: readonly Told[];
}

export interface Letters {
  readonly letters: readonly Letter[];
  /** Give it as `after` for what comes next; null at the end. */
  readonly next: string | null;
}

export interface Replayed extends Letters {
  /** Of the ids that were named, those of which no dead letter is to be found, or none with the reason. */
  readonly unknown: readonly string[];
}

interface Desk { readonly intake: Intake; readonly kafka: Kafka }

/** A record that was read twice, as its reader was killed, may lie there twice: of so many it is known. */
const REMEMBERED = 100_000;

/** Dead letters of which something is still to be done, or all of them, with what a replay would make of them now. */
export function listDeadLetters(desk: Desk, tenant: string, which: Which & { readonly all?: boolean }, now: Date): Promise<Letters> {
  return goThrough(desk, tenant, which, (letter) => which.all === true || letter.state !== 'recorded', { receivedAt: now, dryRun: true });
}

/** Records what is right by now. What was recorded before is a duplicate, so again changes nothing; nothing is laid among the dead letters anew. */
export async function replayDeadLetters(desk: Desk, tenant: string, which: Which, now: Date): Promise<Replayed> {
  const { letters, next } = await goThrough(desk, tenant, which, () => true, { receivedAt: now, dryRun: false });
  const found = new Set(letters.map(({ id }) => id));
  return { letters, next, unknown: [...new Set(which.ids)].filter((id) => !found.has(id)) };
}

async function goThrough({ intake, kafka }: Desk, tenant: string, which: Which, isShown: (letter: Letter) => boolean, context: { receivedAt: Date; dryRun: boolean }): Promise<Letters> {
  const letters: Letter[] = [];
  const origins = new LRUCache<string, true>({ max: REMEMBERED });
  let next: string | null = null;
  const wanted = (letter: DeadLetter | null): letter is DeadLetter => {
    if (!letter || !fits(letter, which)) return false;
    if (which.ids) return true;
    const origin = `${letter.from.topic}/${letter.from.partition}/${letter.from.offset}`;
    return !origins.has(origin) && origins.set(origin, true) !== undefined;
  };
  const visit = async (found: readonly Incoming[]): Promise<boolean> => {
    const some = found.map(deadLetterIn).filter(wanted);
    // No more are tried than may be shown, or a replay would do what it does not tell.
    for (let from = 0; from < some.length;) {
      const part = some.slice(from, from += which.limit - letters.length);
      letters.push(...(await judged(intake, tenant, part, context)).filter(isShown));
      if (letters.length === which.ids?.length) return false;
      if (letters.length < which.limit) continue;
      next = part.at(-1)!.id;
      return false;
    }
    return true;
  };
  await kafka.read({ topic: topicOfDeadLetters(tenant), partition: LETTERS, from: firstOf(which) }, visit);
  return { letters, next };
}

/** Where the first of them may lie. */
function firstOf({ ids = [], after }: Which): bigint {
  const named = ids.map(BigInt).sort((a, b) => (a < b ? -1 : 1));
  return [after === undefined ? 0n : BigInt(after) + 1n, named[0] ?? 0n].reduce((a, b) => (a > b ? a : b));
}

const fits = ({ id, wrong }: DeadLetter, { ids, reason }: Which): boolean => (!ids || ids.includes(id)) && (reason === undefined || wrong.some(({ code }) => code === reason));

async function judged(intake: Intake, tenant: string, letters: readonly DeadLetter[], context: { receivedAt: Date; dryRun: boolean }): Promise<Letter[]> {
  const found: Letter[] = [];
  for await (const { events } of recordMessages(intake, letters.map(({ record }) => record), { tenant, ...context })) {
    const { record, ...letter } = letters[found.length]!;
    found.push({ ...letter, key: record.key?.toString() ?? null, events, state: stateOf(events) });
  }
  const replaced = await sentAgain(intake, tenant, found);
  return found.map((letter) => (letter.state === 'refused' && isReplaced(letter, replaced) ? { ...letter, state: 'recorded' } : letter));
}

function stateOf(events: readonly Told[]): Letter['state'] {
  if (events.some(({ problem }) => problem)) return 'refused';
  return events.some(({ status }) => status === 'valid') ? 'ready' : 'recorded';
}

/** Events that were refused, and stand in the log by their source and id: their sender has corrected them and sent them again. */
async function sentAgain({ store }: Intake, tenant: string, letters: readonly Letter[]): Promise<ReadonlySet<string>> {
  const refs = letters.flatMap(({ wrong }) => wrong.filter(isNamed).filter(({ code }) => code !== 'id-conflict'));
  const taken = refs.length === 0 ? [] : await store.taken(tenant, refs.map(({ source, id }) => ({ source, id })));
  return new Set(taken.map(nameOf));
}

const isNamed = (wrong: Wrong): wrong is Wrong & { source: string; id: string } => wrong.source !== undefined && wrong.id !== undefined;
const nameOf = ({ source, id }: { readonly source?: string; readonly id?: string }): string => JSON.stringify([source, id]);

const isReplaced = ({ events }: Letter, replaced: ReadonlySet<string>): boolean =>
  events.every(({ status, source, id }) => status === 'duplicate' || status === 'appended' || replaced.has(nameOf({ source, id })));
