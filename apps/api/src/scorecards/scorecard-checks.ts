import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type Card, type CardCoverage, type CardFinding, checkCard } from '#insight';
import { GetCardCoverage } from '#read-model';
import { validCard } from './valid-card.js';

/** What a card is worth before anybody is scored by it. */
export interface Checked {
  /** Whether it could be published as it is. */
  readonly publishable: boolean;
  readonly findings: readonly CardFinding[];
  /** Of how many customers its measures are known; null for a card that cannot score anybody. */
  readonly coverage: CardCoverage | null;
}

/** Holds cards against themselves and against what is known of the tenant's customers. */
@Injectable()
export class ScorecardChecks {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** @throws ApiProblem for what is no card */
  async check(tenant: string, sent: Record<string, unknown>): Promise<Checked> {
    const card: Card = { ...validCard(sent), version: Number(sent['version'] ?? 1) };
    const isFit = !checkCard(card).some(({ level }) => level === 'error');
    const coverage = isFit ? await this.queries.execute(new GetCardCoverage({ tenant, card })) : null;
    return { publishable: isFit, findings: checkCard(card, coverage ?? undefined), coverage };
  }
}
