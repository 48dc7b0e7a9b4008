import type { Incoming } from '#kafka';
import type { Intake } from '../intake.js';
import type { IntakeContext } from '../record-events/intake-context.js';
import { type ParsedItem, parseItem, type RefusedItem } from '../record-events/parse-item.js';
import { traceParentOf } from '../record-events/links.js';
import { isObject, type RawItem } from '../record-events/raw-item.js';
import { recordItems } from '../record-events/record-items.js';
import type { Verdict } from '../record-events/verdict.js';
import { Problem } from '../refusals.js';
import { type Message, namesIn, readMessage } from './read-message.js';

/** What became of one event of a record. */
export interface Told extends Omit<Verdict, 'index'> {
  readonly type?: string;
}

/** A record, and what became of each of its events. */
export interface Recorded {
  readonly record: Incoming;
  readonly events: readonly Told[];
}

type Context = Pick<IntakeContext, 'tenant' | 'receivedAt' | 'dryRun'>;
type Item = ParsedItem | RefusedItem;

const ACTOR = { kind: 'system', id: 'kafka' } as const;

/**
 * Records what the records tell, in their order, as many at once as a request may have. All that comes of one record stands in one append.
 * @throws what the database throws: then nobody knows of the last append, and the same records are to be recorded again
 */
export async function* recordMessages(intake: Intake, records: readonly Incoming[], context: Context): AsyncGenerator<Recorded> {
  for (const chunk of chunksOf(records, intake, context)) {
    const { verdicts } = await recordItems(intake, chunk.flatMap(({ items }) => items), { ...context, actor: ACTOR, mayDeclareObservedAt: false });
    let from = 0;
    for (const { record, message, items } of chunk) {
      const own = verdicts.slice(from, from += items.length);
      yield { record, events: own.map((verdict, place) => told(verdict, message, place)) };
    }
  }
}

interface Read { readonly record: Incoming; readonly message: Message; readonly items: readonly Item[] }

function* chunksOf(records: readonly Incoming[], intake: Intake, context: Context): Generator<Read[]> {
  let chunk: Read[] = [];
  let length = 0;
  for (const record of records) {
    const read = readRecord(record, intake, context);
    if (length + read.items.length > intake.limits.batchItems) {
      yield chunk;
      [chunk, length] = [[], 0];
    }
    chunk.push(read);
    length += read.items.length;
  }
  if (chunk.length > 0) yield chunk;
}

function readRecord(record: Incoming, { limits }: Intake, { receivedAt }: Context): Read {
  const message = readMessage(record);
  if (message.items.length > limits.batchItems) {
    const problem = new Problem('batch-too-large', '', `The record has ${message.items.length} events; ${limits.batchItems} are allowed.`);
    return { record, message: { batch: false, items: [problem] }, items: [{ problem }] };
  }
  const trace = traceParentOf(record.headers['traceparent']?.toString());
  const items = message.items.map((item): Item => {
    if (item instanceof Problem) return { problem: item };
    return traced(parseItem(item, { receivedAt: tellsTime(item) ? receivedAt : writtenAt(record, receivedAt), mayDeclareObservedAt: false }, limits), trace);
  });
  return { record, message, items };
}

/** A fact that names no trace belongs to that of its record. */
const traced = (item: Item, traceParent: string | undefined): Item => ('problem' in item || traceParent === undefined || item.envelope.links?.traceParent !== undefined ? item
  : { ...item, envelope: { ...item.envelope, links: { ...item.envelope.links, traceParent } } });

const tellsTime = ({ value }: RawItem): boolean => isObject(value) && (value['time'] ?? null) !== null;

/** An event that says no time happened when its record was written, however late it is read. */
const writtenAt = ({ timestamp }: Incoming, now: Date): Date => (timestamp.getTime() > 0 && timestamp < now ? timestamp : now);

function told({ index: _, problem, ...verdict }: Verdict, { batch, items }: Message, place: number): Told {
  const { type } = namesIn(items[place]!);
  return { ...verdict, ...(type !== undefined && { type }), ...(problem && { problem: batch ? inBatch(problem, place) : problem }) };
}

/** The same problem, pointing into the whole batch. */
function inBatch({ code, pointer, detail, errors }: Problem, place: number): Problem {
  return new Problem(code, `/${place}${pointer}`, detail, errors?.map((flaw) => ({ ...flaw, pointer: `/${place}${flaw.pointer}` })));
}
