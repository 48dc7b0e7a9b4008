import { Query } from '@nestjs/cqrs';
import { type Card, firstScorecard } from '#insight';
import type { Actor, Position } from '#journey';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { type Assignment, type CardFact, type CardState, type CardStates, newestCard, type Perspective, PERSPECTIVES, statesOf, versionOfCard } from './card-states.js';
import { cardFacts } from './cards-in-force.js';

/** Something that was decided of a card, or of who is scored by which. */
export interface Decision {
  readonly what: 'drafted' | 'published' | 'reverted' | 'retired' | 'assigned';
  readonly at: string;
  readonly by: Actor;
  readonly position: Position;
  readonly reason: string;
  /** Null where it is about no version. */
  readonly version: number | null;
  /** Of a publication or an assignment: who came from which band into which by it. */
  readonly effect: unknown;
  /** Of a draft whose weights outcomes proposed: what speaks for them; else null. */
  readonly proposal: unknown;
}

/** A card in short. */
export interface ScorecardSummary {
  readonly id: string;
  readonly label: string;
  /** `in-force`: published, so that it can be assigned; `draft`: not yet, or never; `retired`. */
  readonly state: 'draft' | 'in-force' | 'retired';
  /** The version in force; null where none is. */
  readonly published: number | null;
  readonly newest: number;
  /** From which points of view it is assigned, be it by a rule or as the last one. */
  readonly assigned: readonly Perspective[];
  readonly decisions: readonly Decision[];
}

export interface ScorecardsAnswer {
  readonly scorecards: readonly ScorecardSummary[];
  /** Who is scored by which: for the score that counts, and as it looks to payers and to users; null where nobody decided. */
  readonly assignments: Readonly<Record<Perspective, Assignment | null>>;
  readonly decisions: readonly Decision[];
}

export class ListScorecards extends Query<ScorecardsAnswer> {
  constructor(readonly options: { readonly tenant: string }) {
    super();
  }
}

export interface ScorecardAnswer {
  readonly summary: ScorecardSummary;
  readonly card: Card;
}

export class GetScorecard extends Query<ScorecardAnswer> {
  /** Left out: the version in force, else the newest. */
  constructor(readonly options: { readonly tenant: string; readonly id: string; readonly version?: number }) {
    super();
  }
}

const BUILT_IN: CardState = { id: firstScorecard.id, versions: [], published: null, retired: null, history: [] };

export function listScorecards({ reader }: Pick<ReadModelOptions, 'reader'>, { tenant }: ListScorecards['options']): Promise<ScorecardsAnswer> {
  return read(reader, tenant, async (sql) => {
    const facts = await cardFacts(sql, tenant);
    const states = statesOf(facts);
    const { cards, assigned } = states;
    const all = [...(cards.has(BUILT_IN.id) ? [] : [BUILT_IN]), ...cards.values()];
    return {
      scorecards: all.map((state) => summaryOf(facts, states, state)), assignments: { whole: assigned.whole ?? null, payer: assigned.payer ?? null, user: assigned.user ?? null },
      decisions: facts.filter(({ type }) => type === 'scorecard.assigned').map(decisionOf),
    };
  });
}

/** @throws QueryRefused `scorecard-unknown` */
export function getScorecard({ reader }: Pick<ReadModelOptions, 'reader'>, { tenant, id, version }: GetScorecard['options']): Promise<ScorecardAnswer> {
  return read(reader, tenant, async (sql) => {
    const facts = await cardFacts(sql, tenant);
    const states = statesOf(facts);
    const summary = summaryOf(facts, states, states.cards.get(id) ?? { ...BUILT_IN, id });
    const wanted = version ?? summary.published;
    const card = wanted === null ? newestCard(states, id) : versionOfCard(states, id, wanted);
    if (!card) throw new QueryRefused('scorecard-unknown', version === undefined ? 'No scorecard has this id.' : `This scorecard has no version ${version}.`);
    return { summary, card };
  });
}

function summaryOf(facts: readonly CardFact[], { assigned }: CardStates, { id, versions, published, retired }: CardState): ScorecardSummary {
  const isBuiltIn = id === firstScorecard.id;
  const version = published ? Number(published.data['version']) : isBuiltIn ? firstScorecard.version : null;
  const perspectives = PERSPECTIVES.filter((perspective) => {
    const { rules = [], otherwise = null } = assigned[perspective] ?? { otherwise: perspective === 'whole' ? firstScorecard.id : null };
    return otherwise === id || rules.some(({ card }) => card === id);
  });
  const newest = versions.at(-1)?.card ?? firstScorecard;
  return {
    id, label: newest.label ?? id, state: version !== null ? 'in-force' : retired ? 'retired' : 'draft', published: version, newest: newest.version, assigned: perspectives,
    decisions: facts.filter(({ card, type }) => card === id && type !== 'scorecard.assigned').map(decisionOf),
  };
}

function decisionOf({ type, observedAt, actor, position, data }: CardFact): Decision {
  const version = (data['version'] ?? (data['card'] as Partial<Card> | undefined)?.version) as number | undefined;
  const what = data['revertedFrom'] === undefined ? type.slice('scorecard.'.length) as Decision['what'] : 'reverted';
  return { what, at: observedAt, by: actor, position, reason: String(data['reason']), version: version ?? null, effect: data['effect'] ?? null, proposal: data['proposal'] ?? null };
}
