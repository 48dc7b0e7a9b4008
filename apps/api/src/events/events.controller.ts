import { Controller, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defaultLimits, type RawItem, RecordEvents, type Verdict } from '#intake';
import { comparePositions } from '#journey';
import type { Caller } from '../access/api-keys.js';
import { CallerParam, Scope } from '../access/scope.decorator.js';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { itemsOfRequest } from './items-of-request.js';
import { type RefusedByRole, refusedByRole } from './refused-by-role.js';
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
  async record(@CallerParam() caller: Caller, @Query() _: NoQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { single, items } = itemsOfRequest(request);
    if (items.length === 0) throw new ApiProblem('empty-batch', 'There is no event in the list.');
    if (items.length > defaultLimits.batchItems) throw new ApiProblem('batch-too-large', `${items.length} events came at once; ${defaultLimits.batchItems} are allowed.`);
    const results = await this.recordAllowed(caller, items);
    const [verdict] = results;
    if (single && verdict?.problem) throw ApiProblem.ofRefusal(verdict.problem, verdict.position ? { position: verdict.position } : {});
    void reply.code(single && verdict?.status === 'appended' ? 201 : 200);
    const position = latest(results);
    await waitUntilVisible(this.connections.worker, caller.tenant, request, reply, position);
    return { results, position };
  }

  private async recordAllowed(caller: Caller, items: readonly RawItem[]): Promise<(Verdict | RefusedByRole)[]> {
    const { tenant, actor, traceParent } = caller;
    const refused = await refusedByRole(this.connections.store, caller, items);
    const allowed = items.flatMap((item, index) => (refused.has(index) ? [] : [{ item, index }]));
    const verdicts = allowed.length === 0 ? []
      : await this.commands.execute(new RecordEvents(allowed.map(({ item }) => item), { tenant, actor, traceParent, mayDeclareObservedAt: false, receivedAt: new Date() }));
    const results = [...refused.values(), ...verdicts.map((verdict) => ({ ...verdict, index: allowed[verdict.index]!.index }))];
    return results.sort((a, b) => a.index - b.index);
  }
}

/** The last position among the verdicts: pass it as `minPosition` to read what was written. */
function latest(verdicts: readonly Pick<Verdict, 'position' | 'status'>[]): string | null {
  const positions = verdicts.flatMap(({ status, position }) => (position && status !== 'conflict' ? [position] : []));
  return positions.sort(comparePositions).at(-1) ?? null;
}
