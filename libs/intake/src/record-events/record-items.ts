import type { AppendVerdict } from '#event-store';
import type { Position } from '#journey';
import type { AliasFact } from '../identity/alias-plan.js';
import type { Intake } from '../intake.js';
import { HISTORIC_AFTER_MS } from '../limits.js';
import { countVerdicts } from '../record/import-registry.js';
import { Problem } from '../refusals.js';
import { type CheckedBatch, checkItems } from './check-items.js';
import type { IntakeContext } from './intake-context.js';
import { refKey } from './known-events.js';
import { aliasEvent, appendOf, inStream } from './new-events.js';
import { carriedFacts, failedByOpening, ofItem } from './openings.js';
import type { ParsedItem, RefusedItem } from './parse-item.js';
import { storedData } from './stored-data.js';
import { type TenantSecrets, tenantSecrets } from './tenant-secrets.js';
import type { Verdict } from './verdict.js';

type Items = readonly (ParsedItem | RefusedItem)[];

/** What became of a batch; `historic` counts appended facts that were known long before they reached us. */
export interface Recorded {
  readonly verdicts: Verdict[];
  readonly historic: number;
}

/**
 * Records the good items of a batch in one append and says of each what became of it, in order.
 * Before the append: aliases taken and customers of the import noted, so that a crash in between loses nothing.
 */
export function recordItems(intake: Intake, items: Items, context: IntakeContext): Promise<Recorded> {
  const { tenant, importId, dryRun } = context;
  return importId === undefined || dryRun ? record(intake, items, context) : intake.imports.during(tenant, importId, () => record(intake, items, context));
}

async function record(intake: Intake, items: Items, context: IntakeContext): Promise<Recorded> {
  const { tenant, importId, dryRun } = context;
  const secrets = await tenantSecrets(intake.keys, tenant);
  const batch = await checkItems(intake, items, context, secrets);
  const customers = new Map(batch.candidates.map(({ index, customer }) => [index, customer]));
  const counted = importId !== undefined && !dryRun && !batch.closed;
  if (counted) await intake.imports.enlist(tenant, importId, customers.values());
  const outcomes = dryRun ? rehearse(batch, context) : await append(intake, items, batch, context, secrets);
  const verdicts = items.map((item, index) => verdictOf(index, item, batch.refused.get(index), customers.get(index), outcomes.get(index)));
  if (counted) await intake.imports.count(tenant, importId, countVerdicts(verdicts));
  return { verdicts, historic: verdicts.filter(({ status, index }) => status === 'appended' && isHistoric(items[index] as ParsedItem, context)).length };
}

async function append(intake: Intake, items: Items, { candidates, aliases }: CheckedBatch, context: IntakeContext, secrets: TenantSecrets): Promise<Map<number, AppendVerdict>> {
  const { tenant } = context;
  const data = await storedData(intake.keys, tenant, candidates, secrets.identity);
  const carried = carriedFacts(aliases.facts, candidates);
  const opening = (fact: AliasFact, index: number) => aliasEvent(fact, items[index] as ParsedItem, secrets.bodyHash);
  const appends = candidates.map((candidate, place) =>
    appendOf(candidate, data[place]!, context, carried.get(candidate.index)?.map((fact) => opening(fact, candidate.index))));
  const outcomes = await intake.store.append(appends);
  const alone = candidates.flatMap((candidate, place) => (failedByOpening(outcomes[place]!) ? [{ place, append: appendOf(candidate, data[place]!, context) }] : []));
  const second = await intake.store.append(alone.map((each) => each.append));
  alone.forEach(({ place }, index) => { outcomes[place] = second[index]!; });
  const verdicts = new Map(candidates.map(({ index }, place) => [index, ofItem(outcomes[place]!)]));

  const survived = (index: number) => verdicts.get(index)?.status !== 'conflict' && verdicts.has(index);
  const late = aliases.facts.flatMap((fact) => {
    const first = fact.keys.find(survived);
    return first === undefined || carried.get(first)?.includes(fact) ? [] : [inStream(tenant, fact.customer, [opening(fact, first)])];
  });
  await intake.store.append(late);
  await intake.aliases.settle(tenant, aliases.touched.filter(({ keys }) => keys.some(survived)));
  await intake.aliases.giveBack(tenant, aliases.touched.filter(({ keys }) => !keys.some(survived)));
  return verdicts;
}

type Outcome = AppendVerdict | { readonly status: 'duplicate' | 'conflict'; readonly position?: Position };

/** What an append would say of the items whose ids are taken; of the others nothing. */
function rehearse({ candidates, taken }: CheckedBatch, { rehearsed }: IntakeContext): Map<number, Outcome> {
  for (const { index, item, bodyHash } of candidates) if (taken.get(index)?.status !== 'conflict') rehearsed?.set(refKey(item.envelope), { bodyHash });
  return new Map(taken);
}

function verdictOf(index: number, item: ParsedItem | RefusedItem, problem?: Problem, customer?: string, outcome?: Outcome): Verdict {
  const { id, source } = 'problem' in item ? item : item.envelope;
  const names = { index, id, source };
  if (problem) return { ...names, status: 'rejected', problem };
  if (!outcome) return { ...names, status: 'valid', customer };
  if (outcome.status === 'wrong-revision') throw new Error('The store refused an append that expects nothing of its stream.');
  const position = 'positions' in outcome ? outcome.positions[0] : outcome.position;
  if (outcome.status !== 'conflict') return { ...names, status: outcome.status, position, customer };
  const where = position === undefined ? 'comes earlier in what was sent' : `stands at position ${position}`;
  return { ...names, status: 'conflict', position, customer, problem: new Problem('id-conflict', '/id', `An event with this source and id and another body ${where}.`) };
}

function isHistoric({ observedAt }: ParsedItem, { receivedAt }: IntakeContext): boolean {
  return observedAt !== undefined && receivedAt.getTime() - Date.parse(observedAt) > HISTORIC_AFTER_MS;
}
