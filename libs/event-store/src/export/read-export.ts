import { canonical, parsePosition, storedForm } from '#journey';
import type { Database } from '../postgres/database.js';
import { readEpoch, readLogRows } from '../postgres/read.js';
import type { ExportRange } from './export-range.js';

/** Some lines of an export, whole. */
interface ExportSlice {
  readonly text: string;
  readonly events: number;
  /** The places of its first and last event. */
  readonly first: number;
  readonly last: number;
}

const SIZE = 2_000;

/**
 * The events of a range as NDJSON, in log order, each in its RFC 8785 form, personal fields sealed as they are stored. Read as the reader role in the tenant; while one slice is worked on, the next is read.
 * @throws LifeEnded when the log begins another life meanwhile
 */
export async function* readExport(reader: Database, { tenant, epoch, after, upTo }: ExportRange, size = SIZE): AsyncGenerator<ExportSlice> {
  const page = (from: number) => reader.inTenant(tenant, async (sql) => {
    const rows = await readLogRows(sql, from, upTo, size, { tenant });
    if (await readEpoch(sql) !== epoch) throw new LifeEnded();
    return rows;
  });
  for (let next = page(after); ;) {
    const events = await next;
    if (events.length === 0) return;
    const [first, last] = [events[0]!, events.at(-1)!].map(({ position }) => parsePosition(position).n) as [number, number];
    if (events.length === size) {
      next = page(last);
      // Who stops listening does not wait for it; who goes on hears of it.
      next.catch(() => undefined);
    }
    yield { text: events.map((event) => `${canonical(storedForm(event))}\n`).join(''), events: events.length, first, last };
    if (events.length < size) return;
  }
}

/** What was read is of a life of the log that is over. */
class LifeEnded extends Error {
  constructor() {
    super('The log has begun another life; what was exported of the former one may have been lost in it. Export anew.');
  }
}
