import type { IntakeLimits } from '../limits.js';
import { groupOf } from '../record-events/groups.js';
import type { Door, ParsedItem, RefusedItem } from '../record-events/parse-item.js';
import { Problem } from '../refusals.js';
import { itemOfLine } from './item-of-line.js';
import { splitLines } from './lines.js';

/** Lines that are recorded together, each with its number. */
export interface Batch<Entry extends Door> {
  readonly lines: readonly number[];
  readonly items: readonly (ParsedItem | RefusedItem)[];
  /** The door through which the first of them came. */
  readonly door: Entry;
}

interface Waiting {
  readonly line: number;
  readonly item: ParsedItem | RefusedItem;
  /** Of the line, in characters. */
  readonly length: number;
}

/** Lines of a batch; a group may have as many. */
export const BATCH = 1_000;
/** Characters of a batch, unless the lines of one group have more: long lines come in smaller batches. */
const BATCH_LENGTH = 2 * 1024 * 1024;

/** Reads NDJSON as batches of at most 1,000 lines. Lines of a group that stand together come in one batch; larger groups are refused. */
export async function* batchesOf<Entry extends Door>(chunks: AsyncIterable<Buffer | string>, doorNow: () => Entry, limits: IntakeLimits): AsyncGenerator<Batch<Entry>> {
  let waiting: Waiting[] = [];
  let length = 0;
  let tooLarge: string | undefined;
  let door = doorNow();
  const batchOf = (part: readonly Waiting[]): Batch<Entry> => ({ lines: part.map(({ line }) => line), items: part.map(({ item }) => item), door });
  const read = ({ item, ...at }: Waiting): Waiting => {
    if (tooLarge !== groupOf(item)) tooLarge = undefined;
    return { ...at, item: tooLarge === undefined ? item : refusedAsTooLarge(item) };
  };
  let failure: { readonly cause: unknown } | undefined;
  try {
    for await (const group of splitLines(chunks, limits.itemBytes)) {
      door = doorNow();
      for (const line of group) {
        const next = read({ line: line.line, item: itemOfLine(line, door, limits), length: 'text' in line ? line.text.length : 0 });
        waiting.push(next);
        length += next.length;
        if (waiting.length <= BATCH && length <= BATCH_LENGTH) continue;
        const end = endOfBatch(waiting);
        if (end === 0 && waiting.length <= BATCH) continue;
        if (end === 0) {
          tooLarge = groupOf(waiting[0]!.item);
          waiting = waiting.map(({ item, ...at }) => ({ ...at, item: refusedAsTooLarge(item) }));
        }
        yield batchOf(waiting.slice(0, end || BATCH));
        waiting = waiting.slice(end || BATCH);
        length = waiting.reduce((sum, each) => sum + each.length, 0);
      }
    }
  } catch (cause) {
    failure = { cause };
  }
  // Whole lines that came before a stream broke off are recorded all the same, but for a group of which more may have come.
  if (failure) waiting = waiting.slice(0, startOfLastGroup(waiting));
  if (waiting.length > 0) yield batchOf(waiting);
  if (failure) throw failure.cause;
}

/** How many of the lines may go without those behind them. Zero: all are one group. */
function endOfBatch(waiting: readonly Waiting[]): number {
  let end = waiting.length - 1;
  while (end > 0 && areTogether(waiting[end - 1]!, waiting[end]!)) end -= 1;
  return end;
}

function startOfLastGroup(waiting: readonly Waiting[]): number {
  let start = waiting.length;
  if (start === 0 || groupOf(waiting[start - 1]!.item) === undefined) return start;
  do start -= 1; while (start > 0 && areTogether(waiting[start - 1]!, waiting[start]!));
  return start;
}

function areTogether(before: Waiting, after: Waiting): boolean {
  const group = groupOf(before.item);
  return group !== undefined && group === groupOf(after.item);
}

function refusedAsTooLarge(item: ParsedItem | RefusedItem): RefusedItem {
  const { id, source, group } = 'problem' in item ? item : item.envelope;
  return { id, source, group, problem: new Problem('field-invalid', '/group', `A group may have ${BATCH} events at most.`) };
}
