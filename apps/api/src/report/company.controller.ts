import { Body, Controller, Get, Inject, Param, Put, Query } from '@nestjs/common';
import { companySaid, REPORT_FIGURES } from '#insight';
import { companyFacts } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { OwnFacts } from '../events/own-facts.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { EvidenceOfDecisions } from './evidence-of-decisions.js';
import { DecisionDto, TargetDto } from './report.dto.js';

/** What a target can be, by the unit of its figure. */
const RANGES: Readonly<Record<(typeof REPORT_FIGURES)[number]['unit'], readonly [number, number]>> = { share: [0, 1], net: [-100, 100], money: [-9e12, 9e12], count: [0, 9e12], months: [0, 1_200], days: [0, 36_525] };
/** What is kept with expansion may be more than all. */
const NRR = [0, 10] as const;

/** What the company wants its figures to be, and what it decided about its customers. */
@Controller('v1/company')
export class CompanyController {
  constructor(@Inject(OwnFacts) private readonly facts: OwnFacts, @Inject(Connections) private readonly connections: Connections, @Inject(EvidenceOfDecisions) private readonly evidence: EvidenceOfDecisions) {}

  @Get('targets')
  @Scope('portfolio:read')
  async targets(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { targets: (await this.said(tenant)).targets };
  }

  /** Sets what a figure should be in a quarter. */
  @Put('targets/:figure/:period')
  @Scope('reports:write')
  async setTarget(@CallerParam() caller: Caller, @Param('figure') figure: string, @Param('period') period: string, @Query() _: NoQuery, @Body() { value, reason }: TargetDto) {
    const definition = REPORT_FIGURES.find(({ id }) => id === figure);
    if (!definition) throw new ApiProblem('not-found', `The report has no figure ${figure}; it has ${REPORT_FIGURES.map(({ id }) => id).join(', ')}.`);
    const { unit } = definition;
    const [least, most] = figure === 'nrr' ? NRR : RANGES[unit];
    if (value < least || value > most) throw new ApiProblem('invalid-body', `A target of ${figure} lies between ${least} and ${most}.`, { errors: [{ pointer: '/value', detail: `From ${least} to ${most}${unit === 'share' ? ': 0.92 is 92 %' : ''}.` }] });
    if (!/^\d{4}-Q[1-4]$/.test(period)) throw new ApiProblem('invalid-parameter', 'The period must be a quarter such as 2026-Q3.', { errors: [{ pointer: '/period', detail: 'A quarter such as 2026-Q3.' }] });
    return { figure, period, value, position: await this.facts.decide(caller, 'company', `target:${figure}:${period}`, () => ({ type: 'company.target-set', data: { figure, period, value, reason } })) };
  }

  /** Decisions, the newest last. */
  @Get('decisions')
  @Scope('portfolio:read')
  async decisions(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { decisions: (await this.said(tenant)).decisions };
  }

  /** Records a decision, or that it is asked for; said again, the latest word counts. */
  @Put('decisions/:decision')
  @Scope('reports:write')
  async decide(@CallerParam() caller: Caller, @Param('decision') decision: string, @Query() _: NoQuery, @Body() body: DecisionDto) {
    await this.evidence.assertKnown(caller.tenant, body.evidence ?? []);
    let replaced = false;
    const position = await this.facts.decide(caller, 'company', `decision:${decision}`, (before) => {
      replaced = before.length > 0;
      return { type: 'company.decision-recorded', data: { decision, ...structuredClone(body) } };
    });
    return { decision, position, replaced };
  }

  private async said(tenant: string) {
    return companySaid(await this.connections.reader.inTenant(tenant, (sql) => companyFacts(sql, tenant)));
  }
}
