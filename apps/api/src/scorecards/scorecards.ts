import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { type CardSet, checkCard, type Progress } from '#insight';
import { validateData } from '#intake';
import type { Actor, DataFor } from '#journey';
import { ASSIGNMENT, bandMoves, type BandMoves, type CardFact, cardFacts, cardSetAfter, type Perspective, QueryRefused, SCORECARDS, statesOf, untilVisible } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { progressLines } from '../http/progress-lines.js';
import { Connections } from '../connections.js';
import { Stopping } from '../http/stopping.js';
import { ApiProblem } from '../problems/api-problem.js';
import { decideAssignment, decideDraft, decidePublication, decideRetirement, decideReversion } from './decide.js';
import { refuseFlawed } from './refuse-flawed.js';
import type { AssignDto, DraftDto, PublishDto } from './scorecard.dto.js';
import { type SentCard, validCard } from './valid-card.js';

const SOURCE = 'touchline:scorecard';
/** Whoever comes second decides again. */
const ATTEMPTS = 5;
const FLAWS = 100;
const WAIT_MS = 5_000;

/** What is decided: the fact that says it, and in whose stream. */
interface Decided { readonly stream: string; readonly type: 'scorecard.drafted' | 'scorecard.published' | 'scorecard.retired' | 'scorecard.assigned'; readonly data: Record<string, unknown> }
type Lines<T> = AsyncGenerator<{ readonly progress: Progress } | T, void, void>;

