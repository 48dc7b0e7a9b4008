import cliProgress from 'cli-progress';
import { Database, KeyRing, type OpenedStore, openEventStore, parseMasterKey, type WhereTheLogIs } from '#event-store';
import { demoCompany, demoDepartments, demoNotes, demoStory } from '#infra';
import { Intake, rawItem, recordEvents } from '#intake';
import { COMPANY, DEPARTMENTS } from '#read-model';
import { makeInitiatives } from './demo-initiatives.js';
import { checkAnswer } from '../../worker/src/reactions.js';

const BATCH = 500;
const SEED = 7;
const IMPORT = 'demo';
// Fits into 80 columns.
const LOOKS = { format: 'Telling the demo story {bar} {percentage}% | {value} of {total} facts', barsize: 24, noTTYOutput: true, notTTYSchedule: 2_000 };

export interface DemoTarget extends WhereTheLogIs {
  readonly databaseUrl: string;
  readonly masterKey: string;
  readonly tenant: string;
  readonly timeZone: string;
}

/**
 * Tells the invented story to an empty tenant, or the rest of it after a load that was cut short, through the same door as everybody's facts.
 * An aborted `signal` ends it between two batches. @returns how many facts were told; 0 when the story is there, or the tenant has facts of its own
 */
export async function loadDemo({ databaseUrl, masterKey, tenant, timeZone, ...where }: DemoTarget, signal: AbortSignal): Promise<number> {
  const worker = new Database(databaseUrl, 'touchline_worker');
  const store = openEventStore(worker, where);
  try {
    // Among the very first are also facts that the door adds, such as the opening of a customer that nobody had registered.
    const { events: earliest } = await store.readAll(null, BATCH, { tenant, categories: ['customer'] });
    const first = earliest.find(({ importId }) => importId === IMPORT);
    if (earliest.length > 0 && !first) return 0;
    // A load that was cut short goes on as of the day on which it began: then what is there already is the same.
    const now = new Date();
    const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(first ? new Date(first.recordedAt) : now);
    const story = demoStory({ seed: SEED, today, timeZone });
    if ((await store.find(tenant, story.slice(-1))).length > 0) return 0;
    const own = demoDepartments.map((data) => ({ type: 'department.set', category: DEPARTMENTS, id: data.department as string, data }));
    const ofCompany = [...demoCompany(today), ...demoNotes(today)].map((fact) => ({ ...fact, category: COMPANY }));
    await tellOwn(store, tenant, story[0]!.time, [...own, ...ofCompany]);
    const intake = new Intake(store, worker, new KeyRing(worker, parseMasterKey(masterKey)));
    const bar = new cliProgress.SingleBar(LOOKS, cliProgress.Presets.shades_classic);
    bar.start(story.length, 0);
    try {
      for (let start = 0; start < story.length && !signal.aborted; start += BATCH) {
        const slice = story.slice(start, start + BATCH);
        const verdicts = await recordEvents(intake, slice.map(rawItem), {
          tenant, actor: { kind: 'system', id: 'touchline:demo' }, importId: IMPORT, mayDeclareObservedAt: true, receivedAt: now,
        });
        const refused = verdicts.find(({ status }) => status !== 'appended' && status !== 'duplicate');
        if (refused) throw new Error(`The demo story is wrong at fact ${start + refused.index}: ${JSON.stringify(refused)}`);
        bar.update(start + slice.length);
      }
    } finally {
      bar.stop();
    }
    if (!signal.aborted) await makeInitiatives(store, tenant, today);
    return story.length;
  } finally {
    await store.close();
    await worker.close();
  }
}

interface OwnFact { readonly type: string; readonly category: string; readonly id: string; readonly at?: string; readonly data: Readonly<Record<string, unknown>> }

/** What no door takes, as an administrator would say it: the departments of the story, and what the company spent, aims at, decided, and noted of itself. */
async function tellOwn(store: OpenedStore, tenant: string, begin: string, facts: readonly OwnFact[]): Promise<void> {
  for (const { type, data } of facts) checkAnswer({ type, data });
  await store.append(facts.map(({ type, category, id, at: occurredAt = begin, data }) => ({ stream: { tenant, category, id }, expected: 'any' as const, events: [{
    source: 'touchline:demo', id: `${category}:${id}`, type, version: 1, occurredAt, actor: { kind: 'system' as const, id: 'touchline:demo' }, data, bodyHash: JSON.stringify(data),
  }] })));
}
