import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Database, ensureTenant, eventStoreMigrations, migrate, PostgresEventStore, progressOf, type VerifyReport } from '#event-store';
import { startPostgres } from '#infra';
import { parsePosition } from '#journey';
import { outboundMigrations } from '#outbound';
import { projections, readModelMigrations } from '#read-model';
import { type Child, killChildren, killHard, spawnTypescript } from '../support/child.js';
import { removeHome, serverPid, temporaryHome } from '../support/server-home.js';
import { verified } from '../support/verified.js';
import { STORY_TENANTS, storyOf } from './batches.js';

export interface SoakReport {
  readonly kills: Readonly<Record<Victim, number>>;
  readonly acknowledged: number;
  /** Batches that were acknowledged and sent again at the end, but were no duplicates. */
  readonly lost: number;
  readonly doubled: number;
  readonly events: number;
  /** Events by which customers were made one, or taken apart again. */
  readonly merges: number;
  /** Attempts that failed and were repeated by the writers. */
  readonly failedAttempts: number;
  /** How long a killed worker still held partitions; milliseconds. */
  readonly takeovers: readonly number[];
  /** What could not be done at the end; the rest was verified all the same. */
  readonly failures: readonly string[];
  readonly verify: VerifyReport;
}

type Victim = 'writer' | 'worker' | 'session' | 'server';
const VICTIMS: readonly Victim[] = ['writer', 'worker', 'writer', 'worker', 'session', 'server'];
const VICTIM_NAMES = [...new Set(VICTIMS)];
const PROCESSES = 2;
const TOLD_EVERY_MS = 10_000;
const SETTLED_WITHIN_MS = 180_000;
/** How much longer than told it goes on for the sake of a kind of victim that was spared so far. */
const EACH_WITHIN_MS = 60_000;

interface Writer { readonly name: string; child: Child; readonly acknowledged: Set<number>; failures: number }

/**
 * Writers and workers on a PostgreSQL with the settings of every day; at random times one of them, a database session or the server is killed as a power
 * cut would: each kind once to begin with. Then all is sent again, and the log and the read models are verified. The same seed chooses the same victims and pauses.
 */
export async function soak({ seconds, seed, log }: { seconds: number; seed: number; log: (line: string) => void }): Promise<SoakReport> {
  const home = temporaryHome();
  let givenUp: Error | undefined;
  const server = await startPostgres({ home, revival: { givenUp: (error) => (givenUp = error) } });
  const database = new Database(server.url, 'touchline_worker', 6);
  const store = new PostgresEventStore(database);
  const random = randomOf(seed);
  const kills: Record<Victim, number> = { writer: 0, worker: 0, session: 0, server: 0 };
  const takeovers: number[] = [];
  try {
    await migrate(server.url, [...eventStoreMigrations, ...readModelMigrations, ...outboundMigrations]);
    for (const tenant of STORY_TENANTS) await ensureTenant(database, tenant, 'Europe/Berlin');
    const startWorker = () => spawnTypescript('test/crash/worker.ts', [server.url]);
    const workers = Array.from({ length: PROCESSES }, startWorker);
    const writers = Array.from({ length: PROCESSES }, (_, n): Writer => listen({ name: `w${n}`, acknowledged: new Set(), failures: 0 }, server.url));
    const kill: Record<Victim, (index: number) => Promise<void>> = {
      writer: async (index) => {
        await killHard(writers[index]!.child);
        listen(writers[index]!, server.url);
      },
      worker: async (index) => {
        const [gone] = workers.splice(index, 1);
        await killHard(gone!);
        takeovers.push(await takenOver(database, gone!.pid!).finally(() => workers.push(startWorker())));
      },
      session: () => killSession(server.adminUrl, random),
      server: async () => { process.kill(serverPid(home), 'SIGKILL'); },
    };
    const acknowledged = () => writers.reduce((sum, writer) => sum + writer.acknowledged.size, 0);
    const began = Date.now();
    let told = began;
    const tell = () => log(`${Math.round((Date.now() - began) / 1_000)} s: killed ${VICTIM_NAMES.map((name) => `${kills[name]} ${name}`).join(', ')}; ${acknowledged()} batches acknowledged`);
    const spared = () => VICTIM_NAMES.filter((name) => kills[name] === 0);
    for (const until = began + seconds * 1_000; (Date.now() < until || (spared().length > 0 && Date.now() < until + EACH_WITHIN_MS)) && !givenUp;) {
      await sleep(300 + random() * 2_500);
      const among = spared().length > 0 ? spared() : VICTIMS;
      const victim = among[Math.floor(random() * among.length)]!;
      const done = await kill[victim](Math.floor(random() * PROCESSES)).then(() => true, (error: Error) => { log(`no ${victim} was killed: ${isGone(error) ? 'it had gone already' : error.message}`); return false; });
      if (done) kills[victim] += 1;
      if (Date.now() - told < TOLD_EVERY_MS) continue;
      told = Date.now();
      tell();
    }
    tell();
    if (givenUp) throw givenUp;
    log('Sending everything again, waiting for the read models, and verifying …');
    for (const { child } of writers) await killHard(child);
    const failures: string[] = [];
    const tried = <T>(work: Promise<T>) => work.catch((error: Error) => { failures.push(error.message); return undefined; });
    const again = await tried(sendAgain(store, writers)) ?? { lost: 0 };
    await tried(settled(database, store));
    const rows = await patiently(() => database.transaction((sql) => sql.query<{ events: number; ids: number; merges: number }>(
      `select count(*)::int as events, count(distinct (tenant, source, id))::int as ids, count(*) filter (where type in ('customer.merged', 'customer.unmerged'))::int as merges from log where source = 'crash'`)));
    return {
      kills, acknowledged: acknowledged(), ...again, doubled: rows[0]!.events - rows[0]!.ids, events: rows[0]!.events, merges: rows[0]!.merges,
      failedAttempts: writers.reduce((sum, { failures: failed }) => sum + failed, 0), takeovers, failures, verify: await verified(database),
    };
  } finally {
    await killChildren();
    await store.close();
    await database.close();
    await server.stop();
    removeHome(home);
  }
}

