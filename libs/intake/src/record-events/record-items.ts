import type { AppendVerdict } from '#event-store';
import { derivedId } from '../identity/derived-id.js';
import type { Intake } from '../intake.js';
import { HISTORIC_AFTER_MS } from '../limits.js';
import { countVerdicts } from '../record/import-registry.js';
import { retractCustomers } from '../record/retract-import.js';
import { Problem } from '../refusals.js';
import { type CheckedBatch, checkItems } from './check-items.js';
import type { IntakeContext } from './intake-context.js';
import { aliasAppend, appendOf } from './new-events.js';
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
 * Before the append: aliases opened and customers of the import noted, so that a crash in between loses nothing.
 */
export async function recordItems(intake: Intake, items: Items, context: IntakeContext): Promise<Recorded> {
  const secrets = await tenantSecrets(intake.keys, context.tenant);
  const { candidates, refused, plan } = await checkItems(intake, items, context, secrets);
  const customers = new Map(candidates.map(({ index, customer }) => [index, customer]));
  const outcomes = context.dryRun ? new Map<number, AppendVerdict>() : await append(intake, items, { candidates, refused, plan }, context, secrets);
  const verdicts = items.map((item, index) => verdictOf(index, item, refused.get(index), customers.get(index), outcomes.get(index)));
  if (context.importId !== undefined && !context.dryRun) await closeBatch(intake, context, context.importId, verdicts);
  return { verdicts, historic: verdicts.filter(({ status, index }) => status === 'appended' && isHistoric(items[index] as ParsedItem, context)).length };
}

async function append(intake: Intake, items: Items, { candidates, plan }: CheckedBatch, context: IntakeContext, secrets: TenantSecrets): Promise<Map<number, AppendVerdict>> {
  const { tenant, importId } = context;
  if (importId !== undefined) await intake.imports.enlist(tenant, importId, candidates.map(({ customer }) => customer));
  const data = await storedData(intake.keys, tenant, candidates, (alias) => derivedId(secrets.identity, 'contact', alias));
  const openings = plan.facts.map((fact) => aliasAppend(tenant, fact, items[fact.key] as ParsedItem, secrets.bodyHash));
  const appends = candidates.map((candidate, place) => appendOf(candidate, data[place]!, context, secrets.bodyHash));
  const outcomes = openings.length + appends.length > 0 ? await intake.store.append([...openings, ...appends]) : [];
  await intake.aliases.settle(tenant, plan.settled);
  return new Map(candidates.map(({ index }, place) => [index, outcomes[openings.length + place]!]));
}

/** An import that was retracted while this batch was on its way takes its facts back too. */
async function closeBatch(intake: Intake, { tenant, receivedAt }: IntakeContext, importId: string, verdicts: readonly Verdict[]): Promise<void> {
  const reason = await intake.imports.count(tenant, importId, countVerdicts(verdicts));
  const customers = new Set(verdicts.flatMap(({ status, customer }) => (status === 'appended' ? [customer!] : [])));
  if (reason !== null && customers.size > 0) await retractCustomers(intake, { tenant, importId, reason, at: receivedAt }, [...customers]);
}

function verdictOf(index: number, item: ParsedItem | RefusedItem, problem?: Problem, customer?: string, outcome?: AppendVerdict): Verdict {
  const { id, source } = 'problem' in item ? item : item.envelope;
  const names = { index, id, source };
  if (problem) return { ...names, status: 'rejected', problem };
  if (!outcome) return { ...names, status: 'valid', customer };
  if (outcome.status === 'wrong-revision') throw new Error('The store refused an append that expects nothing of its stream.');
  if (outcome.status !== 'conflict') return { ...names, status: outcome.status, position: outcome.positions[0], customer };
  const detail = `An event with this source and id and another body stands at position ${outcome.position}.`;
  return { ...names, status: 'conflict', position: outcome.position, customer, problem: new Problem('id-conflict', '/id', detail) };
}

function isHistoric({ observedAt }: ParsedItem, { receivedAt }: IntakeContext): boolean {
  return observedAt !== undefined && receivedAt.getTime() - Date.parse(observedAt) > HISTORIC_AFTER_MS;
}
