import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Connections } from '../connections.js';
import { ApiProblem } from '../problems/api-problem.js';
import { NoQuery } from '../reads/queries.dto.js';
import { ApiKeys, type Caller, issueKey } from './api-keys.js';
import { NewKeyDto, RotationDto } from './key.dto.js';
import { CallerParam, Scope } from './scope.decorator.js';

/** Keys of the caller's own tenant. */
@Controller('v1/admin/keys')
@Scope('admin')
export class KeysController {
  constructor(@Inject(ApiKeys) private readonly keys: ApiKeys, @Inject(Connections) private readonly connections: Connections) {}

  /** Makes a key. Its text is in this answer and nowhere else. */
  @Post()
  @Header('cache-control', 'no-store')
  async issue(@CallerParam() { tenant }: Caller, @Query() _: NoQuery, @Body() { name, role, actor, days }: NewKeyDto) {
    const { key, info } = await issueKey(this.connections.worker, { tenant, name, role, actor: { kind: actor.kind, id: actor.id }, days });
    return { key, ...info };
  }

  /** Lists keys, without their secrets. */
  @Get()
  async list(@CallerParam() { tenant }: Caller, @Query() _: NoQuery) {
    return { keys: await this.keys.list(tenant) };
  }

  /** Gives a key a new secret; the former one stays good for a while. */
  @Post(':id/rotation')
  @Header('cache-control', 'no-store')
  async rotate(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery, @Body() { graceHours = 24 }: RotationDto) {
    const rotated = await this.keys.rotate(tenant, id, graceHours, new Date());
    if (!rotated) throw new ApiProblem('key-unknown', 'No key with this id is in use.');
    return { key: rotated.key, ...rotated.info, formerUntil: rotated.formerUntil };
  }

  /** Ends a key at once. */
  @Delete(':id')
  @HttpCode(204)
  async revoke(@CallerParam() { tenant }: Caller, @Param('id') id: string, @Query() _: NoQuery): Promise<void> {
    if (!await this.keys.revoke(tenant, id)) throw new ApiProblem('key-unknown', 'No key has this id.');
  }
}
