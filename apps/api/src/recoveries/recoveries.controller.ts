import { Body, Controller, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { RecoveryCommand } from '#journey';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { NoQuery } from '../reads/queries.dto.js';
import { Recoveries } from './recoveries.js';
import { CauseDto, ContactedDto, LinkDto, NoteDto, NothingDto, OpenRecoveryDto, OwnerDto, PreventionDto } from './recovery.dto.js';

/** What is done to make something good. `If-Match` says on which version of the recovery a step is based. */
@Controller('v1/recoveries')
@Scope('today:write')
export class RecoveriesController {
  constructor(@Inject(Recoveries) private readonly recoveries: Recoveries) {}

  /** Opens one by hand. */
  @Post()
  open(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: OpenRecoveryDto) {
    return this.recoveries.open(caller, body);
  }

  /** A first look. */
  @Post(':id/acknowledge')
  @HttpCode(201)
  acknowledge(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() _body: NothingDto, @Headers('if-match') match?: string) {
    return this.act(caller, id, { do: 'acknowledge' }, match);
  }

  /** The customer was talked with. */
  @Post(':id/contact')
  @HttpCode(201)
  contact(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: ContactedDto, @Headers('if-match') match?: string) {
    return this.act(caller, id, { do: 'contact', ...body }, match);
  }

  /** The cause was found. */
  @Post(':id/cause')
  @HttpCode(201)
  cause(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: CauseDto, @Headers('if-match') match?: string) {
    return this.act(caller, id, { do: 'cause', ...body }, match);
  }

  /** What prevents it, or why nothing does. */
  @Post(':id/prevention')
  @HttpCode(201)
  prevention(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: PreventionDto, @Headers('if-match') match?: string) {
    return this.act(caller, id, { do: 'prevention', ...body }, match);
  }

  /** It is made good. */
  @Post(':id/close')
  @HttpCode(201)
  close(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: NoteDto, @Headers('if-match') match?: string) {
    return this.act(caller, id, { do: 'close', ...body }, match);
  }

  /** It is not, after all. */
  @Post(':id/reopen')
  @HttpCode(201)
  reopen(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: NoteDto, @Headers('if-match') match?: string) {
    return this.act(caller, id, { do: 'reopen', ...body }, match);
  }

  /** Somebody else looks after it. */
  @Post(':id/assign')
  @HttpCode(201)
  assign(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: OwnerDto, @Headers('if-match') match?: string) {
    return this.act(caller, id, { do: 'assign', ...body }, match);
  }

  /** It belongs together with a ticket or another recovery. */
  @Post(':id/link')
  @HttpCode(201)
  link(@CallerParam() caller: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() body: LinkDto, @Headers('if-match') match?: string) {
    return this.act(caller, id, { do: 'link', ...body }, match);
  }

  private act(caller: Caller, id: string, command: RecoveryCommand, match: string | undefined) {
    return this.recoveries.act(caller, id, command, match === undefined || match === '*' ? undefined : match.replace(/^(W\/)?"(.*)"$/, '$2'));
  }
}
