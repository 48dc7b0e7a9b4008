import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { markOfStreams, readEpoch, type Sql, streamsIn } from '#event-store';
import { type Card, type Cards, type CardSet } from '#insight';
import { comparePositions, formatPosition, type Position } from '#journey';
import { type CardFact, cardSetOf, statesOf } from './card-states.js';

export const SCORECARDS = 'scorecard';

/** What was decided of cards, and every set of cards that was ever in force by its id. */
interface Decided { readonly mark: string; readonly facts: readonly CardFact[]; readonly sets: Map<string, CardSet> }

const TENANTS = 1_000;
const decided = new WeakMap<object, LRUCache<string, Decided>>();

/**
 * The cards in force as the snapshot of `sql` has it, or as it was known at a moment. What was decided is remembered by the process for as long as no fact about
 * a card has come, which one look at the tenant's few streams tells.
 */
export async function cardsInForce(sql: Sql, tenant: string, knownAt?: string): Promise<CardSet> {
  return setOf(await decisionsOf(sql, tenant), ({ observedAt }) => knownAt === undefined || observedAt <= knownAt);
}

/** The cards in force once the log had come to a position; of them those that were known at a moment, where one is given. */
export async function cardsInForceUpTo(sql: Sql, tenant: string, position: Position, knownAt?: string): Promise<CardSet> {
  return setOf(await decisionsOf(sql, tenant), (fact) => comparePositions(fact.position, position) <= 0 && (knownAt === undefined || fact.observedAt <= knownAt));
}

/** The set of an id that rows were made with: what it was, whatever is in force now. Null, which a row of the release before says: the first scorecard. */
export async function cardSetById(sql: Sql, tenant: string, id: string | null): Promise<CardSet> {
  if (id === null || id === firstCards.id) return firstCards;
  const all = await decisionsOf(sql, tenant);
  for (let upTo = all.facts.length; !all.sets.has(id) && upTo >= 0; upTo--) setOf(all, (fact) => comparePositions(fact.position, all.facts[upTo - 1]?.position ?? NEVER) <= 0);
  const found = all.sets.get(id);
  if (!found) throw new Error(`Tenant ${tenant} never had the cards ${id}`);
  return found;
}

const NEVER = formatPosition(0, 0);

/** Of a tenant that has decided nothing. */
export const firstCards = cardSetAfter([]);

/** Facts about cards, in log order. */
export async function cardFacts(sql: Sql, tenant: string): Promise<readonly CardFact[]> {
  return (await decisionsOf(sql, tenant)).facts;
}

async function decisionsOf(sql: Sql, tenant: string): Promise<Decided> {
  const kept = decided.get(sql.database) ?? new LRUCache<string, Decided>({ max: TENANTS });
  decided.set(sql.database, kept);
  const mark = await markOfStreams(sql, tenant, SCORECARDS);
  const known = kept.get(tenant);
  if (known?.mark === mark) return known;
  const found = { mark, facts: await readFacts(sql, tenant), sets: new Map<string, CardSet>() };
  kept.set(tenant, found);
  return found;
}

/** The set that would be in force after these facts. */
export function cardSetAfter(facts: readonly CardFact[]): CardSet {
  return named(cardSetOf(statesOf(facts)));
}

function setOf({ facts, sets }: Decided, counts: (fact: CardFact) => boolean): CardSet {
  const set = cardSetAfter(facts.filter(counts));
  const known = sets.get(set.id);
  if (!known) sets.set(set.id, set);
  return known ?? set;
}

/** Its id tells what it holds: versions of a card never change. */
function named(set: Omit<CardSet, 'id'>): CardSet {
  const idOf = (card: Card | null) => card && `${card.id}@${card.version}`;
  const text = ({ rules, otherwise }: Cards<Card | null>) => [rules.map(({ when: { segments, industries, regions }, card }) => [segments, industries, regions, idOf(card)]), idOf(otherwise)];
  return { id: hash('sha256', JSON.stringify([text(set.whole), text(set.payer), text(set.user)]), 'base64url').slice(0, 16), ...set };
}

async function readFacts(sql: Sql, tenant: string): Promise<CardFact[]> {
  const streams = (await streamsIn(sql, tenant, SCORECARDS)).map(({ id }) => id);
  if (streams.length === 0) return [];
  const epoch = await readEpoch(sql);
  const rows = await sql.query<{ stream: string; type: string; position: string; revision: string; observed_at: Date; actor_kind: 'person' | 'system'; actor_id: string; data: Record<string, unknown> }>(
    `select stream, type, position, revision, observed_at, actor_kind, actor_id, data from log where tenant = $1 and category = '${SCORECARDS}' and stream = any($2) order by position`, [tenant, streams]);
  return rows.map(({ stream, type, position, revision, observed_at, actor_kind, actor_id, data }) => ({
    card: stream, type, position: formatPosition(epoch, Number(position)), revision: Number(revision), observedAt: observed_at.toISOString(), actor: { kind: actor_kind, id: actor_id }, data,
  }));
}
