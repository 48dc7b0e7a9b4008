import { Controller, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defaultLimits, RecordEvents, type Verdict } from '#intake';
import { comparePositions } from '#journey';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { itemsOfRequest } from './items-of-request.js';
import { waitUntilVisible } from './wait-until-visible.js';

/** Facts in, as they happen. */
@Controller('v1/events')
@Scope('events:write')
export class EventsController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus, @Inject(Connections) private readonly connections: Connections) {}

  /**
   * Records one event or a list. A list is answered 200 with a verdict for each item; one event by itself with 201 when it was
   * appended, 200 when it was known, 409 or 422 with a problem when it was refused. An acknowledged event is durable.
   */
  @Post()
  async record(@CallerParam() { tenant, actor }: Caller, @Query() _: NoQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { single, items } = itemsOfRequest(request);
    if (items.length === 0) throw new ApiProblem('empty-batch', 'There is no event in the list.');
    if (items.length > defaultLimits.batchItems) throw new ApiProblem('batch-too-large', `${items.length} events came at once; ${defaultLimits.batchItems} are allowed.`);
    const results = await this.commands.execute(new RecordEvents(items, { tenant, actor, mayDeclareObservedAt: false, receivedAt: new Date() }));
    const [verdict] = results;
    if (single && verdict?.problem) throw ApiProblem.ofRefusal(verdict.problem, verdict.position ? { position: verdict.position } : {});
    void reply.code(single && verdict?.status === 'appended' ? 201 : 200);
    const position = latest(results);
    await waitUntilVisible(this.connections.worker, tenant, request, reply, position);
    return { results, position };
  }
}

/** The last position among the verdicts: pass it as `minPosition` to read what was written. */
function latest(verdicts: readonly Verdict[]): string | null {
  const positions = verdicts.flatMap(({ status, position }) => (position && status !== 'conflict' ? [position] : []));
  return positions.sort(comparePositions).at(-1) ?? null;
}
