import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetChoices, GetPortfolio } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { ownerFor } from '../reads/owner.js';
import { PortfolioForm } from './forms.dto.js';
import type { Html } from './html.js';
import { layout } from './layout.js';
import { PageInterceptor } from './page.interceptor.js';
import { portfolioView } from './portfolio-view.js';

/** Counts and amounts, with links into the lists. */
@Controller('portfolio')
@Scope('portfolio:read')
@UseInterceptors(PageInterceptor)
export class PortfolioPage {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get()
  async show(@CallerParam() caller: Caller, @Query() { owner }: PortfolioForm): Promise<Html> {
    const listOf = ownerFor(caller, owner);
    const answer = await this.queries.execute(new GetPortfolio({ tenant: caller.tenant, owner: listOf }));
    const { owners } = await this.queries.execute(new GetChoices({ tenant: caller.tenant }));
    return layout({ title: 'Portfolio', caller, at: '/portfolio', body: portfolioView(answer, { owner, listOf, owners, me: caller.actor.id }) });
  }
}
