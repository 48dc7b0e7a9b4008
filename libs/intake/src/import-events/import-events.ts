import { setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { comparePositions, type Position } from '#journey';
import type { Intake } from '../intake.js';
import type { IntakeContext } from '../record-events/intake-context.js';
import { isAliasFact } from '../record-events/known-events.js';
import type { ParsedItem } from '../record-events/parse-item.js';
import { type Recorded, recordItems } from '../record-events/record-items.js';
import type { Verdict } from '../record-events/verdict.js';
import type { Retraction } from '../record/import-registry.js';
import { Problem } from '../refusals.js';
import { type Batch, batchesOf } from './batches.js';
import { brake, type Lag } from './brake.js';
import type { ImportLine } from './import-line.js';
import { addNotOpened, nothingUnopened, type NotOpened } from './not-opened.js';

export interface ImportContext extends Omit<IntakeContext, 'receivedAt'> {
  readonly importId: string;
  readonly clock: () => Date;
  /** How far the read models are behind; left out, nobody is waited for. */
  readonly lag?: () => Promise<Lag>;
  /** Ends a wait for them. */
  readonly stop?: AbortSignal;
}

type PreparedBatch = Batch<IntakeContext>;

/** What a batch says of facts before it, or of who is who, can only be judged once these are in the log. */
const looksBack = ({ items }: PreparedBatch): boolean => items.some((item) => 'envelope' in item && (item.envelope.type.startsWith('record.') || isAliasFact(item.envelope.type)));

const PROGRESS_MS = 1_000;
/** A dry run knows this many ids of the file again; memory stays bounded. */
const REHEARSED = 200_000;

/**
 * Records NDJSON of any length in constant memory, pulled by the reader. While one batch is written the next is checked and sealed, and the one behind
 * it is read; they are written one after the other, so facts keep the order of their lines.
 */
export async function* importEvents(intake: Intake, lines: AsyncIterable<Buffer | string>, context: ImportContext): AsyncGenerator<ImportLine> {
  const started = context.clock();
  const retraction = await intake.imports.retraction(context.tenant, context.importId);
  if (retraction) return yield { problem: takenBack(context.importId, retraction) };
  const tally = newTally();
  let shown = started.getTime();
  const readersFollow = brakeOf(context);
  const underWay: Promise<[PreparedBatch, Recorded]>[] = [];
  try {
    for await (const batch of preparedBatches(intake, lines, context)) {
      while (underWay.length > (context.dryRun || looksBack(batch) ? 0 : 1)) {
        yield* outcomeOf(await underWay[0]!, tally);
        underWay.shift();
        const now = context.clock().getTime();
        if (now - shown >= PROGRESS_MS) {
          shown = now;
          yield { progress: { lines: tally.lines, position: tally.position } };
        }
        await readersFollow();
      }
      const recording = recordItems(intake, batch.items, { ...batch.door, after: underWay[0] }).then((recorded) => [batch, recorded] as [PreparedBatch, Recorded]);
      // Awaited on a later round; until then its failure is not nobody's.
      recording.catch(() => undefined);
      underWay.push(recording);
    }
    for (; underWay.length > 0; underWay.shift()) yield* outcomeOf(await underWay[0]!, tally);
  } finally {
    await Promise.allSettled(underWay);
  }
  yield { progress: { lines: tally.lines, position: tally.position } };
  yield { summary: await summaryOf(intake, context, tally, started) };
}

/** A dry run writes nothing that readers would have to follow. */
function brakeOf({ lag, clock, dryRun, stop }: ImportContext): () => Promise<void> {
  if (!lag || dryRun) return async () => undefined;
  const sleep = (ms: number) => pause(ms, undefined, { signal: stop }).catch(() => undefined);
  return brake({ lag: async () => (stop?.aborted ? { seconds: 0, position: 0, behind: 0 } : lag()), now: () => clock().getTime(), sleep });
}

function takenBack(importId: string, { at, reason }: Retraction): Problem {
  return new Problem('import-retracted', '', [
    `The import \`${importId}\` was taken back on ${at.toISOString().slice(0, 10)} ("${reason}"). Its events stay in the log without counting, and their ids stay taken.`,
    'To record the rows again, give the events new ids (in a CSV mapping: raise `edition`) and import them under another import id.',
  ].join(' '));
}

function preparedBatches({ limits }: Intake, chunks: AsyncIterable<Buffer | string>, context: ImportContext): AsyncGenerator<PreparedBatch> {
  const rehearsed = context.dryRun ? { bodies: new LRUCache<string, { readonly bodyHash: string }>({ max: REHEARSED }) } : undefined;
  return batchesOf(chunks, () => ({ ...context, rehearsed, receivedAt: context.clock() }), limits);
}

interface Tally {
  lines: number;
  historic: number;
  position: Position | null;
  readonly counts: Record<Verdict['status'], number>;
  readonly notOpened: NotOpened;
  /** Only filled by a dry run, which writes no customers down. */
  readonly customers: Set<string>;
}

const newTally = (): Tally => ({
  lines: 0, historic: 0, position: null, counts: { appended: 0, duplicate: 0, conflict: 0, rejected: 0, valid: 0 }, notOpened: nothingUnopened(), customers: new Set(),
});

function* outcomeOf([{ lines, items, door }, { verdicts, historic }]: [PreparedBatch, Recorded], tally: Tally): Generator<ImportLine> {
  tally.historic += historic;
  for (const { index, ...verdict } of verdicts) {
    tally.lines += 1;
    tally.counts[verdict.status] += 1;
    const isNew = verdict.status === 'appended' || verdict.status === 'valid';
    if (isNew) addNotOpened(tally.notOpened, items[index] as ParsedItem, door.receivedAt);
    if (verdict.status === 'valid') tally.customers.add(verdict.customer!);
    if (verdict.status === 'appended' && (tally.position === null || comparePositions(verdict.position!, tally.position) > 0)) tally.position = verdict.position!;
    if (!isNew) yield { line: lines[index]!, ...verdict };
  }
}

async function summaryOf({ imports }: Intake, { tenant, importId, dryRun, clock }: ImportContext, tally: Tally, started: Date) {
  const { lines, historic, notOpened, position, counts: { valid, ...counts } } = tally;
  const customers = dryRun ? tally.customers.size : await imports.finish(tenant, importId);
  const seconds = (clock().getTime() - started.getTime()) / 1_000;
  return { import: importId, lines, ...counts, ...(dryRun ? { valid } : {}), customers, historic, notOpened, position, seconds };
}
