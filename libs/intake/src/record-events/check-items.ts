import { isMergeFact, type MergeFact, Roots } from '#journey';
import { type AliasPlan, type AliasState, type IdentityRequest, planAliases } from '../identity/alias-plan.js';
import { type Alias, refText } from '../identity/customer-ref.js';
import { derivedId, keptAlias } from '../identity/derived-id.js';
import type { Intake } from '../intake.js';
import { Problem } from '../refusals.js';
import { bodyHash } from './body-hash.js';
import { type Candidate, identityRequests, namedCustomers, type Numbered, typesIn } from './candidate.js';
import { groupOf, refusedWithGroup } from './groups.js';
import { foresee, type Foresight, type Surroundings } from './foresight.js';
import { mergesIntoNobody, mergeTargets } from './merge-targets.js';
import type { IntakeContext } from './intake-context.js';
import { type KnownEvents, readKnownEvents, refKey } from './known-events.js';
import type { ParsedItem, RefusedItem } from './parse-item.js';
import type { TenantSecrets } from './tenant-secrets.js';

/** What is left of a batch after the log and the directory were asked. */
export interface CheckedBatch extends Omit<Foresight, 'amends'> {
  readonly candidates: readonly Candidate[];
  readonly aliases: AliasPlan;
  /** The import was taken back: what is left was recorded before. */
  readonly closed: boolean;
}

/** Sorts a batch into what will be appended and what is refused; takes aliases on the way, unless it is a dry run. */
export async function checkItems(intake: Intake, items: readonly (ParsedItem | RefusedItem)[], context: IntakeContext, secrets: TenantSecrets): Promise<CheckedBatch> {
  const refused = new Map<number, Problem>();
  const parsed: Numbered[] = [];
  for (const [index, item] of items.entries()) {
    if ('problem' in item) refused.set(index, item.problem);
    else parsed.push({ index, item, bodyHash: bodyHash(secrets.bodyHash, item.envelope) });
  }
  const { tenant, importId } = context;
  const closed = importId !== undefined && parsed.length > 0 && await intake.imports.retraction(tenant, importId) !== null;
  const open = closed ? await withoutNew(intake, parsed, tenant, importId, refused) : parsed;
  const known = await readKnownEvents(intake.store, tenant, open.map(({ item }) => item));
  const typeOf = typesIn(open, known);
  const requests = identityRequests(open, typeOf, (alias) => keptAlias(secrets.identity, alias));
  const plan = await intake.aliases.resolve(tenant, requests, (states) => draw(intake, { items, refused, open, requests, known, states, context, secrets }), context.dryRun);
  const { resolved } = plan.aliases;
  const candidates = open.filter(({ index }) => !plan.foresight.refused.has(index)).map((numbered): Candidate => {
    const { customer, others } = resolved.get(numbered.index)!;
    const customerId = (alias: Alias) => others[namedCustomers(numbered.item.envelope, typeOf).map(refText).indexOf(refText(alias))]!;
    return { index: numbered.index, item: numbered.item, bodyHash: numbered.bodyHash, customer, customerId, amends: plan.foresight.amends.get(numbered.index) };
  });
  return { candidates, closed, aliases: plan.aliases, taken: plan.foresight.taken, refused: new Map([...refused, ...plan.foresight.refused]), roots: plan.foresight.roots };
}

/** A retracted import takes nothing new; what it recorded before is a duplicate as ever. */
async function withoutNew({ store }: Intake, parsed: Numbered[], tenant: string, importId: string, refused: Map<number, Problem>): Promise<Numbered[]> {
  const recorded = new Set((await store.taken(tenant, parsed.map(({ item }) => item.envelope))).map(refKey));
  return parsed.filter(({ index, item: { envelope } }) => {
    if (recorded.has(refKey(envelope))) return true;
    refused.set(index, new Problem('import-retracted', '', `The import \`${importId}\` was retracted and takes no new events.`));
    return false;
  });
}

