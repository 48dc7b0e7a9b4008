import { parentPort, workerData } from 'node:worker_threads';
import { Database } from '#event-store';
import { Counting, type SimulationOptions, type Tally } from '#insight';
import { sayNowAndThen } from '../whole-history/breathing.js';
import { type Share, type Stand, tenantStories } from '../whole-history/stories.js';
import { dayOfIn } from '../tenant.js';

/** What one thread does: it reads and counts a share of the customers. */
export interface ThreadTask {
  readonly url: string;
  readonly stand: Stand;
  readonly share: Share;
  readonly timeZone: string;
  readonly options: Omit<SimulationOptions, 'dayOf'>;
}

/** How many customers it has done; the last time also what it counted, and of how many a fact cannot be read. */
export interface ThreadSays {
  readonly done: number;
  readonly all: number;
  readonly counted?: { readonly tally: Tally; readonly held: number };
}

const say = (words: ThreadSays): void => parentPort!.postMessage(words);

const { url, stand, share, timeZone, options } = workerData as ThreadTask;
const reader = new Database(url, 'touchline_reader', 1);
try {
  const counting = new Counting({ ...options, dayOf: dayOfIn(timeZone) });
  const isTime = sayNowAndThen();
  let [done, held, all] = [0, 0, 0];
  for await (const story of tenantStories(reader, stand, share)) {
    try {
      counting.add(story.customer, story.cluster, story.events);
    } catch {
      held += 1;
    }
    done += 1;
    all = story.all;
    if (isTime()) say({ done, all });
  }
  say({ done, all, counted: { tally: counting.tally(), held } });
} finally {
  await reader.close();
}
