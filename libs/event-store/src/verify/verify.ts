import type { Projection } from '../engine/projection.js';
import type { Database } from '../postgres/database.js';
import { CannotVerify } from './checkpoints.js';
import { type DirectoryFound, type RowDifference, SHOWN, type Verified, type VerifyLine } from './report.js';
import { type Pages, PAGES } from './pages.js';
import { type LogFound, verifyLog } from './verify-log.js';
import { type Found, verifyProjection } from './verify-projection.js';

export interface Verify {
  readonly projections: readonly Projection[];
  /** Also generations that are being built or kept; else the live ones. */
  readonly all?: boolean;
  /** Holds the directory of aliases against the log; handed in by those who know it. */
  readonly directory?: (database: Database, pages: Pages) => AsyncIterable<DirectoryFound>;
  /** How much is looked at with one statement. */
  readonly pages?: Partial<Pages>;
}

/**
 * Holds the log against its ids and streams, then folds every customer from it and holds each read model against that; writes nothing. Workers and appends may go on.
 * Says how far it is, and the report as its last line. @throws CannotVerify when no worker has run yet, or a generation was dropped meanwhile
 */
export async function* verify(database: Database, { projections, all = false, directory, pages = {} }: Verify): AsyncGenerator<VerifyLine> {
  const sizes = { ...PAGES, ...pages };
  const began = performance.now();
  let log: LogFound | undefined;
  for await (const found of verifyLog(database, sizes)) {
    log = found;
    const { events, ids, streams } = found.counts;
    yield { progress: streams > 0 ? { of: 'streams', done: streams } : ids > 0 ? { of: 'ids', done: ids } : { of: 'log', done: events } };
  }
  let named: DirectoryFound = { aliases: 0, flaws: [] };
  for await (const found of directory?.(database, sizes) ?? []) {
    named = found;
    yield { progress: { of: 'aliases', done: found.aliases } };
  }
  const verified: Verified[] = [];
  const differences: RowDifference[] = [];
  for (const { projection, generation } of await generationsOf(database, projections, all)) {
    let last: Found | undefined;
    for await (const found of verifyProjection(database, { projection, generation }, sizes)) {
      last = found;
      yield { progress: { of: projection.name, done: found.customers } };
    }
    const { differences: shown, ...figures } = last!;
    verified.push(figures);
    differences.push(...shown);
  }
  const { counts, flaws } = log!;
  const equal = counts.flaws + named.flaws.length === 0 && verified.every(({ different }) => different === 0);
  yield { report: { equal, seconds: Math.round(performance.now() - began) / 1_000, log: counts, directory: { aliases: named.aliases, flaws: named.flaws.length }, projections: verified, flaws: [...flaws, ...named.flaws.slice(0, SHOWN)], differences: differences.slice(0, SHOWN) } };
}

async function generationsOf(database: Database, projections: readonly Projection[], all: boolean): Promise<{ projection: Projection; generation: number }[]> {
  const rows = await database.transaction((sql) => sql.query<{ name: string; generation: number }>(
    'select name, generation from projection_generation join projection using (name) where $1 or generation = live order by name, generation = live desc, generation', [all]));
  return projections.flatMap((projection) => {
    const mine = rows.filter(({ name }) => name === projection.name);
    if (mine.length === 0) throw new CannotVerify(`The projection ${projection.name} has no tables yet; start a worker first.`);
    return mine.map(({ generation }) => ({ projection, generation }));
  });
}