export interface Drawing {
  readonly items: readonly (ParsedItem | RefusedItem)[];
  /** Before anything was looked up. */
  readonly refused: ReadonlyMap<number, Problem>;
  readonly open: readonly Numbered[];
  readonly requests: readonly IdentityRequest[];
  readonly known: KnownEvents;
  readonly states: ReadonlyMap<string, AliasState>;
  readonly context: IntakeContext;
  readonly secrets: TenantSecrets;
}

export interface Drawn {
  readonly aliases: AliasPlan;
  readonly foresight: Foresight;
}

/** Ids are looked up only where they decide something: in a dry run, when an alias may open or move, or when events of one group may be refused together. */
async function draw(intake: Intake, drawing: Drawing): Promise<Drawn> {
  const { items, refused, open, requests, known, states, context, secrets } = drawing;
  const { tenant, receivedAt, dryRun = false, rehearsed } = context;
  const merges = open.some(({ item }) => isMergeFact(item.envelope.type));
  const asks = dryRun || merges || requests.some((request) => isUnsettled(request, states)) || items.some((item, index) => groupOf(item) !== undefined && (refused.has(index) || isRecord(item)));
  const inLog = new Map((asks ? await intake.store.taken(tenant, open.map(({ item }) => item.envelope)) : []).map((id) => [refKey(id), id]));
  const taken = (key: string) => inLog.get(key) ?? rehearsed?.bodies.get(key);
  const merged = merges || open.some(({ item }) => takesBackImport(item)) ? rehearsed?.merged ?? await intake.merges.roots(tenant) : new Roots<MergeFact>();
  const around = { taken, known, merged, receivedAt, importId: context.importId, dryRun: dryRun && context.importId !== undefined, limits: intake.limits };
  // What a dry run told of in an earlier batch is written nowhere.
  const knownCustomers = rehearsed ? null : await intake.merges.known(tenant, mergeTargets(drawing));
  const planWith = (importLinks: Surroundings['importLinks']) => wholeGroups(drawing, (withdrawn) => {
    const { judge, foresight } = foresee(open, { ...around, importLinks, withdrawn });
    return { foresight, aliases: planAliases(requests, states, (alias) => derivedId(secrets.identity, 'customer', alias), judge) };
  }, (drawn) => (knownCustomers ? mergesIntoNobody(open, drawn, knownCustomers) : []));
  const plan = planWith(new Set());
  const pairs = open.flatMap(({ index, item }) => (takesBackImport(item) ? [{ importId: String(item.envelope.data.import), customer: plan.aliases.resolved.get(index)!.customer }] : []));
  return pairs.length === 0 ? plan : planWith(await intake.imports.links(tenant, pairs));
}

/** Draws again while refusals take others of their group along, or the customer that others merge into: what these moved or opened is not there then, which may refuse more. */
function wholeGroups({ items, refused }: Drawing, drawWithout: (withdrawn: ReadonlyMap<number, Problem>) => Drawn, intoNobody: (drawn: Drawn) => readonly [number, Problem][]): Drawn {
  const withdrawn = refusedWithGroup(items, refused);
  for (;;) {
    const drawn = drawWithout(withdrawn);
    const found = [...drawn.foresight.refused].filter(([index]) => !withdrawn.has(index) && groupOf(items[index]!) !== undefined).concat(intoNobody(drawn));
    if (found.length === 0) return drawn;
    // Who was refused once stays so, or a group could come back in part.
    for (const [index, problem] of found) withdrawn.set(index, problem);
    for (const [index, problem] of refusedWithGroup(items, withdrawn)) withdrawn.set(index, withdrawn.get(index) ?? problem);
  }
}

const isUnsettled = ({ customer, others, change }: IdentityRequest, states: ReadonlyMap<string, AliasState>) =>
  change !== undefined || [customer, ...others].some((ref) => typeof ref !== 'string' && !states.get(refText(ref))?.recorded);

const isRecord = (item: ParsedItem | RefusedItem) => 'envelope' in item && item.envelope.type.startsWith('record.');

const takesBackImport = ({ envelope: { type, data } }: ParsedItem) => type === 'record.retracted' && typeof data.import === 'string';
