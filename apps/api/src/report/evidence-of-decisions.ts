import { Inject, Injectable } from '@nestjs/common';
import { REPORT_FIGURES } from '#insight';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { EvidenceDto } from './report.dto.js';
import { Reports } from './reports.js';

/** What a decision stands on has to be there. */
@Injectable()
export class EvidenceOfDecisions {
  constructor(@Inject(Connections) private readonly connections: Connections, @Inject(Reports) private readonly reports: Reports) {}

  /** @throws ApiProblem `invalid-body` with the pointer of each piece that is not there */
  async assertKnown(tenant: string, evidence: readonly EvidenceDto[]): Promise<void> {
    const figures = REPORT_FIGURES.map(({ id }) => id);
    const published = evidence.some(({ report }) => report !== undefined) ? (await this.reports.list(tenant)).map(({ report }) => report) : [];
    const refs = evidence.flatMap(({ event }) => event ?? []);
    const found = refs.length === 0 ? [] : await this.connections.store.find(tenant, refs);
    const errors = evidence.flatMap(({ figure, report, event }, place) => [
      ...(figure === undefined || figures.includes(figure) ? [] : [{ pointer: `/evidence/${place}/figure`, detail: `The report has no figure ${figure}; it has ${figures.join(', ')}.` }]),
      ...(report === undefined || published.includes(report) ? [] : [{ pointer: `/evidence/${place}/report`, detail: `No report ${report} was published${published.length === 0 ? '' : `; there are ${published.join(', ')}`}.` }]),
      ...(event === undefined || found.some(({ source, id }) => source === event.source && id === event.id) ? [] : [{ pointer: `/evidence/${place}/event`, detail: `No fact ${event.source}/${event.id} was told.` }]),
    ]);
    if (errors.length > 0) throw new ApiProblem('invalid-body', errors[0]!.detail, { errors });
  }
}
