import { readTold } from '#event-store';
import { type Band, bandAt, type Cards, profileOf, type Progress } from '#insight';
import { breather, sayNowAndThen } from '../whole-history/breathing.js';
import { tenantStories } from '../whole-history/stories.js';
import { sheetOf, toldBy } from '../health/told-by.js';
import { read, type Reading } from '../reading.js';
import { calendarOf } from '../tenant.js';

/** How many customers came from which band into which. */
export interface BandMoves {
  readonly customers: number;
  /** Customers of whom a fact cannot be read; they are in no figure here. */
  readonly held: number;
  readonly changed: number;
  /** Of whom so many came into a better band, or a worse one; unknown is neither. */
  readonly better: number;
  readonly worse: number;
  readonly bands: readonly { readonly from: Band; readonly to: Band; readonly customers: number }[];
}

const ORDER: readonly Band[] = ['at-risk', 'watch', 'healthy'];

/** Scores every customer that has not ended as of now by one set of cards and by another. @throws the reason of an aborted signal */
export async function* bandMoves(reading: Reading, { tenant, before, after }: { readonly tenant: string; readonly before: Cards; readonly after: Cards }, signal: AbortSignal): AsyncGenerator<Progress, BandMoves, void> {
  const { final } = await reading.reader.statements(readTold);
  const { now, dayOf } = await read(reading.reader, tenant, (sql) => calendarOf(sql, tenant, reading.now()));
  const at = { asOf: now, knownAt: now, dayOf };
  const [breathe, isTime] = [breather(signal), sayNowAndThen()];
  const moves = new Map<string, number>();
  let [customers, held] = [0, 0];
  for await (const { events, place, all } of tenantStories(reading.reader, { tenant, upTo: final, knownAt: now })) {
    await breathe();
    try {
      if (profileOf(sheetOf(toldBy(events, at), at), dayOf(now)).status === 'ended') continue;
      const move = `${bandAt(events, before, at)} ${bandAt(events, after, at)}`;
      moves.set(move, (moves.get(move) ?? 0) + 1);
      customers += 1;
    } catch {
      held += 1;
    }
    if (isTime()) yield { of: 'customers', done: place, all };
  }
  const bands = [...moves].sort(([a], [b]) => (a < b ? -1 : 1)).map(([move, count]) => {
    const [from, to] = move.split(' ') as [Band, Band];
    return { from, to, customers: count };
  }).filter(({ from, to }) => from !== to);
  const sum = (counts: (from: number, to: number) => boolean) => bands.filter(({ from, to }) => counts(ORDER.indexOf(from), ORDER.indexOf(to))).reduce((total, move) => total + move.customers, 0);
  return { customers, held, changed: sum(() => true), better: sum((from, to) => from >= 0 && to > from), worse: sum((from, to) => to >= 0 && to < from), bands };
}
