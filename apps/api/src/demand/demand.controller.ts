import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetCompetition, GetDemand, GetInitiatives, GetOutcomes, GetPresence, GetPromises, GetTraceability } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { MinPositionInterceptor } from '../http/min-position.interceptor.js';
import { ownerFor } from '../reads/owner.js';
import { CompetitionQuery, DemandQuery, PresenceQuery, RegisterQuery, TraceabilityQuery } from './demand.dto.js';

/** What customers ask for, what we do of it, and who hears of it. */
@Controller('v1/demand')
@Scope('customers:read')
@UseInterceptors(EtagInterceptor, MinPositionInterceptor)
export class DemandController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** What they ask for, by theme. */
  @Get()
  register(@CallerParam() caller: Caller, @Query() query: RegisterQuery) {
    return this.queries.execute(new GetDemand(optionsOf(caller, query)));
  }

  /** Whom each initiative reaches. */
  @Get('initiatives')
  initiatives(@CallerParam() caller: Caller, @Query() query: DemandQuery) {
    return this.queries.execute(new GetInitiatives(optionsOf(caller, query)));
  }

  /** How much of what we began they had asked for. */
  @Get('traceability')
  traceability(@CallerParam() caller: Caller, @Query() query: TraceabilityQuery) {
    return this.queries.execute(new GetTraceability(optionsOf(caller, query)));
  }

  /** What was gained, and their goals and ours. */
  @Get('outcomes')
  outcomes(@CallerParam() caller: Caller, @Query() query: DemandQuery) {
    return this.queries.execute(new GetOutcomes(optionsOf(caller, query)));
  }

  /** Competitors in play, losses, and whom to win back. */
  @Get('competition')
  competition(@CallerParam() caller: Caller, @Query() query: CompetitionQuery) {
    return this.queries.execute(new GetCompetition(optionsOf(caller, query)));
  }

  /** Promises kept, broken and overdue. */
  @Get('promises')
  promises(@CallerParam() caller: Caller, @Query() query: DemandQuery) {
    return this.queries.execute(new GetPromises(optionsOf(caller, query)));
  }

  /** Who is quiet, has no live sponsor, or was never visited. */
  @Get('presence')
  presence(@CallerParam() caller: Caller, @Query() query: PresenceQuery) {
    return this.queries.execute(new GetPresence(optionsOf(caller, query)));
  }
}

function optionsOf<Asked extends DemandQuery>(caller: Caller, { minPosition: _, owner = 'all', ...query }: Asked): Omit<Asked, 'minPosition'> & { tenant: string } {
  return { ...query, owner: ownerFor(caller, owner), tenant: caller.tenant } as Omit<Asked, 'minPosition'> & { tenant: string };
}
