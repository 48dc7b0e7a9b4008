import type { AliasPlan } from '../identity/alias-plan.js';
import { type Alias, refText } from '../identity/customer-ref.js';
import { derivedId, keptAlias } from '../identity/derived-id.js';
import type { Intake } from '../intake.js';
import { checkRecord } from '../record/check-record.js';
import { Problem } from '../refusals.js';
import { type Candidate, identityRequests, namedCustomers, type Numbered, typesIn } from './candidate.js';
import type { IntakeContext } from './intake-context.js';
import { type KnownEvent, type KnownEvents, readKnownEvents, refKey } from './known-events.js';
import type { ParsedItem, RefusedItem } from './parse-item.js';
import type { TenantSecrets } from './tenant-secrets.js';

/** What is left of a batch after the log and the directory were asked. */
export interface CheckedBatch {
  readonly candidates: readonly Candidate[];
  /** By the index of the item. */
  readonly refused: ReadonlyMap<number, Problem>;
  readonly plan: AliasPlan;
}

type Refusals = Map<number, Problem>;

/** Sorts a batch into what will be appended and what is refused; opens aliases on the way, unless it is a dry run. */
export async function checkItems(intake: Intake, items: readonly (ParsedItem | RefusedItem)[], context: IntakeContext, secrets: TenantSecrets): Promise<CheckedBatch> {
  const refused: Refusals = new Map();
  const parsed: Numbered[] = [];
  for (const [index, item] of items.entries()) {
    if ('problem' in item) refused.set(index, item.problem);
    else parsed.push({ index, item });
  }
  const open = await withoutRetracted(intake, parsed, context, refused);
  const known = await readKnownEvents(intake.store, context.tenant, open.map(({ item }) => item));
  const requests = identityRequests(open, known, (alias) => keptAlias(secrets.identity, alias));
  const plan = await intake.aliases.resolve(context.tenant, requests, (alias) => derivedId(secrets.identity, 'customer', alias), context.dryRun);
  const named = withCustomers(open, known, plan, refused);
  return { candidates: await withSoundRecords(intake, named, known, context, refused), refused, plan };
}

/** A retracted import takes nothing new; what it recorded before is a duplicate as ever. */
async function withoutRetracted({ imports, store }: Intake, parsed: Numbered[], { tenant, importId }: IntakeContext, refused: Refusals): Promise<Numbered[]> {
  if (importId === undefined || parsed.length === 0 || !await imports.isRetracted(tenant, importId)) return parsed;
  const recorded = new Set((await store.find(tenant, parsed.map(({ item }) => item.envelope))).map(refKey));
  return parsed.filter(({ index, item: { envelope } }) => {
    if (recorded.has(refKey(envelope))) return true;
    refused.set(index, new Problem('import-retracted', '', `The import \`${importId}\` was retracted and takes no new events.`));
    return false;
  });
}

function withCustomers(open: readonly Numbered[], known: KnownEvents, { resolved }: AliasPlan, refused: Refusals): Candidate[] {
  const typeOf = typesIn(open, known);
  return open.flatMap((numbered): Candidate[] => {
    const { customer, others, takenBy } = resolved.get(numbered.index)!;
    const aliases = namedCustomers(numbered.item.envelope, typeOf).map(refText);
    if (takenBy === undefined) return [{ ...numbered, customer, customerId: (alias: Alias) => others[aliases.indexOf(refText(alias))]! }];
    refused.set(numbered.index, new Problem('alias-taken', '/data/id', `The alias is that of customer ${takenBy}.`));
    return [];
  });
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
