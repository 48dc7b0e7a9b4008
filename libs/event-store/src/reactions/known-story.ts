import { effectiveEvents } from '#journey';
import type { Database } from '../postgres/database.js';
import { mergesOf } from '../postgres/merges.js';
import { readStreamsRows } from '../postgres/read.js';
import type { KnownStory } from './reaction.js';

/** As the log has it now, on one snapshot. */
export function knownStory(worker: Database, tenant: string, customer: string): Promise<KnownStory> {
  return worker.transaction(async (sql) => {
    const { roots } = await mergesOf(sql, tenant);
    const root = roots.root(customer);
    const events = await readStreamsRows(sql, tenant, 'customer', roots.members(root), Number.MAX_SAFE_INTEGER);
    const revision = events.findLast(({ stream }) => stream.id === customer)?.revision ?? -1;
    return { root, revision, events: effectiveEvents(events) };
  }, 'repeatable read');
}
