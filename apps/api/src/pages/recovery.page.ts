import { Body, Controller, Get, Inject, Param, Post, Query, Redirect, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RecoveryCommand } from '#journey';
import { GetCustomer, GetRecovery, GetRecoverySettings } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { mayDo } from '../access/roles.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { ApiProblem } from '../problems/api-problem.js';
import { Recoveries } from '../recoveries/recoveries.js';
import type { Html } from './html.js';
import { layout } from './layout.js';
import { PageInterceptor } from './page.interceptor.js';
import { CauseForm, ContactedForm, LinkForm, NoteForm, NothingForm, OwnerForm, PreventionForm, RecoveryForm } from './recovery-forms.dto.js';
import { recoveryPath } from './recoveries-view.js';
import { recoveryView } from './recovery-view.js';
import { address } from './words.js';

/** One recovery, with a form for every step. */
@Controller('recoveries/:id')
@Scope('today:write')
@UseInterceptors(PageInterceptor)
export class RecoveryPageController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(Recoveries) private readonly recoveries: Recoveries) {}

  @Get()
  @Scope('customers:read')
  async show(@CallerParam() caller: Caller, @Param('id') id: string, @Query() form: RecoveryForm): Promise<Html> {
    const { tenant } = caller;
    const answer = await this.queries.execute(new GetRecovery({ tenant, id }));
    const { contacts } = await this.queries.execute(new GetCustomer({ tenant, customer: answer.recovery.customer.id }));
    const { timeZone } = await this.queries.execute(new GetRecoverySettings({ tenant }));
    const body = recoveryView({ answer, contacts, form, mayWrite: mayDo(caller.role, 'today:write'), timeZone });
    return layout({ title: `Recovery ${id}`, caller, at: '/recoveries', body });
  }

  @Post('acknowledge') @Redirect('/', 303)
  acknowledge(@CallerParam() caller: Caller, @Param('id') id: string, @Body() { version }: NothingForm) {
    return this.act(caller, id, { do: 'acknowledge' }, version);
  }

  @Post('contact') @Redirect('/', 303)
  contact(@CallerParam() caller: Caller, @Param('id') id: string, @Body() { version, ...said }: ContactedForm) {
    return this.act(caller, id, { do: 'contact', ...said }, version);
  }

  @Post('cause') @Redirect('/', 303)
  cause(@CallerParam() caller: Caller, @Param('id') id: string, @Body() { version, ...said }: CauseForm) {
    return this.act(caller, id, { do: 'cause', ...said }, version);
  }

  @Post('prevention') @Redirect('/', 303)
  prevention(@CallerParam() caller: Caller, @Param('id') id: string, @Body() { version, ...said }: PreventionForm) {
    oneOf(said.what, said.noneBecause, 'Say either what is done so that it does not come back, or why nothing is done: one of the two.');
    return this.act(caller, id, { do: 'prevention', ...said }, version);
  }

  @Post('close') @Redirect('/', 303)
  close(@CallerParam() caller: Caller, @Param('id') id: string, @Body() { version, ...said }: NoteForm) {
    return this.act(caller, id, { do: 'close', ...said }, version);
  }

  @Post('reopen') @Redirect('/', 303)
  reopen(@CallerParam() caller: Caller, @Param('id') id: string, @Body() { version, ...said }: NoteForm) {
    return this.act(caller, id, { do: 'reopen', ...said }, version);
  }

  @Post('assign') @Redirect('/', 303)
  assign(@CallerParam() caller: Caller, @Param('id') id: string, @Body() { version, ...said }: OwnerForm) {
    return this.act(caller, id, { do: 'assign', ...said }, version);
  }

  @Post('link') @Redirect('/', 303)
  link(@CallerParam() caller: Caller, @Param('id') id: string, @Body() { version, ...said }: LinkForm) {
    oneOf(said.ticket, said.other, 'Name either a ticket or another recovery: one of the two.');
    return this.act(caller, id, { do: 'link', ...said }, version);
  }

  private async act(caller: Caller, id: string, command: RecoveryCommand, version: string) {
    await this.recoveries.shown(caller, await this.recoveries.act(caller, id, command, version));
    return { url: address(recoveryPath(id), { noted: command.do }) };
  }
}

function oneOf(one: string | undefined, other: string | undefined, say: string): void {
  if ((one === undefined) === (other === undefined)) throw new ApiProblem('invalid-body', say);
}
