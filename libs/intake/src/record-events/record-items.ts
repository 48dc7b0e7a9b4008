import type { AppendVerdict } from '#event-store';
import { type Alias, refText } from '../identity/customer-ref.js';
import { derivedId, keptAlias } from '../identity/derived-id.js';
import type { Intake } from '../intake.js';
import { HISTORIC_AFTER_MS } from '../limits.js';
import { checkRecord } from '../record/check-record.js';
import { countVerdicts } from '../record/import-registry.js';
import { retractCustomers } from '../record/retract-import.js';
import { Problem } from '../refusals.js';
import { type Candidate, identityRequests, namedCustomers, type Numbered } from './candidate.js';
import type { IntakeContext } from './intake-context.js';
import { type KnownEvent, type KnownEvents, readKnownEvents, refKey } from './known-events.js';
import { aliasAppend, appendOf } from './new-events.js';
import type { ParsedItem, RefusedItem } from './parse-item.js';
import { storedData } from './stored-data.js';
import { tenantSecrets } from './tenant-secrets.js';
import type { Verdict } from './verdict.js';

/** What became of a batch; `historic` counts appended facts that were known long before they reached us. */
export interface Recorded {
  readonly verdicts: Verdict[];
  readonly historic: number;
}

type Refusals = Map<number, Problem>;

/**
 * Records the good items of a batch in one append and says of each what became of it, in order.
 * Before the append: aliases opened and customers of the import noted, so that a crash in between loses nothing.
 */
export async function recordItems(intake: Intake, items: readonly (ParsedItem | RefusedItem)[], context: IntakeContext): Promise<Recorded> {
  const { tenant, importId, dryRun = false } = context;
  const refused: Refusals = new Map(items.flatMap((item, index) => ('problem' in item ? [[index, item.problem] as const] : [])));
  const sound = await withoutRetracted(intake, items.flatMap((item, index) => ('problem' in item ? [] : [{ index, item }])), context, refused);
  const secrets = await tenantSecrets(intake.keys, tenant);
  const known = await readKnownEvents(intake.store, tenant, sound.map(({ item }) => item));
  const kept = (alias: Alias) => keptAlias(secrets.identity, alias);
  const plan = await intake.aliases.resolve(tenant, identityRequests(sound, known, kept), (alias) => derivedId(secrets.identity, 'customer', alias), dryRun);
  const named = sound.flatMap((numbered): Candidate[] => {
    const { customer, others, takenBy } = plan.resolved.get(numbered.index)!;
    const aliases = namedCustomers(numbered.item.envelope, known).map(refText);
    if (takenBy === undefined) return [{ ...numbered, customer, customerId: (alias) => others[aliases.indexOf(refText(alias))]! }];
    refused.set(numbered.index, new Problem('alias-taken', '/data/id', `The alias is that of customer ${takenBy}.`));
    return [];
  });
  const candidates = await withSoundRecords(intake, named, known, context, refused);
  const customerOf = new Map(candidates.map(({ index, customer }) => [index, customer]));
  if (dryRun) return { verdicts: items.map((item, index) => verdictOf(index, item, refused.get(index), customerOf.get(index))), historic: 0 };

  if (importId !== undefined) await intake.imports.enlist(tenant, importId, customerOf.values());
  const data = await storedData(intake.keys, tenant, candidates, (alias: Alias) => derivedId(secrets.identity, 'contact', alias));
  const openings = plan.facts.map((fact) => aliasAppend(tenant, fact, items[fact.key] as ParsedItem, secrets.bodyHash));
  const appends = candidates.map((candidate, index) => appendOf(candidate, data[index]!, context, secrets.bodyHash));
  const outcomes = openings.length + appends.length > 0 ? await intake.store.append([...openings, ...appends]) : [];
  await intake.aliases.settle(tenant, plan.settled);
  const outcomeOf = new Map(candidates.map(({ index }, place) => [index, outcomes[openings.length + place]!]));
  const verdicts = items.map((item, index) => verdictOf(index, item, refused.get(index), customerOf.get(index), outcomeOf.get(index)));
  if (importId !== undefined) await closeBatch(intake, context, importId, verdicts);
  return { verdicts, historic: verdicts.filter(({ status, index }) => status === 'appended' && isHistoric(items[index] as ParsedItem, context)).length };
}

/** A retracted import takes nothing new; what it recorded before is a duplicate as ever. */
async function withoutRetracted({ imports, store }: Intake, sound: Numbered[], { tenant, importId }: IntakeContext, refused: Refusals): Promise<Numbered[]> {
  if (importId === undefined || sound.length === 0 || !await imports.isRetracted(tenant, importId)) return sound;
  const recorded = new Set((await store.find(tenant, sound.map(({ item }) => item.envelope))).map(refKey));
  return sound.filter(({ index, item: { envelope } }) => {
    if (recorded.has(refKey(envelope))) return true;
    refused.set(index, new Problem('import-retracted', '', `The import \`${importId}\` was retracted and takes no new events.`));
    return false;
  });
}

/** An import that was retracted while this batch was on its way takes its facts back too. */
async function closeBatch(intake: Intake, { tenant, receivedAt }: IntakeContext, importId: string, verdicts: readonly Verdict[]): Promise<void> {
  const reason = await intake.imports.count(tenant, importId, countVerdicts(verdicts));
  const customers = new Set(verdicts.flatMap(({ status, customer }) => (status === 'appended' ? [customer!] : [])));
  if (reason !== null && customers.size > 0) await retractCustomers(intake, { tenant, importId, reason, at: receivedAt }, [...customers]);
}

async function withSoundRecords(intake: Intake, named: Candidate[], known: KnownEvents, context: IntakeContext, refused: Refusals): Promise<Candidate[]> {
  const pairs = named.flatMap(({ item: { envelope: { type, data } }, customer }) =>
    (type === 'record.retracted' && typeof data.import === 'string' ? [{ importId: data.import, customer }] : []));
  const importLinks = await intake.imports.links(context.tenant, pairs);
  const earlier = new Map<string, KnownEvent>();
  const lookUp = (ref: { source: string; id: string }) => known.get(refKey(ref)) ?? earlier.get(refKey(ref));
  return named.flatMap((candidate): Candidate[] => {
    const { index, item, customer } = candidate;
    const { type, data } = item.envelope;
    const problem = checkRecord(item, { customer, lookUp, importLinks, receivedAt: context.receivedAt, dryRun: context.dryRun ?? false, limits: intake.limits });
    if (problem) {
      refused.set(index, problem);
      return [];
    }
    if (!earlier.has(refKey(item.envelope))) earlier.set(refKey(item.envelope), { customer, type, version: item.version });
    return [type === 'record.amended' ? { ...candidate, amends: lookUp(data.event as { source: string; id: string }) } : candidate];
  });
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
