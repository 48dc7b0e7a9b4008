import { Body, Controller, Inject, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { NoQuery } from '../reads/queries.dto.js';
import { DropInitiativeDto, LinkRequestsDto, StartInitiativeDto } from './demand.dto.js';
import { Initiatives } from './initiatives.js';

/** What we change for customers. */
@Controller('v1/initiatives')
@Scope('events:write')
export class InitiativesController {
  constructor(@Inject(Initiatives) private readonly initiatives: Initiatives) {}

  /** Says that it began, and what it answers. */
  @Post()
  start(@CallerParam() caller: Caller, @Query() _: NoQuery, @Body() body: StartInitiativeDto) {
    return this.initiatives.start(caller, body);
  }

  /** It answers more requests. */
  @Post(':initiative/requests')
  link(@CallerParam() caller: Caller, @Param('initiative') initiative: string, @Query() _: NoQuery, @Body() { requests }: LinkRequestsDto) {
    return this.initiatives.link(caller, initiative, requests);
  }

  /** It is there, for everybody. */
  @Post(':initiative/deliver')
  deliver(@CallerParam() caller: Caller, @Param('initiative') initiative: string, @Query() _: NoQuery) {
    return this.initiatives.decide(caller, initiative, { do: 'deliver' });
  }

  /** All who are linked were told. */
  @Post(':initiative/tell')
  tell(@CallerParam() caller: Caller, @Param('initiative') initiative: string, @Query() _: NoQuery) {
    return this.initiatives.decide(caller, initiative, { do: 'tell' });
  }

  /** It was given up. */
  @Post(':initiative/drop')
  drop(@CallerParam() caller: Caller, @Param('initiative') initiative: string, @Query() _: NoQuery, @Body() { reason }: DropInitiativeDto) {
    return this.initiatives.decide(caller, initiative, { do: 'drop', ...(reason !== undefined && { reason }) });
  }
}
