import type { AppendVerdict } from '#event-store';
import type { AliasFact, AliasPlan } from '../identity/alias-plan.js';
import type { Intake } from '../intake.js';
import type { Candidate } from './candidate.js';
import type { CheckedBatch } from './check-items.js';
import type { IntakeContext } from './intake-context.js';
import { aliasEvent, appendOf, inStream } from './new-events.js';
import { carriedFacts, failedByOpening, ofItem } from './openings.js';
import type { ParsedItem, RefusedItem } from './parse-item.js';
import { storedData } from './stored-data.js';
import type { TenantSecrets } from './tenant-secrets.js';

type Opening = (fact: AliasFact, index: number) => ReturnType<typeof aliasEvent>;
type Verdicts = ReadonlyMap<number, AppendVerdict>;

/** Appends a checked batch with the facts that open its customers. What became of each item, by its index. */
export async function appendItems(
  intake: Intake, items: readonly (ParsedItem | RefusedItem)[], { candidates, aliases }: CheckedBatch, context: IntakeContext, secrets: TenantSecrets,
): Promise<Verdicts> {
  const data = await storedData(intake.keys, context.tenant, candidates, secrets.identity);
  const opening: Opening = (fact, index) => aliasEvent(fact, items[index] as ParsedItem, secrets.bodyHash);
  const carried = carriedFacts(aliases.facts, candidates);
  const appendWith = (candidate: Candidate, place: number, facts: readonly AliasFact[] = []) =>
    appendOf(candidate, data[place]!, context, facts.map((fact) => opening(fact, candidate.index)));
  await context.after;
  const outcomes = await intake.store.append(candidates.map((candidate, place) => appendWith(candidate, place, carried.get(candidate.index))));
  const places = [...outcomes.keys()].filter((place) => failedByOpening(outcomes[place]!));
  if (places.length > 0) {
    const alone = await intake.store.append(places.map((place) => appendWith(candidates[place]!, place)));
    places.forEach((place, index) => { outcomes[place] = alone[index]!; });
  }
  const verdicts = new Map(candidates.map(({ index }, place) => [index, ofItem(outcomes[place]!)]));
  if (aliases.touched.length > 0) await settleAliases(intake, context.tenant, aliases, verdicts, { carried, opening });
  return verdicts;
}

/** Sends the openings that found no carrier, and tells the directory which of its changes reached the log. */
async function settleAliases(
  { store, aliases: directory }: Intake, tenant: string, { facts, touched }: AliasPlan, verdicts: Verdicts,
  { carried, opening }: { carried: ReadonlyMap<number, readonly AliasFact[]>; opening: Opening },
): Promise<void> {
  const survived = (index: number) => verdicts.has(index) && verdicts.get(index)!.status !== 'conflict';
  await store.append(facts.flatMap((fact) => {
    const first = fact.keys.find(survived);
    return first === undefined || carried.get(first)?.includes(fact) ? [] : [inStream(tenant, fact.customer, [opening(fact, first)])];
  }));
  await directory.settle(tenant, touched.filter(({ keys }) => keys.some(survived)));
  await directory.giveBack(tenant, touched.filter(({ keys }) => !keys.some(survived)));
}