/** Starts (again) where the first batch stands that was not acknowledged; those after it that were are duplicates then. */
function listen(writer: Omit<Writer, 'child'> & { child?: Child }, url: string): Writer {
  let from = 0;
  while (writer.acknowledged.has(from)) from += 1;
  writer.child = spawnTypescript('test/crash/writer.ts', [url, writer.name, String(from), '100000000', 'stories']);
  createInterface({ input: writer.child.stdout }).on('line', (line) => {
    const [word, number] = line.split(' ');
    if (word === 'ok') writer.acknowledged.add(Number(number));
    else writer.failures += 1;
  });
  return writer as Writer;
}

async function takenOver(database: Database, pid: number): Promise<number> {
  const began = performance.now();
  await patiently(async () => {
    const rows = await database.transaction((sql) => sql.query('select from projection_partition where owner like $1', [`%:${pid}:%`]));
    if (rows.length > 0) throw new Error(`${rows.length} partitions are still held by the worker that was killed`);
  });
  return Math.round(performance.now() - began);
}

/** SIGKILL for a session of a writer or worker; PostgreSQL then ends all sessions and recovers. */
async function killSession(url: string, random: () => number): Promise<void> {
  const admin = new pg.Client(url);
  admin.on('error', () => undefined);
  await admin.connect();
  const { rows } = await admin.query<{ pid: number }>(`select pid from pg_stat_activity where application_name = 'touchline-worker' order by pid`);
  const session = rows[Math.floor(random() * rows.length)];
  try {
    if (!session) throw Object.assign(new Error('no session is open'), { code: 'ESRCH' });
    process.kill(session.pid, 'SIGKILL');
  } finally {
    await admin.end().catch(() => undefined);
  }
}

/** Every batch up to the last one, once more: what was acknowledged is a duplicate, and the others end in one. */
async function sendAgain(store: PostgresEventStore, writers: readonly Writer[]): Promise<{ lost: number }> {
  let lost = 0;
  for (const { name, acknowledged } of writers) {
    for (let number = 0; number <= Math.max(...acknowledged) + 5; number++) {
      const verdicts = await patiently(() => store.append(storyOf(name, number)));
      if (acknowledged.has(number) && verdicts.some(({ status }) => status !== 'duplicate')) lost += 1;
      if (verdicts.some(({ status }) => status !== 'duplicate' && status !== 'appended')) throw new Error(`Batch ${number} of ${name} was refused: ${JSON.stringify(verdicts)}`);
    }
  }
  return { lost };
}

/** Until the live read models stand at the head and none of their rows waits. */
async function settled(database: Database, store: PostgresEventStore): Promise<void> {
  await patiently(async () => {
    const head = parsePosition(await store.head()).n;
    const live = (await progressOf(database)).filter((each) => each.live);
    const waiting = await database.transaction((sql) => sql.query('select from touchline_read.customer_1 where stale and not held limit 1'));
    if (live.length < projections().length || live.some(({ position }) => position < head) || waiting.length > 0) throw new Error(`The read models do not reach ${head}: ${JSON.stringify(live)}`);
  });
}

/** A process that is to be killed, or the note of it, is there no longer: another victim's end took it along. */
const isGone = (error: Error): boolean => ['ESRCH', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '');

/** After a crash the server takes a moment. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + SETTLED_WITHIN_MS; ; await sleep(50)) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}

/** Mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What does not hold; empty when all is well. */
export function complaintsOf({ kills, lost, doubled, failures, verify }: SoakReport): string[] {
  return [
    ...failures, ...VICTIM_NAMES.filter((name) => kills[name] === 0).map((name) => `no ${name} was killed`),
    ...(lost > 0 ? [`${lost} acknowledged batches were not there`] : []), ...(doubled > 0 ? [`${doubled} events stand twice`] : []),
    ...(verify.equal ? [] : [`verify: ${JSON.stringify({ flaws: verify.flaws, differences: verify.differences })}`]),
    ...verify.projections.filter(({ held, waiting }) => held + waiting > 0).map(({ projection, held, waiting }) => `${projection}: ${held} held, ${waiting} waiting`),
  ];
}
