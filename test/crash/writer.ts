import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Append, Database, PostgresEventStore } from '#event-store';
import { batchOf, storyOf } from './batches.js';

/**
 * Run as a process of its own: `writer.ts URL NAME FROM COUNT [shuffled|stories]` appends batches four at a time and prints `ok N` when
 * batch N is acknowledged, `error N MESSAGE` when an attempt failed. A failed batch is sent again until it is acknowledged. Stories are told slowly.
 */
const [url = '', name = '', from = '0', count = '0', manner] = process.argv.slice(2);
const [makeBatch, pauseMs] = manner === 'stories' ? [storyOf, 100] : [batchOf, 0];
const database = new Database(url, 'touchline_worker');
const store = new PostgresEventStore(database);
let next = Number(from);

async function write(number: number): Promise<void> {
  for (;;) {
    try {
      await store.append(inOrder(makeBatch(name, number), number));
      console.log(`ok ${number}`);
      if (pauseMs > 0) await sleep(pauseMs);
      return;
    } catch (error) {
      console.log(`error ${number} ${(error as { code?: string }).code ?? ''} ${(error as Error).message}`);
      await sleep(50);
    }
  }
}

/** Another order in every process, and always the same in one. */
function inOrder(batch: Append[], number: number): Append[] {
  if (manner !== 'shuffled') return batch;
  const turn = (number * 7 + process.pid) % batch.length;
  return [...batch.slice(turn), ...batch.slice(0, turn)].reverse();
}

await Promise.all(Array.from({ length: 4 }, async () => {
  while (next < Number(from) + Number(count)) await write(next++);
}));
await store.close();
await database.close();