/** What is done with scorecards: each decision is a fact in the card's own stream, or in that of who is scored by which. */
@Injectable()
export class Scorecards {
  private readonly reading;

  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(Stopping) private readonly stopping: Stopping) {
    this.reading = { reader: connections.reader, now: () => new Date() };
  }

  /** The next version of a card, or the first of a new one. */
  draft(caller: Caller, { card: sent, reason }: DraftDto) {
    return this.store(caller, validCard(sent), ({ card, basedOn }) => ({ card, reason, ...(basedOn === null ? {} : { basedOn: { id: card.id, version: basedOn } }) }));
  }

  /** The next version of a card, with weights that outcomes proposed for one that need not be the newest. Its publication is the approval. */
  draftProposed(caller: Caller, { card: asked, basedOn, reason, proposal }: { readonly card: SentCard; readonly basedOn: number; readonly reason: string; readonly proposal: DataFor<'scorecard.drafted'>['proposal'] }) {
    return this.store(caller, asked, ({ card }) => ({ card, reason, basedOn: { id: card.id, version: basedOn }, proposal }));
  }

  private async store({ tenant, actor }: Caller, asked: SentCard, dataOf: (draft: ReturnType<typeof decideDraft>) => Record<string, unknown>) {
    for (let attempt = 1; ; attempt++) {
      const facts = await this.factsOf(tenant);
      const decided = decideDraft(statesOf(facts), asked);
      const { card, isNew } = decided;
      if (!isNew) return { id: card.id, version: card.version, status: 'unchanged' as const, position: null, findings: checkCard(card) };
      const data = dataOf(decided);
      const position = await this.append(tenant, actor, facts, { stream: card.id, type: 'scorecard.drafted', data }, attempt);
      if (position !== null) return { id: card.id, version: card.version, status: 'drafted' as const, position, findings: checkCard(card) };
    }
  }

  /** Brings a version into force. Says how far it is with counting whose band changes by it, and at the end what it did. */
  publish(caller: Caller, id: string, { version, reason }: PublishDto): Promise<Lines<{ published: object }>> {
    return this.decide(caller, (facts) => {
      const card = decidePublication(statesOf(facts), id, version);
      refuseFlawed(card);
      return { stream: id, type: 'scorecard.published', data: { card: id, version: card.version, reason } };
    });
  }

  /** Brings the version into force that was before. */
  revert(caller: Caller, id: string, reason: string): Promise<Lines<{ published: object }>> {
    return this.decide(caller, (facts) => {
      const { card, from } = decideReversion(statesOf(facts), id);
      return { stream: id, type: 'scorecard.published', data: { card: id, version: card.version, reason, revertedFrom: from } };
    });
  }

  /** Says who is scored by which card. */
  assign(caller: Caller, perspective: Perspective, { rules, otherwise, reason }: AssignDto): Promise<Lines<{ published: object }>> {
    return this.decide(caller, (facts) => {
      const plain = rules.map((rule) => ({ ...rule }));
      decideAssignment(statesOf(facts), perspective, { rules: plain, otherwise });
      return { stream: ASSIGNMENT, type: 'scorecard.assigned', data: { perspective, rules: plain, otherwise, reason } };
    });
  }

  async retire({ tenant, actor }: Caller, id: string, reason: string) {
    for (let attempt = 1; ; attempt++) {
      const facts = await this.factsOf(tenant);
      decideRetirement(statesOf(facts), id);
      const position = await this.append(tenant, actor, facts, { stream: id, type: 'scorecard.retired', data: { card: id, reason } }, attempt);
      if (position !== null) return { id, status: 'retired' as const, position };
    }
  }

  /** What is refused whatever the counts are is refused before the answer begins. @throws ApiProblem */
  private async decide(caller: Caller, decideOn: (facts: readonly CardFact[]) => Decided): Promise<Lines<{ published: object }>> {
    decideOn(await this.factsOf(caller.tenant));
    return this.countAndDecide(caller, decideOn);
  }

  private async *countAndDecide({ tenant, actor }: Caller, decideOn: (facts: readonly CardFact[]) => Decided): Lines<{ published: object }> {
    for (let attempt = 1; ; attempt++) {
      const facts = await this.factsOf(tenant);
      const decided = decideOn(facts);
      const after = [...facts, { ...PRETENDED, card: decided.stream, type: decided.type, data: decided.data }];
      const effect = yield* this.effectOf(tenant, cardSetAfter(facts), cardSetAfter(after));
      const { held, ...counted } = effect ?? { held: 0 };
      const position = await this.append(tenant, actor, facts, { ...decided, data: { ...decided.data, ...(effect && { effect: counted }) } }, attempt);
      if (position !== null) return yield { published: { ...decided.data, position, effect, scores: scoresAnybody(facts, decided), visible: await this.isVisible(tenant, position) } };
    }
  }

  /** Waits a little until lists and answers show what was decided. */
  private async isVisible(tenant: string, position: string): Promise<boolean> {
    try {
      await untilVisible(this.connections.worker, tenant, position, WAIT_MS);
      return true;
    } catch (error) {
      if (error instanceof QueryRefused && error.code === 'not-yet-visible') return false;
      throw error;
    }
  }

  /** Null where the score that counts comes from the same cards as before. */
  private async *effectOf(tenant: string, before: CardSet, after: CardSet): AsyncGenerator<{ readonly progress: Progress }, BandMoves | null, void> {
    if (isDeepStrictEqual(before.whole, after.whole)) return null;
    return yield* progressLines(bandMoves(this.reading, { tenant, before: before.whole, after: after.whole }, this.stopping.signal));
  }

  private factsOf(tenant: string): Promise<readonly CardFact[]> {
    return this.connections.reader.inTenant(tenant, (sql) => cardFacts(sql, tenant));
  }

  /** Decisions of a tenant come one after the other, whatever they are about. @returns null when one came since `facts` were read: then it is decided anew */
  private async append(tenant: string, actor: Actor, facts: readonly CardFact[], decided: Decided, attempt: number): Promise<string | null> {
    const position = await this.connections.worker.transaction(async (sql) => {
      await sql.query('select pg_advisory_xact_lock(hashtext($1))', [`touchline scorecards of ${tenant}`]);
      return (await this.factsOf(tenant)).length === facts.length ? this.appendAlone(tenant, actor, facts, decided) : null;
    });
    if (position === null && attempt === ATTEMPTS) throw new ApiProblem('not-ready', 'Somebody else decides about scorecards at this moment.');
    return position;
  }

  private async appendAlone(tenant: string, actor: Actor, facts: readonly CardFact[], { stream, type, data }: Decided): Promise<string | null> {
    const last = facts.findLast(({ card }) => card === stream)?.revision ?? -1;
    const problem = validateData(type, 1, data, '', FLAWS);
    if (problem) throw ApiProblem.ofRefusal({ ...problem, code: 'invalid-body' });
    const [verdict] = await this.connections.store.append([{ stream: { tenant, category: SCORECARDS, id: stream }, expected: last < 0 ? 'none' : last, events: [{
      source: SOURCE, id: `${type.slice('scorecard.'.length)}:${stream}:${last + 1}`, type, version: 1, occurredAt: new Date().toISOString(), actor, data, bodyHash: hash('sha256', JSON.stringify(data), 'base64url'),
    }] }]);
    return verdict!.status === 'appended' ? verdict!.positions[0]! : null;
  }
}

/** What is not known yet of a fact that is only tried. */
const PRETENDED = { position: '0.0', observedAt: '', actor: { kind: 'system', id: SOURCE }, revision: 0 } as const;

/** Whether anybody is scored by what came into force, from any point of view. */
function scoresAnybody(facts: readonly CardFact[], { type, stream }: Decided): boolean {
  if (type === 'scorecard.assigned') return true;
  const { whole, payer, user } = cardSetAfter(facts);
  return [whole, payer, user].some(({ rules, otherwise }) => otherwise?.id === stream || rules.some(({ card }) => card.id === stream));
}
