import type { AppendVerdict } from '#event-store';
import { isMergeFact, type Position } from '#journey';
import type { Intake } from '../intake.js';
import { HISTORIC_AFTER_MS } from '../limits.js';
import { countVerdicts } from '../record/import-registry.js';
import { importLock, mergeLock } from '../record/locks.js';
import { Problem } from '../refusals.js';
import { appendItems } from './append-items.js';
import { type CheckedBatch, checkItems } from './check-items.js';
import type { IntakeContext } from './intake-context.js';
import { refKey } from './known-events.js';
import type { ParsedItem, RefusedItem } from './parse-item.js';
import { tenantSecrets } from './tenant-secrets.js';
import type { Verdict } from './verdict.js';

/** The customer's stream has grown since what was to be recorded was decided on: nothing was recorded, and it is to be decided anew. */
export class GrownMeanwhile extends Error {}

type Items = readonly (ParsedItem | RefusedItem)[];

/** What became of a batch; `historic` counts facts, appended or valid in a dry run, that were known long before they reached us. */
export interface Recorded {
  readonly verdicts: Verdict[];
  readonly historic: number;
}

/**
 * Records the good items of a batch in one append and says of each what became of it, in order.
 * Before the append: aliases taken and customers of the import noted, so that a crash in between loses nothing. A batch of an import holds the
 * import's lock, so that a retraction waits for its end; one that merges or parts customers holds the tenant's.
 */
export async function recordItems(intake: Intake, items: Items, context: IntakeContext): Promise<Recorded> {
  const { tenant, importId, dryRun } = context;
  const merges = items.some((item) => !('problem' in item) && isMergeFact(item.envelope.type));
  const locks = dryRun ? [] : [...(importId === undefined ? [] : [importLock(tenant, importId, true)]), ...(merges ? [mergeLock(tenant)] : [])];
  // What the batch before merges counts for the check of this one; and it must not wait for a lock that we hold.
  if (merges) await context.after;
  return locks.length === 0 ? record(intake, items, context) : intake.locks.hold(locks, () => record(intake, items, context));
}

async function record(intake: Intake, items: Items, context: IntakeContext): Promise<Recorded> {
  const { tenant, importId, dryRun } = context;
  const secrets = await tenantSecrets(intake.keys, tenant);
  const batch = await checkItems(intake, items, context, secrets);
  const customers = new Map(batch.candidates.map(({ index, customer }) => [index, customer]));
  const counted = importId !== undefined && !dryRun && !batch.closed;
  if (counted) await intake.imports.enlist(tenant, importId, customers.values());
  const outcomes = dryRun ? rehearse(batch, context) : await appendItems(intake, items, batch, context, secrets);
  const verdicts = items.map((item, index) => verdictOf(index, item, batch.refused.get(index), customers.get(index), outcomes.get(index)));
  if (counted) await intake.imports.count(tenant, importId, countVerdicts(verdicts));
  return { verdicts, historic: verdicts.filter(({ status, index }) => (status === 'appended' || status === 'valid') && isHistoric(items[index] as ParsedItem, context)).length };
}

type Outcome = AppendVerdict | { readonly status: 'duplicate' | 'conflict'; readonly position?: Position };

/** What an append would say of the items whose ids are taken; of the others nothing. */
function rehearse({ candidates, taken, roots }: CheckedBatch, { rehearsed }: IntakeContext): Map<number, Outcome> {
  for (const { index, item, bodyHash } of candidates) if (taken.get(index)?.status !== 'conflict') rehearsed?.bodies.set(refKey(item.envelope), { bodyHash });
  if (rehearsed && candidates.some(({ item }) => isMergeFact(item.envelope.type))) rehearsed.merged = roots;
  return new Map(taken);
}

function verdictOf(index: number, item: ParsedItem | RefusedItem, problem?: Problem, customer?: string, outcome?: Outcome): Verdict {
  const { id, source } = 'problem' in item ? item : item.envelope;
  const names = { index, id, source };
  if (problem) return { ...names, status: 'rejected', problem };
  if (!outcome) return { ...names, status: 'valid', customer };
  if (outcome.status === 'wrong-revision') throw new GrownMeanwhile();
  const position = 'positions' in outcome ? outcome.positions[0] : outcome.position;
  if (outcome.status !== 'conflict') return { ...names, status: outcome.status, position, customer };
  const where = position === undefined ? 'comes earlier in what was sent' : `stands at position ${position}`;
  return { ...names, status: 'conflict', position, customer, problem: new Problem('id-conflict', '/id', `An event with this source and id and another body ${where}.`) };
}

function isHistoric({ observedAt }: ParsedItem, { receivedAt }: IntakeContext): boolean {
  return observedAt !== undefined && receivedAt.getTime() - Date.parse(observedAt) > HISTORIC_AFTER_MS;
}
