import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type Card, type CardFinding, checkCard } from '#insight';
import { type CoverageAnswer, GetCardCoverage } from '#read-model';
import { validCard } from './valid-card.js';

/** What a card is worth before anybody is scored by it. */
export interface Checked {
  /** Whether it could be published as it is. */
  readonly publishable: boolean;
  readonly findings: readonly CardFinding[];
  readonly coverage: CoverageAnswer;
}

/** Holds cards against themselves and against what is known of the tenant's customers. */
@Injectable()
export class ScorecardChecks {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** @throws ApiProblem for what is no card */
  async check(tenant: string, sent: Record<string, unknown>): Promise<Checked> {
    const card: Card = { ...validCard(sent), version: Number(sent['version'] ?? 1) };
    const own = checkCard(card);
    const isFit = !own.some(({ level }) => level === 'error');
    const coverage = isFit ? await this.queries.execute(new GetCardCoverage({ tenant, card })) : { lookedAt: 0, measures: [] };
    return { publishable: isFit, findings: [...own, ...unknownIn(card, coverage)], coverage };
  }
}

/** Measures that nobody has data for. */
function unknownIn(card: Card, { lookedAt, measures }: CoverageAnswer): CardFinding[] {
  if (lookedAt === 0) return [];
  return measures.filter(({ known }) => known === 0).map(({ id }) => {
    const place = card.measures.findIndex((measure) => measure.id === id);
    return { level: 'warning', pointer: `/measures/${place}`, say: `${card.measures[place]!.label}: known of none of ${lookedAt} customers. Send the facts that it reads, or leave it out.` };
  });
}
