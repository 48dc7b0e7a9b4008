import cliProgress from 'cli-progress';
import { Database, KeyRing, parseMasterKey, PostgresEventStore } from '#event-store';
import { demoStory } from '#infra';
import { Intake, rawItem, recordEvents } from '#intake';

const BATCH = 500;
const SEED = 7;

export interface DemoTarget {
  readonly databaseUrl: string;
  readonly masterKey: string;
  readonly tenant: string;
  readonly timeZone: string;
}

/**
 * Tells the invented story to an empty tenant, through the same door as everybody's facts.
 * @returns how many facts were recorded; 0 when the tenant has some already
 */
export async function loadDemo({ databaseUrl, masterKey, tenant, timeZone }: DemoTarget): Promise<number> {
  const worker = new Database(databaseUrl, 'touchline_worker');
  const store = new PostgresEventStore(worker);
  try {
    if ((await store.readAll(null, 1, { tenant, categories: ['customer'] })).events.length > 0) return 0;
    const now = new Date();
    const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
    const story = demoStory({ seed: SEED, today, timeZone });
    const intake = new Intake(store, worker, new KeyRing(worker, parseMasterKey(masterKey)));
    const bar = new cliProgress.SingleBar({ format: 'Telling the demo story {bar} {percentage}% | {value} of {total} facts', noTTYOutput: true, notTTYSchedule: 2_000 }, cliProgress.Presets.shades_classic);
    bar.start(story.length, 0);
    for (let start = 0; start < story.length; start += BATCH) {
      const slice = story.slice(start, start + BATCH);
      const verdicts = await recordEvents(intake, slice.map(rawItem), {
        tenant, actor: { kind: 'system', id: 'touchline:demo' }, importId: 'demo', mayDeclareObservedAt: true, receivedAt: now,
      });
      const refused = verdicts.find(({ status }) => status !== 'appended' && status !== 'duplicate');
      if (refused) throw new Error(`The demo story is wrong at fact ${start + refused.index}: ${JSON.stringify(refused)}`);
      bar.update(start + slice.length);
    }
    bar.stop();
    return story.length;
  } finally {
    await store.close();
    await worker.close();
  }
}
