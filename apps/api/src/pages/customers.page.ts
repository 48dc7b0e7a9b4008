import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetChoices, ListCustomers } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { ownerFor } from '../reads/owner.js';
import { customersView, titleOf } from './customers-view.js';
import { CustomersForm } from './forms.dto.js';
import type { Html } from './html.js';
import { layout } from './layout.js';
import { PageInterceptor } from './page.interceptor.js';

/** Lists of customers: all, one band, the unclaimed, those of whom we cannot tell. */
@Controller('customers')
@Scope('customers:read')
@UseInterceptors(PageInterceptor)
export class CustomersPage {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get()
  async show(@CallerParam() caller: Caller, @Query() form: CustomersForm): Promise<Html> {
    const owner = ownerFor(caller, form.owner);
    const { q, band, segment, cursor, sort = 'score', claimed, status = 'current' } = form;
    const page = await this.queries.execute(new ListCustomers({
      tenant: caller.tenant, q, band, segment, owner, status, sort, cursor, limit: 50, ...(claimed ? { claimed: claimed === 'true' } : {}),
    }));
    const choices = await this.queries.execute(new GetChoices({ tenant: caller.tenant }));
    return layout({ title: titleOf(form), caller, at: '/customers', body: customersView(page, { form, listOf: owner, choices, me: caller.actor.id }) });
  }
}
