import cliProgress from 'cli-progress';
import { Database, KeyRing, parseMasterKey, PostgresEventStore } from '#event-store';
import { demoStory } from '#infra';
import { Intake, rawItem, recordEvents } from '#intake';

const BATCH = 500;
const SEED = 7;
const IMPORT = 'demo';

export interface DemoTarget {
  readonly databaseUrl: string;
  readonly masterKey: string;
  readonly tenant: string;
  readonly timeZone: string;
}

/**
 * Tells the invented story to an empty tenant, or the rest of it after a load that was cut short, through the same door as everybody's facts.
 * @returns how many facts were told; 0 when the story is there, or the tenant has facts of its own
 */
export async function loadDemo({ databaseUrl, masterKey, tenant, timeZone }: DemoTarget): Promise<number> {
  const worker = new Database(databaseUrl, 'touchline_worker');
  const store = new PostgresEventStore(worker);
  try {
    const { events: [first] } = await store.readAll(null, 1, { tenant, categories: ['customer'] });
    if (first && first.importId !== IMPORT) return 0;
    // A load that was cut short goes on as of the day on which it began: then what is there already is the same.
    const now = new Date();
    const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(first ? new Date(first.recordedAt) : now);
    const story = demoStory({ seed: SEED, today, timeZone });
    if ((await store.find(tenant, story.slice(-1))).length > 0) return 0;
    const intake = new Intake(store, worker, new KeyRing(worker, parseMasterKey(masterKey)));
    const bar = new cliProgress.SingleBar({ format: 'Telling the demo story {bar} {percentage}% | {value} of {total} facts', noTTYOutput: true, notTTYSchedule: 2_000 }, cliProgress.Presets.shades_classic);
    bar.start(story.length, 0);
    for (let start = 0; start < story.length; start += BATCH) {
      const slice = story.slice(start, start + BATCH);
      const verdicts = await recordEvents(intake, slice.map(rawItem), {
        tenant, actor: { kind: 'system', id: 'touchline:demo' }, importId: IMPORT, mayDeclareObservedAt: true, receivedAt: now,
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
